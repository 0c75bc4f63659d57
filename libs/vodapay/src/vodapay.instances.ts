import { Inject, type InjectionToken, type Provider, type Type } from '@nestjs/common';
import { VodaPayInquiryService } from './inquiry/vodapay-inquiry.service.js';
import { VodaPayAccountLinkRepository } from './linking/vodapay-account-link.repository.js';
import { VodaPayLinkingService } from './linking/vodapay-linking.service.js';
import { VodaPayLoginService } from './login/login.service.js';
import { VodaPaySocketService } from './passport/vodapay-socket.service.js';
import { guardToken, VodaPayAuthGuard } from './passport/named-auth-guard.js';
import { VodaPayStrategy } from './passport/vodapay.strategy.js';
import { VodaPayHealthIndicator } from './health/vodapay-health.indicator.js';
import { VodaPayPrivacyService } from './privacy/vodapay-privacy.service.js';
import { VodaPaySessionService } from './session/vodapay-session.service.js';
import { DEFAULT_INSTANCE, instanceName, instanceToken, VODAPAY_OPTIONS } from './vodapay.tokens.js';

/** What an instance shows to the application. */
const PARTS = [
  VodaPayAccountLinkRepository,
  VodaPayHealthIndicator,
  VodaPayInquiryService,
  VodaPayLinkingService,
  VodaPayLoginService,
  VodaPayPrivacyService,
  VodaPaySessionService,
  VodaPaySocketService,
  VodaPayStrategy,
] as const;

/** Injection token of an instance's `VodaPayInquiryService`; of the default one it is the class. */
export const getVodaPayInquiryToken = (name?: string): InjectionToken => tokenOf(VodaPayInquiryService, name);

/** Injection token of an instance's `VodaPayLinkingService`; of the default one it is the class. */
export const getVodaPayLinkingToken = (name?: string): InjectionToken => tokenOf(VodaPayLinkingService, name);

/** Injection token of an instance's `VodaPayAccountLinkRepository`; of the default one it is the class. */
export const getVodaPayAccountLinkRepositoryToken = (name?: string): InjectionToken =>
  tokenOf(VodaPayAccountLinkRepository, name);

/** Injection token of an instance's `VodaPayLoginService`; of the default one it is the class. */
export const getVodaPayLoginToken = (name?: string): InjectionToken => tokenOf(VodaPayLoginService, name);

/** Injection token of an instance's `VodaPayHealthIndicator`; of the default one it is the class. */
export const getVodaPayHealthToken = (name?: string): InjectionToken => tokenOf(VodaPayHealthIndicator, name);

/** Injection token of an instance's `VodaPayPrivacyService`; of the default one it is the class. */
export const getVodaPayPrivacyToken = (name?: string): InjectionToken => tokenOf(VodaPayPrivacyService, name);

/** Injection token of an instance's `VodaPaySessionService`; of the default one it is the class. */
export const getVodaPaySessionToken = (name?: string): InjectionToken => tokenOf(VodaPaySessionService, name);

/** Injection token of an instance's `VodaPayStrategy`; of the default one it is the class. */
export const getVodaPayStrategyToken = (name?: string): InjectionToken => tokenOf(VodaPayStrategy, name);

/** Injection token of an instance's `VodaPaySocketService`; of the default one it is the class. */
export const getVodaPaySocketToken = (name?: string): InjectionToken => tokenOf(VodaPaySocketService, name);

/**
 * Injects the inquiry service of a named instance.
 *
 * @example
 * constructor(@InjectVodaPayInquiry('shop') private readonly inquiry: VodaPayInquiryService) {}
 */
export const InjectVodaPayInquiry = (name?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getVodaPayInquiryToken(name));

/** Injects the linking service of a named instance. */
export const InjectVodaPayLinking = (name?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getVodaPayLinkingToken(name));

/** Injects the login service of a named instance: confirm and decline. */
export const InjectVodaPayLogin = (name?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getVodaPayLoginToken(name));

/** Injects the health indicator of a named instance. */
export const InjectVodaPayHealth = (name?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getVodaPayHealthToken(name));

/** Injects the privacy service of a named instance: export and erasure of a person's data. */
export const InjectVodaPayPrivacy = (name?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getVodaPayPrivacyToken(name));

/** Injects the session service of a named instance. */
export const InjectVodaPaySessions = (name?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getVodaPaySessionToken(name));

/** Injects the strategy of a named instance. */
export const InjectVodaPayStrategy = (name?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getVodaPayStrategyToken(name));

/** Injects the socket service of a named instance. */
export const InjectVodaPaySockets = (name?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getVodaPaySocketToken(name));

/** The parts of a named instance under its own tokens. The default instance needs none: its tokens are the classes. */
export function namedParts(name: string): Provider[] {
  if (name === DEFAULT_INSTANCE) return [];
  return [
    ...PARTS.map((part) => ({ provide: tokenOf(part, name), useExisting: part })),
    { provide: guardToken(name), useExisting: VodaPayAuthGuard },
  ];
}

/** What the module of an instance exports. A named one exports no class, so that it never stands in for the default one. */
export function exportsOf(name: string): InjectionToken[] {
  return name === DEFAULT_INSTANCE
    ? [VODAPAY_OPTIONS, VodaPayAuthGuard, ...PARTS]
    : [...PARTS.map((part) => tokenOf(part, name)), guardToken(name)];
}

function tokenOf(part: Type, given?: string): InjectionToken {
  const name = instanceName(given);
  return name === DEFAULT_INSTANCE ? part : instanceToken(part.name, name);
}

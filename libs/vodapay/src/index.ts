export { VodaPayError } from './errors/vodapay-error.js';
export { VODAPAY_ERRORS } from './errors/vodapay-errors.js';
export type { LinkDelivery } from './errors/link-delivery.js';
export type { VodaPayErrorCode } from './errors/vodapay-errors.js';
export type { VodaPayErrorDetails } from './errors/vodapay-error-details.js';
export type { VodaPayErrorRefusal } from './errors/vodapay-error-refusal.js';
export type { VodaPayErrorStage } from './errors/vodapay-error-stage.js';
export type { VodaPayNextStep } from './errors/vodapay-next-step.js';
export type { CircuitStatus } from './inquiry/resilience/circuit.js';
export { VodaPayHealthIndicator } from './health/vodapay-health.indicator.js';
export type { VodaPayHealthOptions, VodaPayHealthResult } from './health/vodapay-health.indicator.js';
export { VodaPayInquiryService } from './inquiry/vodapay-inquiry.service.js';
export { AccountDirectory } from './linking/account-directory.js';
export type { AccountCandidate, AccountStatus } from './linking/account-directory.js';
export type { LinkingPolicy, LinkReason } from './linking/decide-link.js';
export type { LinkActor, LinkChangeKind, LinkChangeReason } from './linking/change/link-change.js';
export type { LinkEventsPage, LinkEventView, LinkView } from './linking/change/link-views.js';
export { accountProvenBy } from './linking/change/proven-account.js';
export type { AccountProofKind, ProvenAccount } from './linking/change/proven-account.js';
export type { SignedInUser } from './linking/change/recent-sign-in.js';
export { VodaPayLinkEvent } from './linking/change/vodapay-link-event.entity.js';
export { LinkNotifier } from './linking/link-notifier.js';
export type { LinkNotice } from './linking/link-notifier.js';
export type { ProfileSyncPolicy, SyncedProfile } from './linking/synced-profile.js';
export type { IssuedLinkCode, PendingApproval } from './linking/proof/link-approvals.js';
export type { RequestedMove } from './linking/proof/requested-move.js';
export { LinkProofSender } from './linking/proof/link-proof-sender.js';
export type { LinkProof } from './linking/proof/link-proof-sender.js';
export { VodaPayAccountLink } from './linking/vodapay-account-link.entity.js';
export { VodaPayAccountLinkRepository } from './linking/vodapay-account-link.repository.js';
export { VodaPayLinkingService } from './linking/vodapay-linking.service.js';
export type { LinkPreview } from './linking/link-preview.js';
export type { VodaPayProfile } from './linking/vodapay-profile.js';
export type { CredentialKind } from './login/credentials.js';
export { VodaPayLoginService } from './login/login.service.js';
export type { VodaPayPrincipal, VodaPayPrincipalSession } from './login/principal.js';
export { Public } from './passport/public.decorator.js';
export { RequireScopes } from './passport/require-scopes.decorator.js';
export { RequireCompleteProfile } from './passport/require-complete-profile.decorator.js';
export { VodaPayAuthGuard } from './passport/named-auth-guard.js';
export type { VodaPayAuthGuardClass } from './passport/named-auth-guard.js';
export { VodaPayAuth } from './passport/vodapay-auth.decorator.js';
export type { VodaPayAuthRequirements } from './passport/vodapay-auth.decorator.js';
export { VodaPayExceptionFilter } from './passport/vodapay-exception.filter.js';
export { VODAPAY_STRATEGY, VodaPayStrategy } from './passport/vodapay.strategy.js';
export { VodaPaySocketService } from './passport/vodapay-socket.service.js';
export { VodaPayUser } from './passport/vodapay-user.decorator.js';
export type { ResponseSignaturePolicy } from './protocol/answer-policy.js';
export { PrivateKeySigner } from './protocol/private-key-signer.js';
export type { SigningKey } from './protocol/private-key-signer.js';
export type { VodaPayScope } from './protocol/scopes.js';
export type { SignatureEncoding } from './protocol/signature-encoding.js';
export { Signer } from './protocol/signer.js';
export type { MadeSignature } from './protocol/signer.js';
export type { VodaPayTokens } from './protocol/vodapay-tokens.js';
export type { VodaPayUserInfo } from './protocol/vodapay-user-info.js';
export type { PersonExport } from './privacy/person-export.js';
export type { Person } from './privacy/person.js';
export { VodaPayPrivacyService } from './privacy/vodapay-privacy.service.js';
export type { ErasureReport } from './privacy/vodapay-privacy.service.js';
export { SecretBox } from './session/secret-box.js';
export type { SealedPlace } from './session/secret-box.js';
export type { SessionEnd } from './session/session-end.js';
export type { ResealOptions, ResealReport } from './session/session-reseal.js';
export { VodaPaySession } from './session/vodapay-session.entity.js';
export { VodaPaySessionService } from './session/vodapay-session.service.js';
export type { RotatedSession, VodaPaySessionInfo } from './session/vodapay-session.service.js';
export { VODAPAY_ENTITIES } from './vodapay.entities.js';
export {
  getVodaPayAccountLinkRepositoryToken,
  getVodaPayHealthToken,
  getVodaPayInquiryToken,
  getVodaPayLinkingToken,
  getVodaPayLoginToken,
  getVodaPayPrivacyToken,
  getVodaPaySessionToken,
  getVodaPaySocketToken,
  getVodaPayStrategyToken,
  InjectVodaPayHealth,
  InjectVodaPayInquiry,
  InjectVodaPayLinking,
  InjectVodaPayLogin,
  InjectVodaPayPrivacy,
  InjectVodaPaySessions,
  InjectVodaPaySockets,
  InjectVodaPayStrategy,
} from './vodapay.instances.js';
export { VODAPAY_MIGRATIONS } from './vodapay.migrations.js';
export { VodaPayModule } from './vodapay.module.js';
export type { VodaPayModuleExtras } from './vodapay.module.js';
export { DEFAULTS, VODAPAY_HOSTS } from './vodapay.options.js';
export type { RedisSource } from './coordination/redis-source.js';
export type { ResolvedVodaPayOptions, VodaPayEnvironment, VodaPayModuleOptions } from './vodapay.options.js';

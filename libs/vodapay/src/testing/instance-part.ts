import type { INestApplicationContext, InjectionToken } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { DEFAULT_INSTANCE, VODAPAY_INSTANCE } from '../vodapay.tokens.js';

/** A part of one instance of VodaPayModule, whatever module it stands in and whether or not it is exported. */
export function instancePart(app: INestApplicationContext, token: InjectionToken, name = DEFAULT_INSTANCE): unknown {
  for (const { providers } of app.get(ModulesContainer, { strict: false }).values()) {
    if (providers.get(VODAPAY_INSTANCE)?.instance === name) return providers.get(token)?.instance;
  }
  throw new TypeError(
    `This application has no VodaPayModule of the name "${name}". Import VodaPayModule or VodaPayTestingModule, and ` +
      'compile the module first.',
  );
}

import { fileURLToPath } from 'node:url';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What every run needs whose tests load the sources: the other `vitest.*.config.ts` begin with it. */
export const fromSources = {
  // Nest needs the types of constructor parameters at run time.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: {
    alias: {
      'nestjs-vodapay/protocol': path('./libs/vodapay/src/protocol.ts'),
      'nestjs-vodapay/swagger': path('./libs/vodapay/src/swagger.ts'),
      'nestjs-vodapay/testing': path('./libs/vodapay/src/testing.ts'),
      'nestjs-vodapay': path('./libs/vodapay/src/index.ts'),
    },
  },
};

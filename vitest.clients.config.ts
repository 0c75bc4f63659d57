import { defineConfig } from 'vitest/config';

// `npm run test:clients`: clients in other languages against the local wallet; needs python3 and openssl.
export default defineConfig({
  test: { include: ['test/wallet/clients/*.test.ts'], pool: 'forks', testTimeout: 60_000, hookTimeout: 60_000 },
});

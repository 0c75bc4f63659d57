import { defineConfig } from 'vitest/config';

// `npm run test:site`: the built site in Debian's Chromium.
export default defineConfig({
  test: { include: ['test/site/*.test.ts'], pool: 'forks', testTimeout: 120_000, hookTimeout: 120_000 },
});

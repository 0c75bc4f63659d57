import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Nest needs the types of constructor parameters at run time.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: { globals: true, include: ['src/*.spec.ts'], testTimeout: 60_000 },
});

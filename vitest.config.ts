import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Tests say `iscsidsc` as users do; here it is the source, and in the Windows tier the installed package.
    alias: [
      { find: /^iscsidsc$/, replacement: fileURLToPath(new URL('src/index.ts', import.meta.url)) },
      {
        find: /^iscsidsc\/(process|raw|simulate|simulator)$/,
        replacement: fileURLToPath(new URL('src/$1.ts', import.meta.url)),
      },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/tiers.ts',
    // Guards against hanging, not measures: the machine may be slow, and busy.
    testTimeout: 240_000,
    hookTimeout: 300_000,
  },
});

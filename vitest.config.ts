import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (name: string) => fileURLToPath(new URL(`src/${name}.ts`, import.meta.url));

export default defineConfig({
  resolve: {
    // Tests say `iscsidsc` as users do; here it is the source, and in the Windows tier the installed package.
    alias: [
      { find: /^iscsidsc$/, replacement: source('index') },
      { find: /^iscsidsc\/(raw|simulator)$/, replacement: fileURLToPath(new URL('src/$1.ts', import.meta.url)) },
    ],
  },
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 120_000 },
});

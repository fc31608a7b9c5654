import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const built = (name: string) => fileURLToPath(new URL(`../../../dist/${name}.js`, import.meta.url));

/** For `npm run test:real`: `iscsidsc` is the built package, not its sources. */
export default defineConfig({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  resolve: {
    alias: [
      { find: /^iscsidsc$/, replacement: built('index') },
      { find: /^iscsidsc\/(raw|simulator)$/, replacement: built('$1') },
    ],
  },
  test: {
    include: ['test/windows/real/*.test.ts'],
    // An initiator is one for all: a logout in one file would be seen in the other.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});

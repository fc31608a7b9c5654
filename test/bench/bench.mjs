import { fileURLToPath } from 'node:url';
import { bundle } from '../bundle.mjs';
import { findTier } from '../windows/tier.mjs';

// Node 20 does not run TypeScript: the benchmark is bundled, and the Windows tier, which looks for its files by where it
// lies itself, is handed in.
const project = fileURLToPath(new URL('../..', import.meta.url));
await bundle(
  fileURLToPath(new URL('main.ts', import.meta.url)),
  fileURLToPath(new URL('dist/main.mjs', import.meta.url)),
);
const { main } = await import('./dist/main.mjs');
await main({ project, tier: findTier(), argv: process.argv.slice(2) });

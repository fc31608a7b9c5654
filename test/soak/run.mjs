import { runBundled } from '../fuzz/run-bundled.mjs';

await runBundled(new URL('program.ts', import.meta.url));

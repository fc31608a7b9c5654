import { runBundled } from '../run-bundled.mjs';

process.exitCode = await runBundled(new URL('fuzz.ts', import.meta.url));

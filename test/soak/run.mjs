import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../bundle.mjs';
import { runBundled } from '../run-bundled.mjs';
import { findTier } from '../windows/tier.mjs';

const PROGRAM = new URL('program.ts', import.meta.url);
const AN_HOUR_MS = 60 * 60 * 1000;
// V8 doubles its young generation when it sees fit, up to 32 MiB in Node 20 and at no fixed time: that alone is more
// than a process that stays flat may grow. Here it has its size from the start and keeps it.
const EXEC_ARGV = ['--expose-gc', '--min-semi-space-size=2', '--max-semi-space-size=2'];

// In this Node against the simulator, and with `--windows` in Windows Node against the stand-in DLL.
const args = process.argv.slice(2);
process.exitCode = args.includes('--windows')
  ? await runInWindows(args)
  : await runBundled(PROGRAM, { execArgv: EXEC_ARGV });

async function runInWindows(args) {
  const tier = findTier();
  if (!tier.ok) {
    console.log(`soak: not in Windows Node: ${tier.reason}. To run it: ${tier.how}`);
    return 0;
  }
  tier.installPackage();
  await bundle(fileURLToPath(PROGRAM), join(tier.appFolder, 'soak.mjs'));
  const options = args.filter(arg => arg !== '--windows');
  const run = tier.start([...EXEC_ARGV, 'soak.mjs', '--library=system', ...options], {
    env: { ISCSIDSC_STANDIN: 'sessions=8' },
    timeoutMs: AN_HOUR_MS,
  });
  const { status, stdout, stderr } = await run.done;
  process.stdout.write(stdout.replaceAll('soak:', 'soak in Windows Node:'));
  process.stderr.write(stderr);
  return status ?? 1;
}

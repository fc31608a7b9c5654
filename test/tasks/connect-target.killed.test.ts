import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ConnectTarget, connectTarget } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('programs/connect-and-die.mjs', import.meta.url));
const AT_ONCE = 2;
const TARGETS: ConnectTarget[] = [
  {
    targetName: 'iqn.2003-01.org.example:disk2',
    portals: ['10.0.0.10', '10.0.1.10'],
    chap: { username: 'backup-host', secret: 'initiator-12345' },
    multipath: true,
    persistent: true,
    lun: 1,
  },
  // Its portal is registered already.
  { targetName: 'iqn.2003-01.org.example:disk1', portals: ['192.168.1.20', '10.0.1.10'], persistent: true },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'iscsidsc-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each(TARGETS)(
  'a process that is killed at any call leaves what a second one completes: $targetName',
  async target => {
    const undisturbed = file();
    const calls = Number((await run(undisturbed, 'none', target)).stdout);
    expect(calls).toBeGreaterThan(8);
    const expected = stateIn(undisturbed);
    const numbers = Array.from({ length: calls }, (_, index) => index + 1);
    while (numbers.length > 0) {
      await Promise.all(
        numbers.splice(0, AT_ONCE).map(async call => {
          const stateFile = file();
          expect(await run(stateFile, String(call), target)).toEqual({ stdout: '', signal: 'SIGKILL' });
          using library = createSimulator({ stateFile });
          await connectTarget(target, { library });
          expect(stateIn(stateFile), `killed after call ${call}`).toEqual(expected);
        }),
      );
    }
  },
);

let files = 0;

function file(): string {
  return join(folder, `${++files}.json`);
}

function run(stateFile: string, lastCall: string, target: ConnectTarget): Promise<{ stdout: string; signal: unknown }> {
  return new Promise(resolve => {
    execFile(process.execPath, [PROGRAM, stateFile, lastCall, JSON.stringify(target)], (error, stdout) => {
      resolve({ stdout, signal: error?.signal });
    });
  });
}

/** What is in the file, without ids. */
function stateIn(stateFile: string): unknown {
  using simulator = createSimulator({ stateFile });
  const { sendTargetPortals, sessions, persistentLogins } = simulator;
  return {
    sendTargetPortals,
    persistentLogins,
    sessions: sessions.map(({ targetName, connections }) => [targetName, connections.map(each => each.targetAddress)]),
  };
}

import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addIScsiSendTargetPortal, type ConnectTarget, connectTarget } from 'iscsidsc';
import { createSimulator, type SimulatedNetwork, type Simulator } from 'iscsidsc/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('programs/connect-and-die.mjs', import.meta.url));
const AT_ONCE = 2;
const [FIRST, SECOND] = ['10.0.0.10', '10.0.1.10'];
const CHAP = { username: 'backup-host', secret: 'initiator-12345' };
const DISK = 'iqn.2003-01.org.example:disk';
const OTHER: ConnectTarget = { targetName: 'iqn.2003-01.org.example:other', portals: '10.0.9.10', persistent: true };
const NETWORK = {
  targets: [
    {
      targetName: DISK,
      portalGroups: [[FIRST, SECOND]],
      luns: [{ lun: 0, volumes: [] }, { lun: 1 }],
      chap: CHAP,
    },
    { targetName: OTHER.targetName, portalGroups: [['10.0.9.10']], luns: [{ lun: 0, volumes: [] }] },
  ],
} satisfies SimulatedNetwork;
const BOTH: ConnectTarget = {
  targetName: DISK,
  portals: [FIRST, SECOND],
  chap: CHAP,
  multipath: true,
  persistent: true,
  lun: 1,
};

interface Case {
  what: string;
  target: ConnectTarget;
  /** The call that fails: all is undone then. */
  failing?: string;
  /** Makes the machine as it is before. */
  prepare(simulator: Simulator): Promise<void> | void;
}

const CASES: readonly Case[] = [
  {
    what: 'from nothing through two portals',
    target: BOTH,
    prepare: async library => void (await connectTarget(OTHER, { library })),
  },
  {
    what: 'after the machine has started, without its service',
    target: { ...BOTH, multipath: false, startService: true },
    prepare: async library => {
      await connectTarget(OTHER, { library });
      library.service = { startType: 'manual' };
      library.restart();
    },
  },
  {
    what: 'with a portal that was registered when it did not answer',
    target: { ...BOTH, portals: FIRST, multipath: false },
    prepare: async library => {
      library.network = { ...NETWORK, portals: [{ address: FIRST, down: true }] };
      await addIScsiSendTargetPortal(FIRST, { library }).catch(() => {});
      expect(library.sendTargetPortals).toHaveLength(1);
    },
  },
  {
    what: 'while it undoes what it has made, because the last step fails',
    target: BOTH,
    failing: 'LoginIScsiTargetW 4',
    prepare: async library => void (await connectTarget(OTHER, { library })),
  },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'iscsidsc-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each(CASES)(
  'a process that is killed at any moment leaves what a second one completes: $what',
  async ({ target, failing, prepare }) => {
    const before = file();
    using machine = createSimulator({ stateFile: before, network: NETWORK });
    await prepare(machine);

    const complete = async (stateFile: string) => {
      using library = createSimulator({ stateFile, network: NETWORK });
      await connectTarget(target, { library });
      return stateIn(stateFile);
    };
    const expected = await complete(copyOf(before));
    // In a process of its own, which is not killed.
    const undisturbed = copyOf(before);
    const { stdout } = await run({ stateFile: undisturbed, target, failing });
    const moments = JSON.parse(stdout) as string[];
    expect(knownOf(stateIn(undisturbed))).toEqual(knownOf(failing === undefined ? expected : stateIn(before)));
    expect(moments.length).toBeGreaterThan(40);

    const numbers = moments.map((_, index) => index + 1).slice(failing ? moments.indexOf('undo started') : 0);
    while (numbers.length > 0) {
      await Promise.all(
        numbers.splice(0, AT_ONCE).map(async dieAt => {
          const stateFile = copyOf(before);
          const killed = await run({ stateFile, target, failing, dieAt });
          expect(killed).toEqual({ stdout: '', signal: 'SIGKILL' });
          expect(await complete(stateFile), `killed ${moments[dieAt - 1]}`).toEqual(expected);
        }),
      );
    }
  },
);

let files = 0;

function file(): string {
  return join(folder, `${++files}.json`);
}

function copyOf(stateFile: string): string {
  const copy = file();
  copyFileSync(stateFile, copy);
  return copy;
}

function run(request: {
  stateFile: string;
  target: ConnectTarget;
  failing: string | undefined;
  dieAt?: number;
}): Promise<{ stdout: string; signal: unknown }> {
  return new Promise(resolve => {
    execFile(process.execPath, [PROGRAM, JSON.stringify({ ...request, network: NETWORK })], (error, stdout) => {
      resolve({ stdout, signal: error?.signal });
    });
  });
}

interface KeptSession {
  sessionId: string;
  targetName: string;
  initiatorName: string;
  connections: { targetAddress: string; targetSocket: number }[];
}

interface Kept {
  sessions: { sessions: KeptSession[]; logins: [string, { time: number }][]; numbers: unknown };
  service: { startedAt: number };
  nextIds: unknown;
  discovery: { left: unknown };
}

/** All that is in the file, passwords' digests and numbers of disks included, but for what is new with each login. */
function stateIn(stateFile: string) {
  const { sessions: table, service, nextIds: _ids, ...rest } = JSON.parse(readFileSync(stateFile, 'utf8')) as Kept;
  const { startedAt: _start, ...restOfService } = service;
  const indexOf = (id: string) => table.sessions.findIndex(({ sessionId }) => sessionId === id);
  return {
    ...rest,
    service: restOfService,
    numbers: table.numbers,
    sessions: table.sessions.map(({ targetName, initiatorName, connections }) => ({
      targetName,
      initiatorName,
      portals: connections.map(({ targetAddress, targetSocket }) => [targetAddress, targetSocket]),
    })),
    negotiated: table.logins.map(([id, { time: _time, ...login }]) => [indexOf(id), login]),
  };
}

/** Without what removed portals have reported: it stays until Windows refreshes its list. */
function knownOf({ discovery: { left: _, ...discovery }, ...rest }: ReturnType<typeof stateIn>): unknown {
  return { discovery, ...rest };
}

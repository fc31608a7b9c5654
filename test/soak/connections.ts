import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import {
  type AsyncOptions,
  type ConnectTarget,
  connectTarget,
  disconnectTarget,
  getIScsiSessionList,
  type IscsidscError,
  type Library,
  reportActiveIScsiTargetMappings,
  reportIScsiPersistentLogins,
  reportIScsiSendTargetPortalsEx,
  reportIScsiTargets,
} from 'iscsidsc';
import { createSimulator, type Simulator } from 'iscsidsc/simulator';
import { disturbed } from '../tasks/disturbed-library.js';
import { OpenHandles } from './open-handles.js';
import { ResidentMemory, STEPS, type Verdict } from './resident-memory.js';

export interface ConnectionOptions {
  library: Library;
  /** How many times it connects. */
  cycles: number;
  /** Keeps as much memory of each cycle as a list takes, to show that the soak finds it. */
  leak?: boolean;
  say(line: string): void;
}

const TARGET = 'iqn.2003-01.org.example:disk2';
const CHAP = { username: 'backup-host', secret: 'initiator-12345' };
const PORTALS = ['10.0.0.10', '10.0.1.10'];
const OTHER = { targetName: 'iqn.2003-01.org.example:other', portals: '10.0.9.10' };
const NOTHING = { portals: [], sessions: [], persistentLogins: [] };
const LIST_BYTES = 32_768;
const TIMEOUT_MS = 60_000;
// More than it takes to connect through one portal: then nothing fails.
const MOST_CALLS = 25;
const NON_SPECIFIC_ERROR = 0xefff0001;

/** A machine with a target that is alone behind its portals: they can be removed with it. */
export function connectionSimulator(): Simulator {
  const luns = [{ lun: 0 }, { lun: 1 }];
  return createSimulator({
    network: {
      targets: [
        { targetName: TARGET, portalGroups: [PORTALS], luns, chap: CHAP },
        { targetName: OTHER.targetName, portalGroups: [[OTHER.portals]] },
      ],
    },
  });
}

/**
 * Connects and disconnects for long, undoes now and then and fails now and then, and says whether memory stays flat.
 * Throws unless the machine and the process are as they were after each step.
 */
export async function soakConnections({ library, cycles, leak = false, say }: ConnectionOptions): Promise<Verdict> {
  const handles = new OpenHandles();
  const { signal } = new AbortController();
  const options = { library: handles.of(library), signal, timeoutMs: TIMEOUT_MS };
  const memory = new ResidentMemory('connections', say);
  const kept: unknown[] = [];
  const ended = { disconnected: 0, undone: 0, failed: 0, aborted: 0 };
  say(`connections: ${cycles} cycles`);
  await connectTarget({ ...OTHER, persistent: true }, options);
  const before = await stateOf(options, handles);
  let cycle = 0;
  for (let step = 0; step < STEPS; step++) {
    for (const end = ((step + 1) * cycles) / STEPS; cycle < end; cycle++) {
      ended[await connectOnce(cycle, options)]++;
      if (leak) kept.push(Buffer.alloc(LIST_BYTES, 1));
    }
    assert.deepEqual(await stateOf(options, handles), before);
    memory.measure();
  }
  say(`connections: ${JSON.stringify(ended)}`);
  return memory.judge();
}

type Ended = 'disconnected' | 'undone' | 'failed' | 'aborted';

/** Connects to the target, and ends that in one way or another. */
async function connectOnce(cycle: number, options: AsyncOptions & { library: Library }): Promise<Ended> {
  const isMultipath = cycle % 4 === 3;
  const target: ConnectTarget = {
    targetName: TARGET,
    portals: isMultipath ? PORTALS : PORTALS.slice(0, 1),
    chap: CHAP,
    multipath: isMultipath,
    persistent: true,
  };
  const way = cycle % 10;
  const call = 1 + (Math.floor(cycle / 10) % MOST_CALLS);
  if (way === 8) {
    const error = await errorOf(connectTarget(target, { ...options, library: failingAt(options.library, call) }));
    if (error) return isUndone(error, 'failed');
  } else if (way === 9) {
    const controller = new AbortController();
    const library = disturbed(options.library, number => {
      if (number === call) setImmediate(() => controller.abort());
      return undefined;
    });
    const error = await errorOf(connectTarget(target, { library, signal: controller.signal }));
    if (error) return isUndone(error, 'aborted');
  } else {
    const connected = await connectTarget(target, options);
    assert.ok(connected.devices.length > 0);
    if (way === 7) {
      await connected.undo();
      return 'undone';
    }
  }
  const targetName = await listedTarget(options);
  const { loggedOut } = await disconnectTarget({ targetName }, { ...options, forget: true, removePortal: true });
  assert.ok(loggedOut.length > 0);
  return 'disconnected';
}

/** The stand-in DLL keeps no state: there, it is another target than that which was connected. */
async function listedTarget(options: AsyncOptions): Promise<string> {
  const names = (await getIScsiSessionList(options)).map(({ targetName }) => String(targetName));
  return names.find(name => name === TARGET) ?? String(names[0]);
}

function failingAt(library: Library, call: number): Library {
  return disturbed(library, number => (number === call ? { status: NON_SPECIFIC_ERROR } : undefined));
}

async function errorOf(connecting: Promise<unknown>): Promise<IscsidscError | undefined> {
  try {
    await connecting;
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'created' in error)) throw error;
    return error as IscsidscError;
  }
}

function isUndone({ created, undoErrors }: IscsidscError, ended: Ended): Ended {
  assert.deepEqual([created, undoErrors], [NOTHING, undefined]);
  return ended;
}

/** The machine as it is, and what the process has open. */
async function stateOf(options: AsyncOptions & { signal: AbortSignal }, handles: OpenHandles): Promise<unknown> {
  const machine = {
    portals: await reportIScsiSendTargetPortalsEx(options),
    // Asked for again: those of a portal that was removed stay in the list until then.
    targets: await reportIScsiTargets({ ...options, forceUpdate: true }),
    sessions: await getIScsiSessionList(options),
    logins: await reportIScsiPersistentLogins(options),
    mappings: await reportActiveIScsiTargetMappings(options),
  };
  await new Promise(resolve => setImmediate(resolve));
  return {
    ...machine,
    handles: handles.count,
    listeners: getEventListeners(options.signal, 'abort').length,
    resources: process.getActiveResourcesInfo().sort(),
  };
}

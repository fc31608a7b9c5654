import assert from 'node:assert/strict';
import {
  addIScsiSendTargetPortal,
  getIScsiSessionList,
  getIScsiSessionListSync,
  type Library,
  loginIScsiTarget,
  logoutIScsiTarget,
  parseUniqueId,
  removeIScsiSendTargetPortal,
  reportIScsiSendTargetPortalsEx,
  sendScsiInquiry,
} from 'iscsidsc';
import { createSimulator, type Fault } from 'iscsidsc/simulator';
import { ResidentMemory, STEPS, type Verdict } from './resident-memory.js';

export interface ListOptions {
  /** Whose lists: the system's where left out. */
  library?: Library | undefined;
  /** Sync lists in all. */
  sync: number;
  /** Async lists in all. */
  async: number;
  /** Keeps some memory of every list, to show that the soak finds it. */
  leak?: boolean;
  say(line: string): void;
}

const AT_ONCE = 20;

/** Lists for long, with sessions, simulators, errors and aborts in between, and says whether memory stays flat. */
export async function soakLists({ library, sync, async, leak = false, say }: ListOptions): Promise<Verdict> {
  const ofLibrary = library ? { library } : {};
  const kept: unknown[] = [];
  const memory = new ResidentMemory('lists', say);
  // 10 a step in the long form.
  const others = Math.max(1, Math.floor(async / STEPS / 100));
  for (let step = 1; step <= STEPS; step++) {
    for (let call = 0; call < sync / STEPS; call++) {
      const list = getIScsiSessionListSync({ ...ofLibrary, charset: call % 2 ? 'ansi' : 'unicode' });
      if (leak) kept.push(list, Buffer.alloc(4096, 1));
    }
    for (let call = 0; call < async / STEPS; call += AT_ONCE) {
      const options = { ...ofLibrary, timeoutMs: 60_000 };
      const lists = Array.from({ length: AT_ONCE }, () => {
        return getIScsiSessionList({ ...options, signal: new AbortController().signal });
      });
      await Promise.all(lists);
    }
    for (let round = 0; round < others; round++) {
      await somethingElse(ofLibrary);
      await sessionOf(ofLibrary);
    }
    memory.measure();
  }
  return memory.judge();
}

const PORTAL = '10.0.0.10';
const TARGET = 'iqn.2003-01.org.example:disk2';
const CHAP = { authType: 'chap', username: 'backup-host', password: 'initiator-12345' } as const;

/** A portal, a login with a password, and a LUN that is asked what it is and refused where there is none. */
async function sessionOf(ofLibrary: { library?: Library }): Promise<void> {
  await addIScsiSendTargetPortal(PORTAL, ofLibrary);
  await reportIScsiSendTargetPortalsEx(ofLibrary);
  const login = { ...ofLibrary, targetPortal: PORTAL, loginOptions: CHAP };
  const { sessionId } = await loginIScsiTarget(TARGET, login);
  await sendScsiInquiry(sessionId, 0, ofLibrary);
  await sendScsiInquiry(sessionId, 1, { ...ofLibrary, evpd: true, pageCode: 0x83 });
  await fails('ISDSC_SCSI_REQUEST_FAILED', () => sendScsiInquiry(sessionId, 9, ofLibrary));
  await logoutIScsiTarget(sessionId, ofLibrary);
  await removeIScsiSendTargetPortal(PORTAL, ofLibrary);
}

/** Simulators, errors, lies, aborts and timeouts. */
async function somethingElse(ofLibrary: { library?: Library }): Promise<void> {
  const simulator = createSimulator();
  getIScsiSessionListSync({ library: simulator });
  simulator.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
  await fails('ISDSC_SERVICE_NOT_RUNNING', () => getIScsiSessionList({ library: simulator }));
  const lies: readonly [Fault, string][] = [
    ['never-satisfied', 'ERR_ISCSIDSC_BUFFER_RETRIES'],
    ['unterminated', 'ERR_ISCSIDSC_MALFORMED_REPLY'],
  ];
  for (const [fault, code] of lies) {
    simulator.behaviour = { fault };
    await fails(code, () => getIScsiSessionList({ library: simulator, charset: 'ansi' }));
    await fails(code, async () => getIScsiSessionListSync({ library: simulator }));
  }
  simulator.behaviour = { delayMs: 50 };
  await fails('ERR_ISCSIDSC_TIMEOUT', () => getIScsiSessionList({ library: simulator, timeoutMs: 1 }));
  simulator.dispose();
  await fails('ERR_ISCSIDSC_DISPOSED', () => getIScsiSessionList({ library: simulator }));

  const controller = new AbortController();
  const lists = Array.from({ length: 5 }, () => getIScsiSessionList({ ...ofLibrary, signal: controller.signal }));
  controller.abort();
  for (const list of lists) await fails('ABORT_ERR', () => list);
  await fails('ABORT_ERR', () => getIScsiSessionList({ ...ofLibrary, signal: AbortSignal.abort() }));
  await fails('ERR_ISCSIDSC_INVALID_ARGUMENT', async () => parseUniqueId('none'));
  await fails('ERR_ISCSIDSC_INVALID_ARGUMENT', () => getIScsiSessionList({ charset: 'none' as never }));
}

async function fails(code: string, call: () => Promise<unknown>): Promise<void> {
  await assert.rejects(call, { code });
}

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ConnectProgress, IscsidscError, SessionsRound } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { built, iscsidsc } from './built.js';
import { DisturbedProcess, endOf } from './disturbed-process.js';

const LIST = 'GetIScsiSessionListW';
const TARGET = 'iqn.2005-10.org.freenas.ctl:archive';
const DISK = 'iqn.2003-01.org.example:disk';
const REPORT = 'ReportIScsiTargetsW';

describe('a call in another process', () => {
  it('resolves with what it resolves with here', async () => {
    await using process = new DisturbedProcess();
    const { initiator } = process;
    const sessions = await initiator.getIScsiSessionList();
    expect(sessions.length).toBeGreaterThan(0);
    expect(await initiator.findSessions({ sessionId: sessions[0]?.sessionId ?? '' })).toEqual([sessions[0]]);
    expect(process.children).toHaveLength(1);
  });

  it('rejects with an error of the same class, with the same members', async () => {
    await using process = new DisturbedProcess();
    const error = await errorOf(process.initiator.loginIScsiTarget('iqn.2000-01.org.example:none'));
    expect(error).toBeInstanceOf(iscsidsc.StatusError);
    expect(iscsidsc.isIscsidscError(error)).toBe(true);
    expect(error).toMatchObject({ code: 'ISDSC_TARGET_NOT_FOUND', errno: 0xefff0029, syscall: 'LoginIScsiTargetW' });
    expect(error.stack).toContain('process.test');
    const wrong = await errorOf(process.initiator.loginIScsiTarget(''));
    expect(wrong).toMatchObject({ name: 'IscsidscError', code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
  });

  it('has errors in its result', async () => {
    await using process = new DisturbedProcess();
    process.disturb({ hangs: ['GetDevicesForIScsiSessionW'] });
    const [first] = await process.initiator.describeSessions({ timeoutMs: 200 });
    expect(first).toMatchObject({ devices: null, devicesError: { code: 'ERR_ISCSIDSC_TIMEOUT' } });
  });

  it('refuses a library, and what is no data, before a process is started', async () => {
    await using process = new DisturbedProcess();
    const library = {} as never;
    const invalid = { code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' };
    await expect(process.initiator.getIScsiSessionList({ library })).rejects.toMatchObject(invalid);
    await expect(process.initiator.loginIScsiTarget(Symbol('name') as never)).rejects.toMatchObject(invalid);
    expect(() => process.initiator.watchSessions({ library })).toThrow(expect.objectContaining(invalid));
    expect(() => process.initiator.watchSessions({ intervalMs: -1 })).toThrow(expect.objectContaining(invalid));
    const aborted = AbortSignal.abort('gone');
    await expect(process.initiator.getIScsiSessionList({ signal: aborted })).rejects.toMatchObject({
      name: 'AbortError',
      pending: 'notStarted',
      cause: 'gone',
    });
    expect(process.children).toHaveLength(0);
  });

  it('calls the functions of its options here, and rejects with what one throws', async () => {
    await using process = new DisturbedProcess();
    const steps: string[] = [];
    const onProgress = ({ step, status }: ConnectProgress) => steps.push(`${step} ${status}`);
    const target = { targetName: DISK, portals: '10.0.0.10' };
    const { undo } = await process.initiator.connectTarget(target, { onProgress });
    expect(steps).toEqual(expect.arrayContaining(['portal done', 'session done', 'devices done']));
    await undo();
    const thrown = new Error('enough');
    const error = await errorOf(
      process.initiator.connectTarget(target, {
        onProgress: () => {
          throw thrown;
        },
      }),
    );
    expect(error).toBe(thrown);
    expect(error).toMatchObject({ created: { portals: [] } });
  });

  it('has a secret as bytes, which are zeros afterwards', async () => {
    await using process = new DisturbedProcess();
    const secret = 'initiator-12345';
    const bytes = new Uint8Array(Buffer.from(secret));
    const sent: string[] = [];
    const look = () => sent.push(...process.messages.map(message => JSON.stringify(message)));
    const login = process.initiator.loginIScsiTarget(TARGET, {
      loginOptions: { authType: 'chap', username: 'me', password: secret },
    });
    const calls = [
      login,
      process.initiator.setIScsiInitiatorCHAPSharedSecret(secret),
      process.initiator.connectTarget({ targetName: TARGET, chap: { secret: bytes } }),
    ];
    await Promise.allSettled(calls);
    look();
    expect(process.messages).toHaveLength(3);
    expect(sent.join()).not.toContain(secret);
    for (const message of process.messages) {
      const found = bytesIn(message);
      expect(found.length).toBeGreaterThan(0);
      expect(found.every(each => each.every(byte => byte === 0))).toBe(true);
    }
    expect(Buffer.from(bytes).toString()).toBe(secret);
  });

  it('is one of the functions of the package, and nothing else', async () => {
    await using process = new DisturbedProcess();
    await process.initiator.getIScsiSessionList();
    for (const [index, name] of ['getIScsiSessionListSync', 'constructor', 'eval', '__proto__'].entries()) {
      const id = 1_000_000 + index;
      process.child.send({ type: 'call', id, name, args: [], functions: [], signals: [] });
      const [answer] = await once(process.child, 'message');
      expect(answer).toMatchObject({ type: 'error', id });
    }
  });
});

describe('a call that hangs', () => {
  it('rejects in time, its process is killed, and another one takes its place', async () => {
    await using process = new DisturbedProcess();
    const { initiator } = process;
    await initiator.getIScsiSessionList();
    process.disturb({ hangs: [REPORT] });
    const error = await errorOf(initiator.reportIScsiTargets({ timeoutMs: 100 }));
    expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'running', syscall: REPORT });
    expect(await endOf(process.children[0] as never)).toBe('SIGKILL');
    expect((await initiator.getIScsiSessionList()).length).toBeGreaterThan(0);
    expect(process.children).toHaveLength(2);
  });

  it('is left alone when it returns in the time of grace', async () => {
    await using process = new DisturbedProcess({ graceMs: 60_000 });
    process.disturb({ hangs: [REPORT], lateMs: 300 });
    const error = await errorOf(process.initiator.reportIScsiTargets({ timeoutMs: 100 }));
    expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT' });
    process.disturb({});
    // Another child was started, and the first is as good as that again.
    await process.initiator.getIScsiSessionList();
    expect(process.children[0]?.signalCode).toBe(null);
  });

  it('ends by its signal, with the reason', async () => {
    await using process = new DisturbedProcess();
    process.disturb({ hangs: [LIST] });
    const abort = new AbortController();
    const list = process.initiator.getIScsiSessionList({ signal: abort.signal });
    setTimeout(() => abort.abort('enough'), 300);
    expect(await errorOf(list)).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: 'enough' });
    process.disturb({});
    expect((await process.initiator.getIScsiSessionList()).length).toBeGreaterThan(0);
  });

  it('takes others with it: one that reads is made again, one that changes is not known', async () => {
    await using process = new DisturbedProcess({ graceMs: 300 });
    const { initiator } = process;
    await initiator.getIScsiSessionList();
    process.disturb({ hangs: [REPORT, LIST, 'RefreshIScsiSendTargetPortalW', 'RefreshISNSServerW'] });
    const list = initiator.getIScsiSessionList();
    const refresh = errorOf(initiator.refreshIScsiSendTargetPortal('10.0.0.10'));
    const first = process.child;
    const hung = errorOf(initiator.reportIScsiTargets({ timeoutMs: 100 }));
    expect(await hung).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT' });
    process.disturb({});
    expect(await refresh).toMatchObject({ code: 'ERR_ISCSIDSC_PROCESS_ENDED', pending: 'running' });
    expect((await list).length).toBeGreaterThan(0);
    expect(await endOf(first)).toBe('SIGKILL');
  });

  it('is one poll of a watch, which goes on', async () => {
    await using process = new DisturbedProcess();
    const kinds: (string | undefined)[] = [];
    const firsts: boolean[] = [];
    for await (const round of process.initiator.watchSessions({ intervalMs: 1, timeoutMs: 300 })) {
      kinds.push(round.error?.code);
      if (!round.error) firsts.push((round as SessionsRound).first);
      process.disturb(kinds.length === 2 ? { hangs: [LIST] } : {});
      if (kinds.length === 5) break;
    }
    expect(kinds).toEqual([undefined, undefined, 'ERR_ISCSIDSC_TIMEOUT', undefined, undefined]);
    expect(firsts).toEqual([true, false, false, false]);
  });

  it('does not delay lists: a hundred of them in a row', async () => {
    await using process = new DisturbedProcess({ graceMs: 50 });
    const { initiator } = process;
    process.disturb({ hangs: [REPORT] });
    let isOver = false;
    let lists = 0;
    const listing = (async () => {
      while (!isOver) {
        expect((await initiator.getIScsiSessionList({ timeoutMs: 60_000 })).length).toBeGreaterThan(0);
        lists++;
      }
    })();
    for (let call = 0; call < 100; call++) {
      const error = await errorOf(initiator.reportIScsiTargets({ timeoutMs: 20 }));
      expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT' });
    }
    isOver = true;
    await listing;
    expect(lists).toBeGreaterThan(100);
  });

  it('and a process that answers nothing any more is killed', async () => {
    await using process = new DisturbedProcess();
    process.disturb({ stops: [LIST] });
    const error = await errorOf(process.initiator.getIScsiSessionList({ timeoutMs: 300 }));
    expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'running' });
    process.disturb({});
    expect((await process.initiator.getIScsiSessionList()).length).toBeGreaterThan(0);
  });
});

describe('the end of the process', () => {
  it('by a crash is an error of its calls, and the next call starts another', async () => {
    await using process = new DisturbedProcess();
    process.disturb({ crashes: [LIST] });
    const error = await errorOf(process.initiator.getIScsiSessionList());
    expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_PROCESS_ENDED', pending: 'running', signal: 'SIGSEGV' });
    process.disturb({});
    expect((await process.initiator.getIScsiSessionList()).length).toBeGreaterThan(0);
  });

  it('comes after a while without a call', async () => {
    await using process = new DisturbedProcess({ idleMs: 50 });
    await process.initiator.getIScsiSessionList();
    expect(await endOf(process.child)).toBe('SIGKILL');
    expect((await process.initiator.getIScsiSessionList()).length).toBeGreaterThan(0);
  });

  it('comes with dispose(), which ends calls and watches', async () => {
    await using process = new DisturbedProcess();
    process.disturb({ hangs: [LIST] });
    const list = errorOf(process.initiator.getIScsiSessionList());
    const watch = process.initiator.watchSessions();
    const round = watch.next();
    await process.initiator.dispose();
    expect(await list).toMatchObject({ code: 'ERR_ISCSIDSC_DISPOSED' });
    expect(await round).toEqual({ value: undefined, done: true });
    expect(process.child.signalCode).toBe('SIGKILL');
    expect(await errorOf(process.initiator.getIScsiSessionList())).toMatchObject({ code: 'ERR_ISCSIDSC_DISPOSED' });
  });

  it('before it has started is an error that says so', async () => {
    const nothing = built.createInitiatorProcess({
      fork: (_, { env }) => spawnNothing(env) as never,
    });
    expect(await errorOf(nothing.getIScsiSessionList())).toMatchObject({
      code: 'ERR_ISCSIDSC_PROCESS_ENDED',
      pending: 'notStarted',
    });
    const throwing = built.createInitiatorProcess({
      fork: () => {
        throw new Error('no more processes');
      },
    });
    expect(await errorOf(throwing.getIScsiSessionList())).toMatchObject({
      code: 'ERR_ISCSIDSC_PROCESS_ENDED',
      pending: 'notStarted',
      cause: { message: 'no more processes' },
    });
  });

  it('is not needed for the end of the program', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [fileOf('ends-by-itself.mjs')]);
    expect(stdout).toBe('4 sessions\n');
  });

  it('comes when the program is killed, also while a call hangs', async () => {
    const program = spawn(process.execPath, [fileOf('waits.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [pid] = await once(program.stdout.setEncoding('utf8'), 'data');
    expect(isThere(Number(pid))).toBe(true);
    program.kill('SIGKILL');
    while (isThere(Number(pid))) await new Promise(resolve => setTimeout(resolve, 20));
  });
});

it('undoes a connection in another process, too', async () => {
  await using process = new DisturbedProcess();
  const { initiator } = process;
  const known = async () => [await initiator.reportIScsiSendTargetPortals(), await initiator.getIScsiSessionList()];
  const before = await known();
  const target = { targetName: DISK, portals: '10.0.0.10' };
  const connected = await initiator.connectTarget(target);
  expect(connected.created).toMatchObject({ portals: [{}], sessions: [{}] });
  expect(await known()).not.toEqual(before);
  process.child.kill('SIGKILL');
  await endOf(process.child);
  await connected.undo();
  expect(await known()).toEqual(before);
});

async function errorOf(promise: Promise<unknown>): Promise<IscsidscError & Error> {
  return await promise.then(
    value => {
      throw new Error(`resolved with ${JSON.stringify(value)}`);
    },
    error => error,
  );
}

function bytesIn(value: unknown): Uint8Array[] {
  if (value instanceof Uint8Array) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(bytesIn) : [];
}

function spawnNothing(env: Record<string, string>) {
  return spawn('/nothing/is/here', [], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

function fileOf(name: string): string {
  return fileURLToPath(new URL(`programs/${name}`, import.meta.url));
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

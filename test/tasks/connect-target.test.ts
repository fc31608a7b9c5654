import { type ConnectProgress, type ConnectTarget, connectTarget, type Library, loginIScsiTarget } from 'iscsidsc';
import { createSimulator, type SimulatedNetwork } from 'iscsidsc/simulator';
import { describe, expect, it, vi } from 'vitest';
import { AnsweringWindows, failingVolumes } from '../answering-windows.js';
import { disturbed } from './disturbed-library.js';
import { hanging } from './hanging-library.js';
import { errorOf } from './own-error.js';

const DISK = 'iqn.2003-01.org.example:disk1';
const CHAP_DISK = 'iqn.2003-01.org.example:disk2';
const SECRET = 'initiator-12345';
const [FIRST, SECOND] = ['10.0.0.10', '10.0.1.10'];
const target: ConnectTarget = { targetName: DISK, portals: FIRST };
const ERROR_NO_MORE_FILES = 18;
const RPC_S_CALL_FAILED = 1726;
const NOTHING = { portals: [], sessions: [], persistentLogins: [] };

/** A machine whose one target is as the caller wants it. */
function site(more: Partial<SimulatedNetwork['targets'][number]> = {}, rest: Partial<SimulatedNetwork> = {}) {
  const targets = [{ targetName: DISK, portalGroups: [[FIRST as string, SECOND as string]], ...more }];
  return createSimulator({ network: { targets, ...rest } });
}

describe('connectTarget', () => {
  it('starts the service first with startService, and leaves it running', async () => {
    using library = createSimulator({ service: { state: 'stopped', startType: 'manual' } });
    expect((await errorOf(connectTarget(target, { library }))).code).toBe('ISDSC_SERVICE_NOT_RUNNING');
    const told: string[] = [];
    const onProgress = ({ step, status }: ConnectProgress) => told.push(`${step} ${status}`);
    const { undo } = await connectTarget({ ...target, startService: true }, { library, onProgress });
    expect(told.splice(0).slice(0, 3)).toEqual(['service started', 'service done', 'portal started']);
    await undo();
    expect(library.service).toMatchObject({ state: 'running', startType: 'manual' });
    await connectTarget({ ...target, startService: true }, { library, onProgress });
    expect(told.slice(0, 2)).toEqual(['service started', 'service existing']);
  });

  it('tells of each step, and of what it has found', async () => {
    using library = site();
    const told: string[] = [];
    const onProgress = ({ step, status, portal, sessionId, targetName }: ConnectProgress) => {
      expect(targetName).toBe(DISK);
      told.push([step, status, portal?.address ?? '', sessionId ? 'id' : ''].join(' ').trimEnd());
    };
    const all = { ...target, portals: [FIRST, '10.9.9.9'], persistent: true } as const;
    const connected = await connectTarget(all, { library, onProgress });
    expect(told.splice(0)).toEqual([
      'portal started 10.0.0.10',
      'portal done 10.0.0.10',
      'portal started 10.9.9.9',
      'portal failed 10.9.9.9',
      'session started 10.0.0.10',
      'session done 10.0.0.10 id',
      'devices started',
      'devices done',
      'persistentLogin started 10.0.0.10 id',
      'persistentLogin done 10.0.0.10 id',
      'volumes started',
      'volumes done',
    ]);
    await connectTarget({ ...all, portals: FIRST }, { library, onProgress });
    expect(told).toEqual([
      'portal existing 10.0.0.10',
      'session existing 10.0.0.10 id',
      'devices started',
      'devices done',
      'persistentLogin existing 10.0.0.10 id',
      'volumes started',
      'volumes done',
    ]);
    await connected.undo();
    expect(library.sessions).toEqual([]);
  });

  it('finds the volumes of the disks, which Windows has later than the disks', async () => {
    using library = site({ luns: [{ lun: 0, volumes: [{ paths: ['S:\\', 'C:\\mnt\\data\\'] }] }] });
    let searches = 0;
    const answers = {
      FindFirstVolumeW: () => (searches++ < 2 ? { lastError: ERROR_NO_MORE_FILES } : undefined),
    };
    const late = new AnsweringWindows(answers, library);
    const { devices, volumes, volumesError } = await connectTarget(target, { library: late });
    const deviceNumbers = devices.map(({ storageDeviceNumber }) => storageDeviceNumber.deviceNumber);
    const name = expect.stringMatching(/^\\\\\?\\Volume\{.*\}\\$/);
    const paths = ['S:\\', 'C:\\mnt\\data\\'];
    expect(volumes).toEqual([{ name, paths, deviceNumbers, error: null }]);
    expect(volumesError).toBeNull();
    expect(searches).toBe(3);
    // Of a session that was there before, all is there that comes.
    searches = 0;
    expect((await connectTarget(target, { library: late })).volumes).toEqual([]);
    expect(searches).toBe(1);
  });

  it('finds no volume on a disk without any', async () => {
    using library = site({ luns: [{ lun: 0, volumes: [] }] });
    const { devices, volumes, sessions } = await connectTarget(target, { library });
    expect([devices.length, volumes, sessions.length]).toEqual([1, [], 1]);
  });

  it('undoes nothing where the volumes cannot be listed, and says why', async () => {
    using library = site();
    const steps: string[] = [];
    const onProgress = ({ step, status, error }: ConnectProgress) => steps.push(`${step} ${status} ${error?.code}`);
    const connected = await connectTarget(target, { library: failingVolumes(library), onProgress });
    expect(connected).toMatchObject({ volumes: null, volumesError: { code: 'ERROR_ACCESS_DENIED' } });
    expect(steps.at(-1)).toBe('volumes failed ERROR_ACCESS_DENIED');
    expect(library.sessions).toHaveLength(1);
  });

  it('waits for disks that come late, while sessions are busy', async () => {
    using library = site();
    library.behaviour = { devicesAfterMs: 300, deviceBusy: 1 };
    expect((await connectTarget(target, { library })).devices).toHaveLength(1);
  });

  it('with waitMs 0 returns what is there', async () => {
    using library = site();
    library.behaviour = { devicesAfterMs: 60_000 };
    expect((await connectTarget(target, { library, waitMs: 0 })).devices).toEqual([]);
    expect(library.sessions).toHaveLength(1);
  });

  it('gives up when the disks do not appear, and undoes', async () => {
    using library = site();
    library.behaviour = { devicesAfterMs: 60_000 };
    const error = await errorOf(connectTarget(target, { library, waitMs: 300 }));
    expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'betweenAttempts', created: NOTHING });
    expect(error.message).toContain('within 300 ms');
    expect(library.sessions).toEqual([]);
    expect(library.sendTargetPortals).toEqual([]);
  });

  it('knows at once that no LUN is mapped', async () => {
    using library = site({ luns: [] });
    const error = await errorOf(connectTarget(target, { library, waitMs: 600_000 }));
    expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_NO_LUN', created: NOTHING });
  });

  it('takes a LUN 0 that is no device for none', async () => {
    using simulator = site();
    simulator.behaviour = { devicesAfterMs: 600_000 };
    const library = answeringInquiry(simulator, 0x3f);
    const error = await errorOf(connectTarget(target, { library, waitMs: 600_000 }));
    expect(error.code).toBe('ERR_ISCSIDSC_NO_LUN');
    const there = await errorOf(connectTarget(target, { library: simulator, waitMs: 50 }));
    expect(there.code).toBe('ERR_ISCSIDSC_TIMEOUT');
  });

  it('finds disks that are there twice', async () => {
    using library = site();
    const both = { ...target, portals: [FIRST, SECOND], multipath: true } as ConnectTarget;
    const { sessions, devices, undo: _ } = await connectTarget(both, { library });
    const disk = { ...devices[0], deviceInterfaceName: '\\\\?\\scsi#disk&ven_example#1' };
    const other = { ...disk, storageDeviceNumber: { ...devices[0]?.storageDeviceNumber, deviceNumber: 9 } };
    library.devices = Object.fromEntries(
      sessions.map(({ sessionId }, index) => [sessionId, [index === 0 ? disk : other]]),
    ) as typeof library.devices;
    const error = await errorOf(connectTarget(both, { library, waitMs: 300 }));
    expect(error.code).toBe('ERR_ISCSIDSC_NO_MULTIPATH');
    expect(error.hint).toContain('Enable-MSDSMAutomaticClaim');
    // Also with a path that was there before, and is not asked for.
    const second = await errorOf(connectTarget({ ...both, portals: SECOND as string }, { library, waitMs: 300 }));
    expect(second.code).toBe('ERR_ISCSIDSC_NO_MULTIPATH');
  });

  it('logs in at the address of a portal that is given by name, and finds its session again', async () => {
    using library = site({ portalGroups: [['127.0.0.1', 'localhost']] });
    const named = { ...target, portals: 'localhost', persistent: true };
    const { sessions } = await connectTarget(named, { library });
    expect(sessions[0]?.portal?.address).toBe('127.0.0.1');
    expect(library.sendTargetPortals.map(({ address }) => address)).toEqual(['localhost']);
    expect((await connectTarget(named, { library })).created).toEqual(NOTHING);
  });

  it('rejects with the error of the last portal if none works, and names all', async () => {
    using library = site();
    const portals = ['10.9.9.9', '10.9.9.8'];
    const error = await errorOf(connectTarget({ ...target, portals }, { library }));
    expect(error.code).toBe('ISDSC_CONNECTION_FAILED');
    expect(error.failed?.map(({ portal }) => portal.address)).toEqual(portals);
    expect(JSON.parse(JSON.stringify(error)).failed[0].error.code).toBe('ISDSC_CONNECTION_FAILED');
  });

  it('rejects with what onProgress throws, and undoes', async () => {
    using library = site();
    const thrown = new Error('enough');
    const onProgress = ({ step, status }: ConnectProgress) => {
      if (step === 'session' && status === 'done') throw thrown;
    };
    const error = await errorOf(connectTarget(target, { library, onProgress }));
    expect(error).toBe(thrown);
    expect(error.created).toEqual(NOTHING);
    expect([library.sessions, library.sendTargetPortals]).toEqual([[], []]);
  });

  it('undoes a session whose id the answer does not have', async () => {
    using library = site();
    const onProgress = ({ step }: ConnectProgress) => {
      if (step === 'session') library.behaviour = { fault: 'count-unwritten' };
      if (step === 'undo') library.behaviour = {};
    };
    const error = await errorOf(connectTarget(target, { library, onProgress }));
    expect(error.code).toBe('ERR_ISCSIDSC_MALFORMED_REPLY');
    expect([library.sessions, library.sendTargetPortals]).toEqual([[], []]);
  });

  it.each(['AddIScsiSendTargetPortalW', 'LoginIScsiTargetW'])(
    'undoes what a %s has made that broke off in the service',
    async broken => {
      using library = site();
      const once = disturbed(library, (_, name) => (name === broken ? { afterwards: RPC_S_CALL_FAILED } : undefined));
      const error = await errorOf(connectTarget({ ...target, persistent: true }, { library: once }));
      expect(error).toMatchObject({ code: 'RPC_S_CALL_FAILED', created: NOTHING });
      expect([library.sessions, library.sendTargetPortals, library.persistentLogins]).toEqual([[], [], []]);
    },
  );

  it('says what is left and why when it cannot undo, and undo() tries again', async () => {
    using simulator = site();
    let isBroken = false;
    const library = disturbed(simulator, (_, name) =>
      isBroken && name === 'LogoutIScsiTarget' ? { status: 0xefff0001 } : undefined,
    );
    const onProgress = ({ step }: ConnectProgress) => {
      if (step !== 'persistentLogin') return;
      isBroken = true;
      throw new Error('enough');
    };
    const error = await errorOf(connectTarget({ ...target, persistent: true }, { library, onProgress }));
    const [session] = simulator.sessions;
    expect(error.created).toMatchObject({ portals: [], sessions: [{ sessionId: session?.sessionId }] });
    expect(error.undoErrors).toMatchObject([{ code: 'ISDSC_NON_SPECIFIC_ERROR', syscall: 'LogoutIScsiTarget' }]);

    isBroken = false;
    const connected = await connectTarget({ ...target, portals: SECOND as string }, { library: simulator });
    simulator.sendTargetPortals = [];
    await connected.undo();
    expect(simulator.sessions).toEqual([session]);
  });

  it('leaves a saved login that Windows cannot tell from another one, and says so', async () => {
    using library = site();
    await connectTarget({ ...target, persistent: true }, { library });
    const connected = await connectTarget({ ...target, multipath: true, persistent: true }, { library });
    const saved = [...library.persistentLogins];
    expect(saved).toHaveLength(2);
    const error = await errorOf(connected.undo());
    expect(error.code).toBe('ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA');
    expect(error.created?.persistentLogins).toEqual(saved.slice(1));
    expect(library.persistentLogins).toEqual(saved);
  });

  it('disconnects at the end of a block', async () => {
    using library = site();
    {
      await using disk = await connectTarget(target, { library });
      expect(disk.devices).toHaveLength(1);
      expect(library.sessions).toHaveLength(1);
    }
    expect([library.sessions, library.sendTargetPortals]).toEqual([[], []]);
  });

  it('does not make a call that still waits for its turn when the signal fires', async () => {
    using simulator = site();
    const library = hanging(simulator, 'LoginIScsiTargetW', () => true);
    // It has the one place in the lane of slow calls.
    loginIScsiTarget(DISK, { library, timeoutMs: 1 }).catch(() => {});
    const error = await errorOf(connectTarget(target, { library, timeoutMs: 50 }));
    expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'betweenAttempts', created: NOTHING });
    expect(error).not.toHaveProperty('undoErrors');
  });

  it('stops waiting for a login some time after an abort, and undoes all once it returns', async () => {
    using simulator = site();
    const controller = new AbortController();
    let finish = () => {};
    const library = late(simulator, 'LoginIScsiTargetW', release => {
      finish = release;
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      controller.abort();
    });
    try {
      const failed = errorOf(connectTarget(target, { library, signal: controller.signal }));
      while (!controller.signal.aborted) await turn();
      await turn();
      vi.advanceTimersByTime(30_000);
      const error = await failed;
      expect(error).toMatchObject({ name: 'AbortError', pending: 'running', created: { sessions: [] } });
      expect(error.created?.portals).toEqual(
        simulator.sendTargetPortals.map(({ address }) => ({
          ...error.created?.portals[0],
          address,
        })),
      );
      expect(simulator.sessions).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
    finish();
    await vi.waitFor(() => expect([simulator.sessions, simulator.sendTargetPortals]).toEqual([[], []]));
  });

  it('refuses what it cannot pass on before it calls anything, and shows no secret', async () => {
    using simulator = createSimulator();
    let calls = 0;
    const library = disturbed(simulator, () => {
      calls++;
      return undefined;
    });
    const wrong: unknown[] = [
      undefined,
      null,
      'iqn',
      {},
      { ...target, targetName: '' },
      { ...target, portals: [] },
      { ...target, portals: [7] },
      { ...target, portals: 'a b' },
      { ...target, portal: FIRST },
      { ...target, lun: -1 },
      { ...target, initiatorPortNumber: 1 },
      { ...target, multipath: 1 },
      ...[SECRET, [SECRET], { secret: '' }, { secret: `${SECRET}ü` }, {}, { password: SECRET }, { [SECRET]: true }].map(
        chap => ({ ...target, chap }),
      ),
      { ...target, chap: { secret: SECRET, mutual: SECRET } },
      { ...target, chap: { secret: SECRET, username: `${SECRET}ü` } },
    ];
    for (const each of wrong) {
      const error = await errorOf(connectTarget(each as ConnectTarget, { library }));
      expect(error.code).toBe('ERR_ISCSIDSC_INVALID_ARGUMENT');
      expect(`${error.message}${JSON.stringify(error)}`).not.toContain(SECRET);
    }
    for (const options of [{ waitMs: -1 }, { onProgress: 1 }, { retries: 1 }]) {
      const error = await errorOf(connectTarget(target, { library, ...(options as object) }));
      expect(error.code).toBe('ERR_ISCSIDSC_INVALID_ARGUMENT');
    }
    expect(calls).toBe(0);
  });

  it('overwrites its copy of the secret, however it ends', async () => {
    using library = createSimulator();
    const copies: Uint8Array[] = [];
    const from = vi.spyOn(Uint8Array, 'from');
    try {
      const secure = {
        targetName: CHAP_DISK,
        portals: FIRST as string,
        chap: { username: 'backup-host', secret: SECRET },
      };
      for (const signal of [undefined, AbortSignal.abort()]) {
        from.mockClear();
        await connectTarget(secure, { library, signal }).catch(() => {});
        const made = from.mock.results.map(({ value }) => value as Uint8Array);
        copies.push(...made.filter(each => each.length === SECRET.length));
      }
      const wrong = { ...secure, chap: { ...secure.chap, secret: 'x'.repeat(SECRET.length) } };
      await connectTarget(wrong, { library }).catch(() => {});
      // Its name is refused.
      from.mockClear();
      await connectTarget({ ...secure, chap: { ...secure.chap, username: 'ü' } }, { library }).catch(() => {});
      copies.push(...from.mock.results.map(({ value }) => value as Uint8Array));
    } finally {
      from.mockRestore();
    }
    expect(copies.length).toBeGreaterThanOrEqual(2);
    for (const copy of copies) expect([...copy].every(byte => byte === 0)).toBe(true);
  });
});

function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/** Answers every INQUIRY with this first byte. */
function answeringInquiry(simulator: Library, first: number): Library {
  return {
    ...disturbed(simulator, () => undefined),
    func: (name => {
      const native = simulator.func(name) as unknown as { async(...args: unknown[]): void };
      if (name !== 'SendScsiInquiry') return native;
      const async = (...args: unknown[]) => {
        const done = args.at(-1) as (...given: unknown[]) => void;
        native.async(...args.slice(0, -1), (...answer: unknown[]) => {
          (args[6] as Buffer)[0] = first;
          done(...answer);
        });
      };
      return Object.assign(() => 0, { async });
    }) as Library['func'],
  };
}

/** A library of which one function does its work, and returns when the caller says so. */
function late(simulator: Library, slow: string, onCall: (release: () => void) => void): Library {
  return {
    ...disturbed(simulator, () => undefined),
    func: (name => {
      const native = simulator.func(name) as unknown as { async(...args: unknown[]): void };
      if (name !== slow) return native;
      const async = (...args: unknown[]) => {
        const done = args.at(-1) as (...given: unknown[]) => void;
        native.async(...args.slice(0, -1), (...answer: unknown[]) => onCall(() => done(...answer)));
      };
      return Object.assign(() => 0, { async });
    }) as Library['func'],
  };
}

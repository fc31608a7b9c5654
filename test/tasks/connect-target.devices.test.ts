import { type ConnectTarget, connectTarget, type IscsidscError, type Library, loginIScsiTarget } from 'iscsidsc';
import type { NativeFunction } from 'iscsidsc/raw';
import { createSimulator, type SimulatedNetwork } from 'iscsidsc/simulator';
import { describe, expect, it, vi } from 'vitest';
import { AnsweringWindows } from '../answering-windows.js';
import { answering, answerMappings } from './answering-library.js';
import { hanging } from './hanging-library.js';

const DISK = 'iqn.2003-01.org.example:disk1';
const [FIRST, SECOND] = ['10.0.0.10', '10.0.1.10'] as const;
const target: ConnectTarget = { targetName: DISK, portals: FIRST };

/** A machine whose one target is as the caller wants it. */
function site(more: Partial<SimulatedNetwork['targets'][number]> = {}) {
  return createSimulator({ network: { targets: [{ targetName: DISK, portalGroups: [[FIRST, SECOND]], ...more }] } });
}

describe('the disks of connectTarget', () => {
  it('are found while a command to the target waits for its turn', async () => {
    using simulator = site();
    simulator.behaviour = { devicesAfterMs: 300 };
    const library = hanging(simulator, 'LoginIScsiTargetW', call => call === 2);
    const { devices } = await connectTarget(target, {
      library,
      onProgress: ({ step, status }) => {
        // From now on, the one place in the lane of slow calls is taken.
        if (step === 'devices' && status === 'started') {
          loginIScsiTarget(DISK, { library, timeoutMs: 1 }).catch(() => {});
        }
      },
    });
    expect(devices).toHaveLength(1);
  });
});

describe('all disks of connectTarget', () => {
  it('are waited for, which Windows makes one after the other', async () => {
    using simulator = site({ luns: [{ lun: 0 }, { lun: 1 }, { lun: 2 }] });
    let asked = 0;
    const library = changingCount(simulator, count => Math.min(count, ++asked));
    expect((await connectTarget(target, { library })).devices).toHaveLength(3);
  });

  it('are not waited for as long where a LUN is of no disk, nor at all with a session that was there', async () => {
    using simulator = site({ luns: [{ lun: 0 }, { lun: 1 }] });
    const library = changingCount(simulator, () => 1);
    expect((await connectTarget(target, { library, waitMs: 600_000 })).devices).toHaveLength(1);
    let asked = 0;
    const again = changingCount(simulator, () => {
      asked++;
      return 1;
    });
    expect((await connectTarget(target, { library: again })).devices).toHaveLength(1);
    expect(asked).toBe(1);
  });
});

it('says at the end of a wait whether a list of devices still runs', async () => {
  using simulator = site();
  const controller = new AbortController();
  const library = hanging(simulator, 'GetDevicesForIScsiSessionW', () => {
    setImmediate(() => controller.abort());
    return true;
  });
  const waiting = connectTarget(target, { library, signal: controller.signal });
  await expect(waiting).rejects.toMatchObject({
    code: 'ABORT_ERR',
    pending: 'running',
    syscall: 'GetDevicesForIScsiSessionW',
    created: { portals: [], sessions: [], persistentLogins: [] },
  });
});

describe('the LUN of connectTarget', () => {
  it('is never another one that has its number in Windows', async () => {
    // Windows calls it LUN 0.
    using library = site({ luns: [{ lun: 300 }] });
    const { devices } = await connectTarget({ ...target, lun: 300 }, { library });
    expect(devices).toMatchObject([{ scsiAddress: { lun: 0 } }]);
    const error = await connectTarget({ ...target, lun: 0 }, { library }).catch((reason: IscsidscError) => reason);
    expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_NO_LUN' });
  });

  it('can have flat addressing at the target', async () => {
    using simulator = site({ luns: [{ lun: 5 }] });
    simulator.behaviour = { devicesAfterMs: 300 };
    const flat = 0x0540n;
    const library = answering(simulator, {
      SendScsiReportLuns: (_id, status, size, buffer) => {
        const answer = (buffer as Buffer).fill(0);
        answer.writeUInt32BE(8);
        answer.writeBigUInt64LE(flat, 8);
        (size as Buffer).writeUInt32LE(16);
        (status as Buffer).writeUInt8(0);
        return 0;
      },
      ReportActiveIScsiTargetMappingsW: (size, count, buffer) => {
        const lunList = [{ osLun: 5, targetLun: flat.toString(16) }];
        const mappings = simulator.sessions.map(({ sessionId }) => ({
          initiatorName: 'ROOT\\ISCSIPRT\\0000_0',
          targetName: DISK,
          osDeviceName: '\\\\.\\Scsi3:',
          sessionId,
          osBusNumber: 0,
          osTargetNumber: 0,
          lunList,
        }));
        return answerMappings(mappings, size, count, buffer);
      },
    });
    const { devices } = await connectTarget({ ...target, lun: 5 }, { library, waitMs: 10_000 });
    expect(devices).toHaveLength(1);
  });
});

it('disks that MPIO has made are not the same because MPIO gives them the same address', async () => {
  using library = site({ luns: [{ lun: 0 }, { lun: 1 }] });
  const both = { ...target, portals: [FIRST, SECOND], multipath: true };
  const { sessions, devices } = await connectTarget(both, { library });
  const atOneAddress = devices.map(device => ({ ...device, scsiAddress: { ...device.scsiAddress, lun: 0 } }));
  library.devices = Object.fromEntries(sessions.map(({ sessionId }) => [sessionId, atOneAddress]));
  const again = await connectTarget(both, { library, waitMs: 300 });
  expect(again.devices).toEqual(atOneAddress);
});

it('the volumes are given up when Windows does not list them, and the target stays connected', async () => {
  using simulator = site();
  const library = new AnsweringWindows({}, simulator);
  library.holds.add('FindFirstVolumeW');
  const connecting = connectTarget(target, {
    library,
    onProgress: ({ step, status }) => {
      if (step === 'volumes' && status === 'started') vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    },
  });
  try {
    while (library.held.length === 0) await new Promise(resolve => setImmediate(resolve));
    vi.advanceTimersByTime(10_000);
    expect(await connecting).toMatchObject({
      volumes: null,
      volumesError: { code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'running', syscall: 'FindFirstVolumeW' },
    });
  } finally {
    vi.useRealTimers();
  }
  expect(simulator.sessions).toHaveLength(1);
});

/** Of the devices of a session, it reports only the first ones. */
function changingCount(simulator: Library, change: (count: number) => number): Library {
  const name = 'GetDevicesForIScsiSessionW';
  const native = simulator.func(name) as unknown as NativeFunction;
  const async = (...args: unknown[]) => {
    const done = args.at(-1) as (error: Error | null, status: number) => void;
    native.async(...(args.slice(0, -1) as never), (error, status) => {
      const [, count] = args as [unknown, Uint32Array];
      if (status === 0) count[0] = change(count[0] ?? 0);
      done(error, status);
    });
  };
  const func = Object.assign(() => 0, { async });
  return {
    ...answering(simulator, {}),
    func: (wanted => (wanted === name ? func : simulator.func(wanted))) as Library['func'],
  };
}

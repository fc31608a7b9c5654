import { type DeviceOnSession, hasNumber, isOfMpio } from '../../api/devices/device.js';
import { deviceList } from '../../api/devices/devices-for-session.js';
import type { CheckedOptions } from '../../api/options.js';
import { targetMappings } from '../../api/targets/active-mappings.js';
import type { ScsiLun, TargetMapping } from '../../api/targets/mapping.js';
import { isBusy, type Procedure } from '../../call/procedure.js';
import { isSameLun, lunNumber } from '../../codec/lun.js';
import { parseUniqueId } from '../../codec/unique-id.js';
import { IscsidscError, isOwnError } from '../../errors.js';
import { isTimeout, resultOr } from '../parts.js';
import { LAST_POLL_MS, LunQuestions } from './mapped-luns.js';
import type { ConnectedSession, KnownSessions } from './sessions.js';
import type { ConnectWork } from './work.js';

const INTERVAL_MS = 250;
/** How long others are waited for once each session has one. A LUN can be of no disk. */
const SETTLE_MS = 2000;

/**
 * Waits until each session has its devices, and returns one for each disk. Gives those of a new session that Windows has
 * not made yet a moment after the first. Ends at once where no LUN is mapped to this initiator. With a `waitMs` of 0 it
 * returns what is there.
 */
export async function waitForDevices(
  work: ConnectWork,
  sessions: readonly ConnectedSession[],
  known: KnownSessions,
  waitMs: number,
): Promise<DeviceOnSession[]> {
  const ids = sessions.map(({ sessionId }) => sessionId);
  // A path that was there before shows the disk twice as well as a new one.
  const others = known.data.map(({ sessionId }) => sessionId).filter(id => !ids.includes(id));
  const end = performance.now() + waitMs;
  const questions = new LunQuestions(work, end);
  let settled: number | undefined;
  try {
    for (;;) {
      const found = await ask(work, waitMs, end, checked => devicesOf(checked, work, ids));
      const missing = ids.filter(id => found.get(id)?.length === 0);
      const all = [...found.values()].flat();
      const twice =
        missing.length > 0 || !work.request.isMultipath
          ? undefined
          : diskSeenTwice([
              ...all,
              ...(await ask(work, waitMs, end, checked => devicesOfOthers(checked, work, others))),
            ]);
      if (waitMs === 0) return distinct(all);
      const left = end - performance.now();
      if (missing.length === 0 && twice === undefined) {
        settled ??= performance.now() + SETTLE_MS;
        const isLate = left <= 0 || settled <= performance.now();
        if (isLate || (await areAllThere(work, sessions, found))) return distinct(all);
      }
      questions.ask(missing);
      if (left <= 0) throw twice === undefined ? notInTime(waitMs, await questions.unanswered()) : noMultipath(twice);
      await questions.pause(Math.min(INTERVAL_MS, left));
    }
  } finally {
    questions.close();
  }
}

/** Asks until the end of the wait, or for as long as the last poll may take. */
async function ask<Result>(
  { deadline }: ConnectWork,
  waitMs: number,
  end: number,
  procedure: (checked: CheckedOptions) => Procedure<Result>,
): Promise<Result> {
  deadline.throwIfEnded();
  if (waitMs === 0) return await deadline.read(procedure);
  try {
    return await deadline.read(procedure, Math.max(LAST_POLL_MS, end - performance.now()));
  } catch (error) {
    deadline.throwIfEnded(isOwnError(error) ? error : undefined);
    throw isTimeout(error) ? notInTime(waitMs, error) : error;
  }
}

function* devicesOf(
  checked: CheckedOptions,
  { request: { lun } }: ConnectWork,
  ids: readonly string[],
): Procedure<Map<string, DeviceOnSession[]>> {
  const maps = lun === undefined ? [] : yield* mappingsOrNone(checked);
  const found = new Map<string, DeviceOnSession[]>();
  for (const id of ids) {
    const devices = yield* devicesSoFar(checked, id);
    found.set(id, lun === undefined ? devices : devicesOfLun(devices, lunsOf(maps, id), lun));
  }
  return found;
}

async function areAllThere(
  { deadline, request: { lun } }: ConnectWork,
  sessions: readonly ConnectedSession[],
  found: ReadonlyMap<string, readonly DeviceOnSession[]>,
): Promise<boolean> {
  const ids = sessions.filter(({ isNew }) => isNew).map(({ sessionId }) => sessionId);
  if (lun !== undefined || ids.length === 0) return true;
  try {
    return !(await deadline.read(checked => lacksDisks(checked, ids, found), LAST_POLL_MS));
  } catch (error) {
    deadline.throwIfEnded(isOwnError(error) ? error : undefined);
    if (isTimeout(error)) return true;
    throw error;
  }
}

/** Whether one of these sessions has LUNs of which there are no devices yet: they appear one after the other. */
function* lacksDisks(
  checked: CheckedOptions,
  ids: readonly string[],
  found: ReadonlyMap<string, readonly DeviceOnSession[]>,
): Procedure<boolean> {
  const maps = yield* mappingsOrNone(checked);
  return ids.some(id => {
    const luns = new Set(lunsOf(maps, id).map(({ targetLun }) => targetLun));
    return luns.size > (found.get(id)?.length ?? 0);
  });
}

/** Those of sessions that are not waited for, and can go away meanwhile. */
function* devicesOfOthers(
  checked: CheckedOptions,
  work: ConnectWork,
  ids: readonly string[],
): Procedure<DeviceOnSession[]> {
  const found = yield* resultOr(() => devicesOf(checked, work, ids), new Map<string, DeviceOnSession[]>());
  return [...found.values()].flat();
}

function* devicesSoFar(checked: CheckedOptions, id: string): Procedure<DeviceOnSession[]> {
  try {
    return yield* deviceList(checked, parseUniqueId(id));
  } catch (error) {
    if (isBusy(error)) return [];
    throw error;
  }
}

function mappingsOrNone(checked: CheckedOptions): Procedure<TargetMapping[]> {
  return resultOr(() => targetMappings(checked), []);
}

function lunsOf(maps: readonly TargetMapping[], id: string): ScsiLun[] {
  return maps.filter(({ sessionId }) => sessionId === id).flatMap(({ lunList }) => lunList);
}

/** Those of the devices that are the LUN of the target. Windows can have another number for it. */
function devicesOfLun(devices: readonly DeviceOnSession[], luns: readonly ScsiLun[], wanted: bigint) {
  const mapped = luns.filter(({ targetLun }) => isSameLun(BigInt(`0x${targetLun}`), wanted));
  // Where it does not say, it numbers them as the target does, unless it was told otherwise.
  const numbers = luns.length === 0 ? [lunNumber(wanted)] : mapped.map(({ osLun }) => osLun);
  const found = devices.filter(({ scsiAddress }) => numbers.includes(scsiAddress.lun));
  // A disk of MPIO has an address of MPIO's own.
  const isOnly = devices.length === 1 && luns.length === 1 && mapped.length === 1;
  return found.length === 0 && isOnly ? [...devices] : found;
}

/** The LUN of a disk that has more than one number. One that MPIO has made can have the address of another one. */
function diskSeenTwice(devices: readonly DeviceOnSession[]): number | undefined {
  const numbers = new Map<number, number>();
  for (const device of devices) {
    const { scsiAddress, storageDeviceNumber } = device;
    const { deviceNumber } = storageDeviceNumber;
    if (!hasNumber(device) || isOfMpio(device)) continue;
    if ((numbers.get(scsiAddress.lun) ?? deviceNumber) !== deviceNumber) return scsiAddress.lun;
    numbers.set(scsiAddress.lun, deviceNumber);
  }
  return undefined;
}

/** One device for each disk: its paths have its number in common. */
function distinct(devices: readonly DeviceOnSession[]): DeviceOnSession[] {
  const byDisk = new Map<string, DeviceOnSession>();
  for (const device of devices) {
    const { deviceType, deviceNumber } = device.storageDeviceNumber;
    const key = hasNumber(device) ? `${deviceType} ${deviceNumber}` : device.deviceInterfaceName;
    if (!byDisk.has(key)) byDisk.set(key, device);
  }
  return [...byDisk.values()];
}

function notInTime(waitMs: number, { pending, syscall }: Partial<IscsidscError> = {}): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_TIMEOUT', `Not all disks of the target appeared within ${waitMs} ms.`, {
    hint: 'Allow more time with waitMs, call rescanDisks if the LUN was mapped after the login, or see whether the target has the disk online.',
    pending: pending ?? 'betweenAttempts',
    syscall,
  });
}

function noMultipath(lun: number): IscsidscError {
  return new IscsidscError(
    'ERR_ISCSIDSC_NO_MULTIPATH',
    `LUN ${lun} appears as more than one disk: MPIO does not combine its paths.`,
    {
      hint: "Install MPIO with 'Install-WindowsFeature Multipath-IO', let it claim iSCSI disks with 'Enable-MSDSMAutomaticClaim -BusType iSCSI', and restart Windows. Until then, do not write to either disk.",
    },
  );
}

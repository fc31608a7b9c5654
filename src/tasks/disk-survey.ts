import { type DeviceOnSession, hasNumber, isDisk } from '../api/devices/device.js';
import type { CheckedOptions } from '../api/options.js';
import { sessionList } from '../api/sessions/session-list.js';
import { targetMappings } from '../api/targets/active-mappings.js';
import type { TargetMapping } from '../api/targets/mapping.js';
import type { PausingProcedure, Retry } from '../call/procedure.js';
import type { SessionInfo } from '../codec/session-list.js';
import { IscsidscError } from '../errors.js';
import { type AnyDisk, KnownDisk, UnknownDisks } from './disk.js';
import type { DiskTest } from './disk-filter.js';
import { DiskVolumes } from './disk-volumes.js';
import { Part, runToDeadline } from './parts.js';
import { DeviceQueries } from './session-devices.js';

/** Asks for the disks: each list once, then each disk what it is. */
export class DiskSurvey {
  readonly volumes = new DiskVolumes();
  readonly #mappings = new Part<TargetMapping[]>('the LUNs of the disks');
  readonly #devices = new DeviceQueries();
  readonly #test: DiskTest | undefined;
  #sessions: SessionInfo[] | undefined;
  #disks: AnyDisk[] | undefined;

  /** Without a test, of all disks. */
  constructor(test: DiskTest | undefined) {
    this.#test = test;
  }

  /** Returns the error with which the deadline ended it, if it did. */
  async run(checked: CheckedOptions, retry: Retry): Promise<IscsidscError | undefined> {
    const timeout = await runToDeadline(
      checked,
      () => this.#ask(checked, retry),
      () => this.#sessions !== undefined,
    );
    this.#disks ??= this.#joined(timeout);
    return timeout;
  }

  /** The disks that may fit, by their numbers. */
  get disks(): readonly AnyDisk[] {
    return this.#disks ?? [];
  }

  *#ask(checked: CheckedOptions, retry: Retry): PausingProcedure<void> {
    this.#sessions = (yield* sessionList(checked)).filter(session => this.#test?.session(session) ?? true);
    if (this.#sessions.length === 0) return;
    yield* this.#mappings.ask(() => targetMappings(checked));
    yield* this.volumes.ask(checked);
    yield* this.#devices.ask(checked, this.#sessions, retry);
    this.#disks = this.#joined(undefined);
    yield* askEach(checked, this.#disks);
  }

  #joined(timeout: IscsidscError | undefined): AnyDisk[] {
    const disks = new Map<string, AnyDisk>();
    for (const session of this.#sessions ?? []) {
      const devices = this.#devices.answer(session.sessionId, timeout);
      if (!Array.isArray(devices)) {
        // It has ended since, and its disks with it.
        if (devices.code === 'ISDSC_INVALID_SESSION_ID') continue;
        disks.set(session.sessionId, new UnknownDisks(session, devices));
        continue;
      }
      for (const device of devices.filter(isDisk)) {
        const lun = this.#lunOf(session, device, devices.length === 1, timeout);
        const key = keyOf(device);
        const known = disks.get(key);
        if (known instanceof KnownDisk) known.addPath({ session, device, lun });
        else disks.set(key, new KnownDisk({ session, device, lun }));
      }
    }
    const fitting = [...disks.values()].filter(disk => this.#test?.place(disk, this.volumes, timeout) !== false);
    return fitting.sort((one, other) => place(one) - place(other));
  }

  #lunOf(
    { sessionId }: SessionInfo,
    device: DeviceOnSession,
    isOnly: boolean,
    timeout: IscsidscError | undefined,
  ): bigint | IscsidscError {
    if (this.#mappings.value === null) return this.#mappings.reason(timeout) as IscsidscError;
    const mappings = this.#mappings.value.filter(mapping => mapping.sessionId === sessionId);
    const luns = new Set(mappings.flatMap(mapping => lunsAt(mapping, device)));
    const all = new Set(mappings.flatMap(({ lunList }) => lunList.map(({ targetLun }) => targetLun)));
    // A disk of MPIO has an address of MPIO's own.
    const [lun, another] = luns.size === 0 && isOnly ? all : luns;
    return lun === undefined || another !== undefined ? notMapped() : BigInt(`0x${lun}`);
  }
}

/** Those behind a session that has not answered come last: what does not answer must not hold up the others. */
function* askEach(checked: CheckedOptions, disks: readonly AnyDisk[]): PausingProcedure<void> {
  const silent = new Set<string>();
  const later: KnownDisk[] = [];
  for (const disk of disks) {
    if (disk instanceof UnknownDisks) continue;
    if (disk.isBehind(silent)) later.push(disk);
    else yield* disk.ask(checked, silent);
  }
  for (const disk of later) yield* disk.ask(checked, silent);
}

/** With MPIO, the paths of a disk have one number. */
function keyOf(device: DeviceOnSession): string {
  return hasNumber(device) ? String(device.storageDeviceNumber.deviceNumber) : device.deviceInterfaceName.toLowerCase();
}

/** Those without a number are behind the others. */
function place(disk: AnyDisk): number {
  return disk.deviceNumber ?? Number.MAX_SAFE_INTEGER;
}

/** The target's LUNs at the address that Windows has of a device. */
export function lunsAt(
  { osDeviceName, osBusNumber, osTargetNumber, lunList }: TargetMapping,
  device: DeviceOnSession,
): string[] {
  const { portNumber, pathId, targetId, lun } = device.scsiAddress;
  const port = /^\\\\\.\\scsi(\d+):$/i.exec(osDeviceName)?.[1];
  const isThere =
    (port === undefined || Number(port) === portNumber) &&
    (osBusNumber & 0xff) === pathId &&
    (osTargetNumber & 0xff) === targetId;
  return isThere ? lunList.filter(({ osLun }) => osLun === lun).map(({ targetLun }) => targetLun) : [];
}

function notMapped(): IscsidscError {
  return new IscsidscError(
    'ERR_ISCSIDSC_NOT_LISTED',
    'ReportActiveIScsiTargetMappings does not list the LUN at the address of the device.',
  );
}

import { type DeviceOnSession, isOfMpio } from '../api/devices/device.js';
import type { CheckedOptions } from '../api/options.js';
import { capacity } from '../api/scsi/capacity.js';
import { inquiry } from '../api/scsi/inquiry.js';
import type { Inquired, StandardInquiry, UnitSerialNumber } from '../api/scsi/inquiry-data.js';
import { sameName } from '../api/targets/target-name.js';
import { diskSize } from '../api/volumes/disk-size.js';
import type { PausingProcedure, Procedure } from '../call/procedure.js';
import { lunNumber } from '../codec/lun.js';
import type { SessionInfo } from '../codec/session-list.js';
import { parseUniqueId, type UniqueId } from '../codec/unique-id.js';
import { IscsidscError, StatusError } from '../errors.js';
import type { DiskVolumes, Volume } from './disk-volumes.js';
import { type MissingPart, missingPart, Part } from './parts.js';
import { stateOfSession } from './session-filter.js';
import { isWithTarget, mayBeWith, targetOfSession } from './target-name.js';

/** A disk of the initiator. A part that could not be had is null, with the reason beside it. */
export interface DiskDescription {
  /** The N of `\\.\PhysicalDriveN`. Null if `devices` is. */
  deviceNumber: number | null;
  /** `\\.\PhysicalDrive1`. Null if `devices` is. */
  legacyName: string | null;
  /** The name of its target. Null if Windows reports none. */
  targetName: string | null;
  /** The number of the target's LUN. Also null for a LUN of several levels, which has none; `lunError` tells. */
  lun: number | null;
  /** Why `lun` is not known, else null. */
  lunError: MissingPart | null;
  /** The ids of the sessions that lead to the disk: its paths. */
  sessions: string[];
  /** Whether MPIO has made one disk of its paths, also if there is but one. Null if `devices` is. */
  multipath: boolean | null;
  /** How many bytes it holds. */
  sizeBytes: bigint | null;
  /** Why `sizeBytes` is null, else null. */
  sizeBytesError: MissingPart | null;
  /** Who has made it, as its INQUIRY data say. */
  vendor: string | null;
  /** Which device it is, as its INQUIRY data say. */
  product: string | null;
  /** Why `vendor` and `product` are null, else null. */
  inquiryError: MissingPart | null;
  /** Its serial number: page 0x80 of its vital product data. */
  serialNumber: string | null;
  /** Why `serialNumber` is null, else null. */
  serialNumberError: MissingPart | null;
  /** The volumes that lie on it, in whole or in part. One whose disks Windows does not name is with none. */
  volumes: Volume[] | null;
  /** Why `volumes` is null, else null. */
  volumesError: MissingPart | null;
  /** What Windows has of it in each of `sessions`. */
  devices: DeviceOnSession[] | null;
  /** Why `devices` is null, else null: then the entry stands for all disks of its session. */
  devicesError: MissingPart | null;
}

export type AnyDisk = KnownDisk | UnknownDisks;

/** A way to a disk. */
export interface DiskPath {
  readonly session: SessionInfo;
  readonly device: DeviceOnSession;
  /** The eight bytes of the target's LUN, or why they are not known. */
  readonly lun: bigint | IscsidscError;
}

export class KnownDisk {
  readonly #first: DiskPath;
  readonly #paths: DiskPath[];
  readonly #capacity = new Part<bigint>('its size');
  readonly #inquiry = new Part<StandardInquiry>('its vendor and product');
  readonly #serialNumber = new Part<string>('its serial number');

  constructor(first: DiskPath) {
    this.#first = first;
    this.#paths = [first];
  }

  addPath(path: DiskPath): void {
    this.#paths.push(path);
  }

  get deviceNumber(): number {
    return this.#first.device.storageDeviceNumber.deviceNumber;
  }

  get targetName(): string | null {
    return targetOfSession(this.#first.session) ?? (this.#first.device.targetName || null);
  }

  isOf(targetName: string): boolean {
    const { session, device } = this.#first;
    return isWithTarget(session, targetName) || sameName(device.targetName, targetName);
  }

  /** The number of the LUN, null where it has none, or why it is not known. */
  get lun(): number | null | IscsidscError {
    const { lun } = this.#paths.find(path => typeof path.lun === 'bigint') ?? this.#first;
    return typeof lun === 'bigint' ? lunNumber(lun) : lun;
  }

  serialNumber(timeout: IscsidscError | undefined): string | IscsidscError {
    return this.#serialNumber.value ?? (this.#serialNumber.reason(timeout) as IscsidscError);
  }

  /** Whether all ways to it are through sessions that do not answer. */
  isBehind(silent: ReadonlySet<string>): boolean {
    return this.#paths.every(({ session }) => silent.has(session.sessionId));
  }

  /**
   * Asks the device what it is, through one path. A session that does not answer is added to `silent`, and is not asked
   * for the rest: each command would wait as long.
   */
  *ask(checked: CheckedOptions, silent: Set<string>): PausingProcedure<void> {
    const { session, lun } = this.#pathToAsk(silent);
    if (typeof lun !== 'bigint') {
      for (const part of [this.#inquiry, this.#capacity, this.#serialNumber]) part.fail(lun);
      return;
    }
    const id = parseUniqueId(session.sessionId);
    let silence: IscsidscError | undefined;
    const askFor = function* <Value>(part: Part<Value>, procedure: () => Procedure<Value>) {
      if (silence !== undefined) return part.fail(silence);
      yield* part.ask(procedure);
      const reason = part.reason(undefined);
      if (!isSilence(reason)) return;
      silence = reason;
      silent.add(session.sessionId);
    };
    yield* askFor(this.#inquiry, () => standardData(checked, id, lun));
    yield* askFor(this.#capacity, () => size(checked, id, lun, this.deviceNumber));
    yield* askFor(this.#serialNumber, () => unitSerialNumber(checked, id, lun));
  }

  describe(volumes: DiskVolumes, timeout: IscsidscError | undefined): DiskDescription {
    const { lun } = this;
    const isMissing = lun instanceof IscsidscError;
    return {
      deviceNumber: this.deviceNumber,
      legacyName: this.#first.device.legacyName,
      targetName: this.targetName,
      lun: isMissing ? null : lun,
      lunError: isMissing ? missingPart(lun) : null,
      sessions: this.#paths.map(({ session }) => session.sessionId),
      multipath: this.#paths.length > 1 || isOfMpio(this.#first.device),
      sizeBytes: this.#capacity.value,
      sizeBytesError: this.#capacity.missing(timeout),
      vendor: this.#inquiry.value?.vendor ?? null,
      product: this.#inquiry.value?.product ?? null,
      inquiryError: this.#inquiry.missing(timeout),
      serialNumber: this.#serialNumber.value,
      serialNumberError: this.#serialNumber.missing(timeout),
      ...volumes.ofDisk(this.deviceNumber, timeout),
      devices: this.#paths.map(({ device }) => device),
      devicesError: null,
    };
  }

  /** The first that is connected, and that has answered so far. */
  #pathToAsk(silent: ReadonlySet<string>): DiskPath {
    const known = this.#paths.filter(({ lun }) => typeof lun === 'bigint');
    const connected = known.filter(({ session }) => stateOfSession(session) === 'connected');
    return connected.find(({ session }) => !silent.has(session.sessionId)) ?? connected[0] ?? known[0] ?? this.#first;
  }
}

/** The disks of a session whose devices could not be listed. */
export class UnknownDisks {
  readonly deviceNumber = null;
  readonly session: SessionInfo;
  readonly reason: IscsidscError;

  constructor(session: SessionInfo, reason: IscsidscError) {
    this.session = session;
    this.reason = reason;
  }

  get targetName(): string | null {
    return targetOfSession(this.session);
  }

  isOf(targetName: string): boolean {
    return mayBeWith(this.session, targetName);
  }

  describe(): DiskDescription {
    const error = missingPart(this.reason);
    return {
      deviceNumber: null,
      legacyName: null,
      targetName: this.targetName,
      lun: null,
      lunError: error,
      sessions: [this.session.sessionId],
      multipath: null,
      sizeBytes: null,
      sizeBytesError: error,
      vendor: null,
      product: null,
      inquiryError: error,
      serialNumber: null,
      serialNumberError: error,
      volumes: null,
      volumesError: error,
      devices: null,
      devicesError: error,
    };
  }
}

const SCSI = /^SendScsi/;

/** Whether nothing has come from the device: what it refuses, it has answered. */
function isSilence(error: IscsidscError | undefined): error is StatusError {
  return error instanceof StatusError && SCSI.test(error.syscall) && error.code !== 'ISDSC_SCSI_REQUEST_FAILED';
}

function* standardData(checked: CheckedOptions, id: UniqueId, lun: bigint): Procedure<StandardInquiry> {
  return ofDevice((yield* inquiry(checked, id, lun, {})) as StandardInquiry);
}

function* unitSerialNumber(checked: CheckedOptions, id: UniqueId, lun: bigint): Procedure<string> {
  const page = yield* inquiry(checked, id, lun, { evpd: true, pageCode: 0x80 });
  return ofDevice(page as UnitSerialNumber).serialNumber;
}

function* size(checked: CheckedOptions, id: UniqueId, lun: bigint, deviceNumber: number): Procedure<bigint> {
  const { bytes } = yield* capacity(checked, id, lun);
  // The short form of the command cannot tell more than 2^32 blocks. Windows knows it from the long one.
  return bytes ?? (yield* diskSize(checked.library, deviceNumber));
}

/** Some targets answer INQUIRY for a LUN that they do not have, with data that are of no disk. */
function ofDevice<Answer extends Inquired>(answer: Answer): Answer {
  const { peripheralQualifier } = answer;
  if (peripheralQualifier === 0) return answer;
  throw new IscsidscError(
    'ERR_ISCSIDSC_NO_DEVICE',
    `The target says that it has no device at this LUN: its answer has the peripheral qualifier ${peripheralQualifier}.`,
    { hint: 'See whether the LUN is still mapped to this initiator.', syscall: 'SendScsiInquiry' },
  );
}

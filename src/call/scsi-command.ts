import { nameOf } from '../codec/numbers.js';
import { readSense, type SenseData } from '../codec/sense.js';
import { OF_DEVICE, Reply } from '../codec/source.js';
import { type UniqueId, uniqueIdMemory } from '../codec/unique-id.js';
import type { StatusError } from '../errors.js';
import { SCSI_STATUS } from '../header/constants.js';
import { SCSI_STATUSES } from '../header/scsi.js';
import type { ArgumentsOf, ExportName } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { ERROR_INSUFFICIENT_BUFFER, hasWorked, win32CodeOf } from '../native/status.js';
import { type NativeCall, nativeCall, type Procedure } from './procedure.js';
import { statusError } from './status.js';

type ScsiName = Extract<ExportName, `SendScsi${string}`>;

/** The last five arguments of such an export. */
export type Answer = readonly [status: Buffer, size: Buffer, response: Buffer, senseSize: Buffer, sense: Buffer];

const SENSE_SIZE = 18;
const LARGEST = 1024 * 1024;
const MOST_CALLS = 3;

/**
 * Sends a SCSI command. Its answer is the bytes that the device has sent, no more than the buffer holds. The buffer is
 * given at once: to ask for its size, as for lists, would send the command, too.
 */
export function* scsiCommand<Name extends ScsiName>(
  library: Library,
  syscall: Name,
  session: UniqueId,
  firstSize: number,
  rest: (answer: Answer) => unknown[],
): Procedure<Reply> {
  for (let size = firstSize, calls = 1; ; calls++) {
    const [status, used, response, senseUsed, sense] = [1, 4, size, 4, SENSE_SIZE].map(zeroed) as unknown as Answer;
    used.writeUInt32LE(size);
    senseUsed.writeUInt32LE(SENSE_SIZE);
    const args = [uniqueIdMemory(session), ...rest([status, used, response, senseUsed, sense])];
    const call = nativeCall(library, syscall, ...(args as unknown as ArgumentsOf<Name>));
    const answered = yield call;
    const length = used.readUInt32LE();
    const isTooSmall = win32CodeOf(answered) === ERROR_INSUFFICIENT_BUFFER && length > size && length <= LARGEST;
    if (isTooSmall && calls < MOST_CALLS) {
      size = length;
      continue;
    }
    const scsiStatus = status.readUInt8();
    if (!hasWorked(answered)) throw failure(answered, call, scsiStatus, sense, senseUsed.readUInt32LE());
    const ofWindows = new Reply(response, syscall);
    if (length > size) throw ofWindows.malformed('ResponseSize', undefined, `${length} bytes used of ${size} given`);
    // A status that is not good must not come with success.
    if (scsiStatus !== SCSI_STATUS.GOOD && scsiStatus !== SCSI_STATUS.CONDITION_MET) {
      throw ofWindows.malformed('ScsiStatus', undefined, `success with the SCSI status ${scsiStatus}`);
    }
    return new Reply(response.subarray(0, length), syscall, OF_DEVICE);
  }
}

const ISDSC_SCSI_REQUEST_FAILED = 0xefff001d;

/** The error of a command: where the device has refused it, with what the device has said. */
function failure(status: number, call: NativeCall, scsi: number, sense: Buffer, senseLength: number): StatusError {
  if (status >>> 0 !== ISDSC_SCSI_REQUEST_FAILED) return statusError(status, call);
  const scsiStatus = nameOf(SCSI_STATUSES, scsi);
  // With other statuses nothing is sent behind it.
  const isSent = scsi === SCSI_STATUS.CHECK_CONDITION;
  const said = isSent ? readSense(sense.subarray(0, Math.min(senseLength, SENSE_SIZE))) : null;
  const effect = `The device answered ${scsiStatus}${said ? inWords(said) : ''}.`;
  return statusError(status, call, { effect, scsiStatus, ...(said && { sense: said }) });
}

function inWords({ key, asc, ascq, description, isDeferred, raw }: SenseData): string {
  const whose = isDeferred ? ' of an earlier command' : '';
  if (key === null) return `${whose}, with sense data that is not decoded (${raw})`;
  if (asc === null) return `${whose}: ${key}`;
  return `${whose}: ${key}, ${description ?? `ASC ${hexadecimal(asc)}, ASCQ ${hexadecimal(ascq)}`}`;
}

function hexadecimal(code: number | null): string {
  return code === null ? 'not sent' : `0x${code.toString(16).padStart(2, '0')}`;
}

// Koffi gives these to a thread: they must not lie where the garbage collector moves them.
function zeroed(size: number): Buffer {
  return Buffer.allocUnsafeSlow(size).fill(0);
}

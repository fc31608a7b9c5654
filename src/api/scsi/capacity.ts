import type { Procedure } from '../../call/procedure.js';
import { scsiCommand } from '../../call/scsi-command.js';
import { type LunInput, lunNumber, wireLun } from '../../codec/lun.js';
import type { Reply } from '../../codec/source.js';
import { parseUniqueId, type UniqueId } from '../../codec/unique-id.js';
import { callAsync } from '../call.js';
import type { AsyncOptions, CheckedOptions } from '../options.js';

/** How much a disk holds. */
export interface ScsiCapacity {
  /** How many blocks there are. Null where there are more than the answer of 8 bytes can tell. */
  blocks: bigint | null;
  /** Bytes of a block. */
  blockLength: number;
  /** How many bytes there are. Null where `blocks` is. */
  bytes: bigint | null;
  /** All bytes of the answer. */
  raw: Uint8Array;
}

/** A LUN as a target reports it. */
export interface ReportedLun {
  /** Its number. Null for one of several levels, which has none. */
  lun: number | null;
  /** The eight bytes as a hexadecimal number, as in `TargetMapping`: `'100'` is LUN 1. */
  targetLun: string;
}

/** The LUNs of a target. */
export interface ReportedLuns {
  /** In the order in which the target names them. */
  luns: ReportedLun[];
  /** All bytes of the answer. */
  raw: Uint8Array;
}

// The answers to READ CAPACITY (10), and to (16) as older and newer devices give it. Which of the two Windows sends is not
// documented.
const SHORT = 8;
const LONG = [12, 32];
const LONGEST = 32;
const LIST_HEAD = 8;
const LUN_LENGTH = 8;
// For 511 LUNs.
const LIST_LENGTH = 4096;
const MOST_BLOCKS = 0xffffffffn;

/**
 * Asks a disk of a session for its capacity. It works in informational sessions, too. Rejects with the errors of
 * `sendScsiInquiry`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-sendscsireadcapacity
 */
export async function sendScsiReadCapacity(
  sessionId: string,
  lun: LunInput,
  options?: AsyncOptions,
): Promise<ScsiCapacity> {
  const id = parseUniqueId(sessionId);
  const wire = wireLun(lun);
  return await callAsync(options, checked => capacity(checked, id, wire));
}

export function* capacity({ library }: CheckedOptions, id: UniqueId, wire: bigint): Procedure<ScsiCapacity> {
  return readCapacity(yield* scsiCommand(library, 'SendScsiReadCapacity', id, LONGEST, answer => [wire, ...answer]));
}

/**
 * Asks the target of a session for its LUNs. It works in informational sessions, too, and shows LUNs that Windows has no
 * disk of yet. Rejects with the errors of `sendScsiInquiry`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-sendscsireportluns
 */
export async function sendScsiReportLuns(sessionId: string, options?: AsyncOptions): Promise<ReportedLuns> {
  const id = parseUniqueId(sessionId);
  return await callAsync(options, checked => reportLuns(checked, id));
}

export function* reportLuns({ library }: CheckedOptions, id: UniqueId): Procedure<ReportedLuns> {
  let size = LIST_LENGTH;
  for (let again = true; ; again = false) {
    const reply: Reply = yield* scsiCommand(library, 'SendScsiReportLuns', id, size, answer => [...answer]);
    const needed = reply.length < 4 ? 0 : LIST_HEAD + reply.bytes.readUInt32BE(0);
    if (needed <= size || !again || needed > MOST_LIST) return readLuns(reply);
    // The target has more than fit.
    size = needed;
  }
}

// For all LUNs that a target can have on one level.
const MOST_LIST = LIST_HEAD + 16384 * LUN_LENGTH;

function readCapacity(reply: Reply): ScsiCapacity {
  const { bytes } = reply;
  const isShort = bytes.length === SHORT || isShortAndPadded(bytes);
  if (!isShort && !LONG.includes(bytes.length)) {
    throw reply.malformed('ResponseBuffer', undefined, `${bytes.length} bytes are no capacity`);
  }
  const lengthAt = isShort ? 4 : SHORT;
  const blockLength = bytes.readUInt32BE(lengthAt);
  if (blockLength === 0) throw reply.malformed('ResponseBuffer', lengthAt, 'a block of 0 bytes');
  const last = isShort ? BigInt(bytes.readUInt32BE(0)) : bytes.readBigUInt64BE(0);
  const blocks = isShort && last === MOST_BLOCKS ? null : last + 1n;
  return {
    blocks,
    blockLength,
    bytes: blocks === null ? null : blocks * BigInt(blockLength),
    raw: Uint8Array.from(isShort ? bytes.subarray(0, SHORT) : bytes),
  };
}

const LONGEST_BLOCK = 65_536;

/**
 * Whether it is the short answer, and `ResponseSize` counts zeros behind it. In the long one a block length of 0 would lie
 * there, and in front of it the end of a block number, which is hardly ever a length that blocks have.
 */
function isShortAndPadded(bytes: Buffer): boolean {
  if (!LONG.includes(bytes.length) || bytes.subarray(SHORT).some(byte => byte !== 0)) return false;
  const blockLength = bytes.readUInt32BE(4);
  return blockLength > 0 && blockLength % 8 === 0 && blockLength <= LONGEST_BLOCK;
}

function readLuns(reply: Reply): ReportedLuns {
  const { bytes } = reply;
  if (bytes.length < LIST_HEAD) throw reply.malformed('ResponseBuffer', undefined, `${bytes.length} bytes are no list`);
  const length = bytes.readUInt32BE(0);
  if (length % LUN_LENGTH !== 0 || LIST_HEAD + length > bytes.length) {
    throw reply.malformed('ResponseBuffer', 0, `a list of ${length} bytes in an answer of ${bytes.length}`);
  }
  const luns = Array.from({ length: length / LUN_LENGTH }, (_, index) => {
    const wire = bytes.readBigUInt64LE(LIST_HEAD + index * LUN_LENGTH);
    return { lun: lunNumber(wire), targetLun: wire.toString(16) };
  });
  return { luns, raw: Uint8Array.from(bytes) };
}

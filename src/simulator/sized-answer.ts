import { ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_PARAMETER, ERROR_NOACCESS, SUCCESS } from '../native/status.js';
import type { Behaviour } from './behaviour.js';
import { type Answer, type Shape, spoil } from './faults.js';
import type { Image } from './image.js';
import type { Initiator } from './initiator.js';
import { type Address, readUint32, writeBytes, writeUint32 } from './native-memory.js';

/** The arguments of a call that fills a buffer. */
export interface SizedArguments {
  size: Address;
  /** Undefined where the export has no such parameter. */
  count?: Address;
  buffer: Address;
}

/** What the call answers with. */
export interface SizedContent {
  /** What the size counts, in bytes. */
  unit: number;
  /** The structs in the image. */
  count: number;
  image: Image;
  /** What follows the answer in the buffer. */
  noise?: string;
  shape: Shape;
}

/** Answers a call that fills a buffer as the documentation has it, and as the behaviour wants. */
export function answerSized(
  initiator: Initiator,
  { size, count, buffer }: SizedArguments,
  { unit, count: structs, image, noise, shape }: SizedContent,
): number {
  const { behaviour } = initiator;
  if (size === null || count === null) return ERROR_INVALID_PARAMETER;
  const given = readUint32(size) * unit;
  if (given > (behaviour.refuseAbove ?? given) || (buffer === null && given > 0)) return ERROR_NOACCESS;
  const needed = image.length;
  if (needed > given || behaviour.fault === 'never-satisfied') {
    writeUint32(size, asked(behaviour, needed, given, unit));
    initiator.grow();
    return behaviour.insufficient ?? ERROR_INSUFFICIENT_BUFFER;
  }
  const address = buffer ?? 0n;
  const answer: Answer = {
    // The rest of the buffer matters to a lie, and where there is noise in it.
    bytes: Buffer.alloc(behaviour.fault || noise ? given : needed, noise ?? 0),
    address,
    used: needed,
    unit,
    size: Math.min(needed + (behaviour.reportSlack ?? 0) * unit, given),
    count: structs,
  };
  image.bytesAt(address).copy(answer.bytes);
  if (behaviour.fault) spoil(behaviour.fault, answer, shape);
  writeBytes(address, answer.bytes);
  writeUint32(size, answer.size / unit);
  if (count !== undefined) writeUint32(count, answer.count);
  return SUCCESS;
}

function asked({ fault, askExactly, slack = 0 }: Behaviour, needed: number, given: number, unit: number): number {
  if (fault === 'never-satisfied') return given / unit + 1;
  return askExactly ?? needed / unit + slack;
}

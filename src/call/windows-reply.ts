import { Reply } from '../codec/source.js';
import { IscsidscError } from '../errors.js';
import { ERROR_MORE_DATA } from '../header/windows.js';
import { ERROR_INSUFFICIENT_BUFFER, SUCCESS } from '../native/status.js';
import type { Procedure } from './procedure.js';
import { statusError } from './status.js';
import type { WindowsCall } from './windows-call.js';

const LARGEST_SIZE = 1024 * 1024;
const NOT_WRITTEN = 0xff;

/** The memory that a function of Windows fills, and the number of bytes or characters that it says it has used. */
export class WindowsReply {
  readonly bytes: Buffer;
  readonly used = new Uint32Array(new ArrayBuffer(4));
  readonly reply: Reply;

  /** No valid answer: a function that succeeds without writing one must not seem to have answered with nothing. */
  constructor(length: number, syscall: string) {
    this.bytes = Buffer.allocUnsafeSlow(length).fill(NOT_WRITTEN);
    this.used.fill(0xffffffff);
    this.reply = new Reply(this.bytes, syscall);
  }

  /** How many of the given number were used. Throws `ERR_ISCSIDSC_MALFORMED_REPLY` for more. */
  usedOf(given: number, member: string): number {
    const [used = 0] = this.used;
    if (used > given) throw this.reply.malformed(member, undefined, `${used} used of ${given} given`);
    return used;
  }
}

/** Makes the call with more memory while that is too small, and hands the answer to `read`. */
export function* growingWindowsReply<Result>(
  firstSize: number,
  call: (memory: { readonly bytes: Buffer; readonly used: Uint32Array }) => WindowsCall,
  read: (memory: WindowsReply) => Result,
  syscall: string,
): Procedure<Result> {
  for (let size = firstSize; size <= LARGEST_SIZE; size *= 4) {
    const memory = new WindowsReply(size, syscall);
    const made = call(memory);
    const status = yield made;
    if (status === SUCCESS) return read(memory);
    if (status !== ERROR_MORE_DATA && status !== ERROR_INSUFFICIENT_BUFFER) throw statusError(status, made);
  }
  throw new IscsidscError('ERR_ISCSIDSC_BUFFER_TOO_LARGE', `${syscall} found ${LARGEST_SIZE} bytes too few.`, {
    hint: 'No real answer is that long: restart Windows, and report it if it stays.',
    syscall,
  });
}

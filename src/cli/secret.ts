import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { UsageError } from './failure.js';
import type { Io } from './io.js';

/** A secret, and where a user can have it. It is never the value of an option: other programs can read those. */
export interface SecretSource {
  /** `CHAP secret`. */
  readonly what: string;
  /** The option that names a file. */
  readonly option: string;
  /** The environment variable. */
  readonly variable: string;
  /** It is stored and cannot be read back: what is typed without being seen is asked for twice. */
  readonly isStored?: true;
}

const STDIN = '-';
// Longer than any secret of iSCSI.
const MOST_BYTES = 1024;
// What some programs of Windows put in front of text. It would become a part of the secret.
const BYTE_ORDER_MARKS = ['efbbbf', 'fffe', 'feff'];

/** Reads the secret from the file, the variable, or the user, in this order. Rejects if there is none. */
export async function readSecret(
  file: string | undefined,
  { what, option, variable, isStored }: SecretSource,
  io: Io,
  signal: AbortSignal,
): Promise<string | Uint8Array> {
  // On a terminal, stdin is what the user types, and would be seen.
  const source = file === STDIN && io.askSecret ? undefined : file;
  if (source === STDIN) return secretOf(await contents(io.stdin, 'stdin', 'stdin', signal), 'stdin', what);
  if (source !== undefined) {
    const name = `'${source}'`;
    // A file that is not there can be the secret itself.
    const unread = `The file that ${option} names`;
    return secretOf(await contents(createReadStream(source), name, unread, signal), name, what);
  }
  const set = file === undefined ? io.environment[variable] : undefined;
  if (set) return asciiOf(set, what);
  if (!io.askSecret) {
    throw new UsageError(`There is no terminal to ask for the ${what} on. Give ${option} FILE, or set ${variable}.`);
  }
  const answer = await io.askSecret(`${what}: `, signal);
  if (answer === '') throw new UsageError(`No ${what} was typed.`);
  asciiOf(answer, what);
  const isSame = !isStored || (await io.askSecret(`${what}, again: `, signal)) === answer;
  if (!isSame) throw new UsageError('The two answers differ.');
  return answer;
}

/** Text is taken in ASCII alone: of other characters, the two ends can make different bytes. */
function asciiOf(text: string, what: string): string {
  if (Buffer.byteLength(text) !== text.length) throw new UsageError(`The ${what} must be ASCII characters.`);
  return text;
}

async function contents(stream: Readable, name: string, unread: string, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of addAbortSignal(signal, stream)) {
      chunks.push(Buffer.from(chunk));
      length += chunk.length;
      if (length > MOST_BYTES) throw new UsageError(`More than ${MOST_BYTES} bytes are in ${name}: it is no secret.`);
    }
  } catch (error) {
    if (error instanceof UsageError || signal.aborted) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    // The message without the path at its end.
    throw new UsageError(`${unread} cannot be read: ${/^[A-Z0-9]+: [^,']+/.exec(message)?.[0] ?? code}.`);
  }
  return Buffer.concat(chunks);
}

/** The bytes without the end of the line. Nothing else is changed. */
function secretOf(bytes: Buffer, name: string, what: string): Buffer {
  if (BYTE_ORDER_MARKS.some(mark => bytes.toString('hex', 0, mark.length / 2) === mark)) {
    throw new UsageError(`The ${what} in ${name} begins with a byte order mark. Save it as plain ASCII text.`);
  }
  const ends = [bytes.at(-2), bytes.at(-1)];
  const end = ends[1] !== 0x0a ? 0 : ends[0] === 0x0d ? 2 : 1;
  if (bytes.length === end) throw new UsageError(`There is no ${what} in ${name}.`);
  return bytes.subarray(0, bytes.length - end);
}

import { deepStrictEqual } from 'node:assert';
import type { SessionInfo } from 'iscsidsc';
import { readSessionList, SESSION_INFO } from '../../src/codec/session-list.js';
import { Source } from '../../src/codec/source.js';
import type { Effort } from './effort.js';
import { asSessionInfo, PlainKoffi, type PlainSession } from './plain-koffi.js';
import { compare } from './side.js';
import { SIZES } from './sizes.js';
import { type Comparison, perSession } from './turns.js';
import { type Form, ValidReply } from './valid-reply.js';

const decodeAnsi = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** One reply, and both ways to read it. */
export class Decoding {
  readonly count: number;
  readonly #valid: ValidReply;
  readonly #decodeAnsi: typeof decodeAnsi | undefined;
  readonly #koffi: PlainKoffi;

  constructor(charset: Form, count: number) {
    this.count = count;
    this.#valid = new ValidReply(charset, count);
    this.#decodeAnsi = charset === 'ansi' ? decodeAnsi : undefined;
    this.#koffi = new PlainKoffi(charset);
  }

  byPackage(): SessionInfo[] {
    return readSessionList(this.#valid.reply, this.count, this.#decodeAnsi);
  }

  /** As the other structs are read, by their tables. */
  byTable(): SessionInfo[] {
    const { form, reply } = this.#valid;
    return SESSION_INFO.in(form).readHead(new Source(reply, this.#decodeAnsi), this.count, 'SessionCount');
  }

  byKoffi(): PlainSession[] {
    return this.#koffi.decode(this.#valid.bytes, this.count);
  }

  /** Throws if one of them does not give what was written. */
  check(): void {
    deepStrictEqual(this.byPackage(), this.#valid.sessions);
    deepStrictEqual(this.byTable(), this.#valid.sessions);
    deepStrictEqual(this.byKoffi().map(asSessionInfo), this.#valid.sessions);
  }
}

/** The package and plain Koffi at every size, in the order of SIZES. */
export async function measureDecoding(charset: Form, effort: Effort): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const count of SIZES) {
    const decoding = new Decoding(charset, count);
    decoding.check();
    comparisons.push(await compare({ sync: () => decoding.byPackage() }, { sync: () => decoding.byKoffi() }, effort));
  }
  return comparisons;
}

/** A session of 1,000 and one of 8, decoded by the package. Both sides decode 1,000 sessions, at once or in many replies. */
export async function measureGrowth(charset: Form, effort: Effort): Promise<Comparison> {
  const [many, few] = [new Decoding(charset, 1000), new Decoding(charset, 8)];
  const inManyReplies = () => {
    let sessions: SessionInfo[] = [];
    for (let reply = 0; reply < many.count / few.count; reply++) sessions = few.byPackage();
    return sessions;
  };
  const comparison = await compare({ sync: () => many.byPackage() }, { sync: inManyReplies }, effort);
  return perSession(comparison, many.count, many.count);
}

/** The hand-written reader and the one that the table gives, for 256 sessions. */
export async function measureTable(charset: Form, effort: Effort): Promise<Comparison> {
  const decoding = new Decoding(charset, 256);
  return compare({ sync: () => decoding.byPackage() }, { sync: () => decoding.byTable() }, effort);
}

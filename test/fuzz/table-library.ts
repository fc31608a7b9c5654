import type { Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import koffi from 'koffi';
import { type Arrangement, Sink, type TextForm, WIDE } from '../../src/codec/sink.js';
import { replyMemoryOf } from './reply-memory.js';

type Done = (error: Error | null, status: number) => void;

/** What a call answers. */
export interface TableReply {
  /** How many structs there are, where the export reports that. */
  readonly count: number;
  /** What one of the size counts, in bytes. */
  readonly unit: number;
  /** Adds the answer to an empty sink. */
  write(sink: Sink): void;
}

const INSUFFICIENT_BUFFER = 122;

/** Answers all calls with one reply, which is made of the tables of structs, in the buffer of the caller. */
export class TableLibrary implements Library {
  readonly name = 'table';
  readonly #codePage: Pick<Library, 'decodeAnsi' | 'encodeAnsi'>;
  readonly #reply: (text: TextForm) => TableReply;
  readonly #arrangement: Arrangement;

  constructor(
    codePage: Pick<Library, 'decodeAnsi' | 'encodeAnsi'>,
    reply: (text: TextForm) => TableReply,
    arrangement: Arrangement = {},
  ) {
    this.#codePage = codePage;
    this.#reply = reply;
    this.#arrangement = arrangement;
  }

  func<Name extends ExportName>(name: Name): NativeFunction<Name> {
    const sync = (...args: unknown[]) => this.#answer(name, args);
    const async = (...argsAndDone: unknown[]) => {
      const done = argsAndDone.at(-1) as Done;
      const status = this.#answer(name, argsAndDone.slice(0, -1));
      setImmediate(() => done(null, status));
    };
    return Object.assign(sync, { async }) as unknown as NativeFunction<Name>;
  }

  decodeAnsi(bytes: Uint8Array): string {
    return this.#codePage.decodeAnsi(bytes);
  }

  encodeAnsi(text: string): Uint8Array {
    return this.#codePage.encodeAnsi(text);
  }

  #answer(name: string, args: readonly unknown[]): number {
    const text: TextForm = name.endsWith('A') ? { form: 'A', unit: 1, encode: each => this.encodeAnsi(each) } : WIDE;
    const reply = this.#reply(text);
    const sink = new Sink(text);
    reply.write(sink);
    const placement = sink.place(this.#arrangement);
    const { size, count, bytes } = replyMemoryOf(name, args);
    const given = bytes === null ? 0 : (size[0] ?? 0) * reply.unit;
    size[0] = Math.ceil(placement.length / reply.unit);
    if (given < placement.length) return INSUFFICIENT_BUFFER;
    count[0] = reply.count;
    if (bytes !== null) placement.writeTo(bytes.fill(0, 0, placement.length), BigInt(koffi.address(bytes)));
    return 0;
  }
}

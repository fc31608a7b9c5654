import assert from 'node:assert/strict';
import type { Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import functions from '../fixtures/functions.json';
import type { CallRecord } from '../windows/records.js';
import { decodeArgument, type NativeArgument } from './decoded-argument.js';

type Done = (error: Error | null, status: number) => void;

/** A call that a recording library has been given. */
export interface GivenCall extends CallRecord {
  readonly args: readonly NativeArgument[];
}

/** What a recording library answers. */
export interface Recording {
  readonly codePage: Pick<Library, 'decodeAnsi' | 'encodeAnsi'>;
  /** Returns the status of a call, 0 unless given. */
  readonly answer?: (call: GivenCall) => number;
}

/** Answers nothing, and records what it is given, as the stand-in DLL does (test/windows/stand-in/README.md). */
export class RecordingLibrary implements Library {
  readonly name = 'recording';
  readonly calls: GivenCall[] = [];
  readonly #recording: Recording;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  func<Name extends ExportName>(name: Name): NativeFunction<Name> {
    const sync = (...args: NativeArgument[]) => this.#answer(this.#record(name, args));
    const async = (...argsAndDone: unknown[]) => {
      const call = this.#record(name, argsAndDone.slice(0, -1) as NativeArgument[]);
      const done = argsAndDone.at(-1) as Done;
      setImmediate(() => done(null, this.#answer(call)));
    };
    return Object.assign(sync, { async }) as unknown as NativeFunction<Name>;
  }

  decodeAnsi(bytes: Uint8Array): string {
    return this.#recording.codePage.decodeAnsi(bytes);
  }

  encodeAnsi(text: string): Uint8Array {
    return this.#recording.codePage.encodeAnsi(text);
  }

  #answer(call: GivenCall): number {
    return this.#recording.answer?.(call) ?? 0;
  }

  #record(name: string, args: NativeArgument[]): GivenCall {
    const { params } = functions.find(each => each.name === name) ?? assert.fail(name);
    assert.equal(args.length, params.length, name);
    const decode = (bytes: Uint8Array) => this.decodeAnsi(bytes);
    const parameters = Object.fromEntries(
      params.map((param, index) => {
        // The number of bytes comes in front of them.
        const length = index > 0 ? args[index - 1] : undefined;
        return [param.name, decodeArgument(param, args[index] as NativeArgument, length, name.endsWith('A'), decode)];
      }),
    );
    const call = { export: name, parameters, args };
    this.calls.push(call);
    return call;
  }
}

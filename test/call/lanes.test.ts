import { readFile } from 'node:fs/promises';
import { getIScsiSessionList, type Library, logoutIScsiTarget } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import { lanesOf } from '../../src/call/gate.js';

const ID = 'ffffe00112345010-4000013700000000';

type Done = (error: Error | null, status: number) => void;

/** Its logouts hang in a thread of libuv's pool, as those of Windows' own library do. */
class HangingLogouts implements Library {
  readonly name = 'hanging logouts';
  readonly started: ExportName[] = [];
  readonly #libc = koffi.load('libc.so.6');
  readonly #read = this.#libc.func('int64_t read(int, uint8_t *, size_t)');
  readonly #ends = new Int32Array(2);
  readonly #quick = this.#libc.func('int getpid()');

  constructor() {
    this.#libc.func('int pipe(int *)')(this.#ends);
  }

  /** Lets two logouts return. */
  release(): void {
    this.#libc.func('int64_t write(int, uint8_t *, size_t)')(this.#ends[1], Buffer.alloc(2), 2);
  }

  func<Name extends ExportName>(name: Name): NativeFunction<Name> {
    const async = (...args: unknown[]) => {
      this.started.push(name);
      const done = args.at(-1) as Done;
      if (name === 'LogoutIScsiTarget') {
        this.#read.async(this.#ends[0], Buffer.alloc(1), 1, (error: Error | null) => done(error, 0));
      } else {
        (args[1] as Uint32Array)[0] = 0;
        this.#quick.async((error: Error | null) => done(error, 0));
      }
    };
    return Object.assign(() => 0, { async }) as unknown as NativeFunction<Name>;
  }

  decodeAnsi(): string {
    return '';
  }

  encodeAnsi(): Uint8Array {
    return new Uint8Array();
  }
}

describe.skipIf(process.platform !== 'linux')('slow calls that hang', () => {
  it('do not delay a list, and leave a thread for files', async () => {
    const library = new HangingLogouts();
    const order: string[] = [];
    const logouts = [1, 2].map(() => logoutIScsiTarget(ID, { library }).then(() => order.push('logout')));
    const quick = [
      ...[1, 2, 3].map(() => getIScsiSessionList({ library }).then(() => order.push('list'))),
      readFile(new URL(import.meta.url)).then(() => order.push('file')),
    ];
    await Promise.all(quick);
    expect([...order].sort()).toEqual(['file', 'list', 'list', 'list']);
    expect(library.started.filter(name => name === 'LogoutIScsiTarget')).toHaveLength(1);
    library.release();
    await Promise.all(logouts);
  });
});

describe('the lanes', () => {
  it.each([
    [undefined, { quick: 2, slow: 1 }],
    ['4', { quick: 2, slow: 1 }],
    ['3', { quick: 1, slow: 1 }],
    ['8', { quick: 4, slow: 3 }],
    ['1024', { quick: 512, slow: 511 }],
    ['5000', { quick: 512, slow: 511 }],
    // One lane for both.
    ['2', { quick: 1, slow: 0 }],
    ['1', { quick: 1, slow: 0 }],
    // As libuv reads it.
    ['0', { quick: 1, slow: 0 }],
    ['many', { quick: 1, slow: 0 }],
    ['-1', { quick: 512, slow: 511 }],
  ])('of a pool of %s threads leave one free where there is more than one', (size, lanes) => {
    expect(lanesOf(size)).toEqual(lanes);
  });
});

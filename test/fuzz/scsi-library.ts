import assert from 'node:assert/strict';
import type { Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import functions from '../fixtures/functions.json';

type Done = (error: Error | null, status: number) => void;

/** What a device answers, and what Windows makes of it. */
export interface ScsiReply {
  readonly status: number;
  readonly scsiStatus: number;
  readonly response: Uint8Array;
  /** How many bytes of the response Windows says there are; as many as there are unless given. */
  readonly responseSize?: number | undefined;
  readonly sense: Uint8Array;
  /** The same of the sense data. */
  readonly senseSize?: number | undefined;
}

/** Answers all SCSI commands with one reply, of which the buffers hold no more than they can. */
export class ScsiLibrary implements Library {
  readonly name = 'scsi';
  readonly #reply: ScsiReply;
  calls = 0;

  constructor(reply: Partial<ScsiReply>) {
    this.#reply = { status: 0, scsiStatus: 0, response: new Uint8Array(), sense: new Uint8Array(), ...reply };
  }

  func<Name extends ExportName>(name: Name): NativeFunction<Name> {
    const sync = () => assert.fail('SCSI commands are async');
    const async = (...argsAndDone: unknown[]) => {
      const done = argsAndDone.at(-1) as Done;
      this.#answer(name, argsAndDone as Buffer[]);
      setImmediate(() => done(null, this.#reply.status));
    };
    return Object.assign(sync, { async }) as unknown as NativeFunction<Name>;
  }

  decodeAnsi(): string {
    return assert.fail('SCSI commands have no text');
  }

  encodeAnsi(): Uint8Array {
    return assert.fail('SCSI commands have no text');
  }

  #answer(name: string, args: readonly Buffer[]): void {
    this.calls++;
    const { params } = functions.find(each => each.name === name) ?? assert.fail(name);
    const of = (parameter: string) => args[params.findIndex(each => each.name === parameter)] ?? assert.fail(parameter);
    const { scsiStatus, response, responseSize = response.length, sense, senseSize = sense.length } = this.#reply;
    of('ScsiStatus').writeUInt8(scsiStatus);
    put(response, of('ResponseBuffer'), of('ResponseSize'), responseSize);
    put(sense, of('SenseBuffer'), of('SenseSize'), senseSize);
  }
}

function put(bytes: Uint8Array, into: Buffer, size: Buffer, written: number): void {
  assert.equal(size.readUInt32LE(), into.length, 'the size of the buffer');
  into.set(bytes.subarray(0, into.length));
  size.writeUInt32LE(written);
}

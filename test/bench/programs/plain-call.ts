import koffi from 'koffi';
import { PlainKoffi, type PlainSession } from '../plain-koffi.js';

const ERROR_INSUFFICIENT_BUFFER = 122;

/** The obvious way to make the whole call with Koffi alone. */
export class PlainCall {
  readonly #koffi = new PlainKoffi('unicode');
  readonly #call = koffi
    .load(`${process.env.SystemRoot}\\System32\\iscsidsc.dll`)
    .func('__stdcall', 'GetIScsiSessionListW', 'uint32', [
      koffi.inout(koffi.pointer('uint32')),
      koffi.out(koffi.pointer('uint32')),
      koffi.pointer('void'),
    ]);
  #buffer = Buffer.allocUnsafeSlow(32 * 1024);

  list(): PlainSession[] {
    for (;;) {
      const size = [this.#buffer.length];
      const count = [0];
      const status = this.#call(size, count, this.#buffer);
      if (status === 0) return this.#koffi.decode(this.#buffer, count[0] ?? 0);
      if (status !== ERROR_INSUFFICIENT_BUFFER) throw new Error(`GetIScsiSessionListW: ${status}`);
      this.#buffer = Buffer.allocUnsafeSlow(size[0] ?? 0);
    }
  }
}

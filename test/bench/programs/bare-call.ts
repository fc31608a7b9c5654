import koffi from 'koffi';

/** GetIScsiSessionListW as Koffi calls it, with memory that is made once, and nothing read. */
export class BareCall {
  readonly #call = koffi
    .load(`${process.env.SystemRoot}\\System32\\iscsidsc.dll`)
    .func('__stdcall', 'GetIScsiSessionListW', 'uint32', [
      koffi.pointer('uint32'),
      koffi.pointer('uint32'),
      koffi.pointer('void'),
    ]);
  readonly #buffer = Buffer.allocUnsafeSlow(32 * 1024);
  readonly #size = new Uint32Array(1);
  readonly #count = new Uint32Array(1);

  sync(): number {
    return checked(this.#call(...this.#arguments()));
  }

  async(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#call.async(...this.#arguments(), (error: Error | null, status: number) => {
        if (error) reject(error);
        else resolve(checked(status));
      });
    });
  }

  #arguments(): [Uint32Array, Uint32Array, Buffer] {
    this.#size[0] = this.#buffer.length;
    return [this.#size, this.#count, this.#buffer];
  }
}

function checked(status: number): number {
  if (status !== 0) throw new Error(`GetIScsiSessionListW: ${status}`);
  return status;
}

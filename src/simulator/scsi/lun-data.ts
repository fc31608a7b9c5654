import { digestOf } from '../digest.js';
import type { SimulatedLun } from '../network.js';

const BLOCK_LENGTH = 512;
/** Bytes of a LUN that does not say how many it holds. */
export const DEFAULT_SIZE = 2 ** 30;
const MOST_BLOCKS = 0xffffffff;
const LONGEST_SERIAL = 250;

/** What a simulated LUN answers to SCSI commands. */
export class LunData {
  readonly #lun: SimulatedLun;
  readonly #serialNumber: string;
  readonly #naa: Buffer;

  constructor(targetName: string, lun: SimulatedLun) {
    const digest = digestOf(`${targetName}/${lun.lun}`);
    this.#lun = lun;
    this.#serialNumber = (lun.serialNumber ?? digest.slice(0, 16)).slice(0, LONGEST_SERIAL);
    // An NAA name of 16 bytes, of the kind that an IEEE company gives.
    this.#naa = Buffer.from(`6${digest.slice(16, 47)}`, 'hex');
  }

  /** The standard data of INQUIRY. */
  get standard(): Buffer {
    const { product = 'disk' } = this.#lun;
    const bytes = Buffer.alloc(36, ' ');
    bytes.set([0, 0, 6, 0x02, 31, 0, 0, 0x02]);
    bytes.write(this.#vendor, 8, 'latin1');
    bytes.write(product.slice(0, 16), 16, 'latin1');
    bytes.write('0001', 32, 'latin1');
    return bytes;
  }

  /** Eight characters, with blanks at their end. */
  get #vendor(): string {
    const { vendor = 'example' } = this.#lun;
    return vendor.slice(0, 8).padEnd(8);
  }

  /** A page of vital product data; undefined for one that the device does not have. */
  page(code: number): Buffer | undefined {
    const content = this.#contents[code];
    if (content === undefined) return undefined;
    const bytes = Buffer.concat([Buffer.from([0, code, 0, 0]), content()]);
    bytes.writeUInt16BE(bytes.length - 4, 2);
    return bytes;
  }

  /** The answer to READ CAPACITY (10). */
  get capacity(): Buffer {
    const blocks = (this.#lun.sizeBytes ?? DEFAULT_SIZE) / BLOCK_LENGTH;
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(Math.min(blocks - 1, MOST_BLOCKS), 0);
    bytes.writeUInt32BE(BLOCK_LENGTH, 4);
    return bytes;
  }

  readonly #contents: Readonly<Record<number, () => Buffer>> = {
    0: () => Buffer.from([0x00, 0x80, 0x83]),
    128: () => Buffer.from(this.#serialNumber, 'latin1'),
    131: () =>
      Buffer.concat([
        designator(0x01, 0x03, this.#naa),
        designator(0x02, 0x01, Buffer.from(`${this.#vendor}${this.#serialNumber}`.slice(0, LONGEST_SERIAL), 'latin1')),
      ]),
  };
}

function designator(codeSet: number, type: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([codeSet, type, 0, value.length]), value]);
}

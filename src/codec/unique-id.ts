import { invalidArgument } from '../errors.js';
import { hexUint64 } from './hexadecimal.js';
import { layoutOf } from './layout.js';

/** A session or connection id: the two 64-bit halves of `ISCSI_UNIQUE_SESSION_ID`. */
export interface UniqueId {
  /** The half before the hyphen: it names the adapter. */
  adapterUnique: bigint;
  /** The half behind the hyphen: it names the session or connection on that adapter. */
  adapterSpecific: bigint;
}

const ID = /^([0-9a-f]{1,16})-([0-9a-f]{1,16})$/i;
const HALF_LIMIT = 2n ** 64n;

/** Whether a value is an id as text. */
export function isUniqueId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/**
 * The halves of an id such as `ffffe00112345010-4000013700000000`: 1 to 16 hexadecimal digits each, in either case.
 * Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_unique_session_id
 */
export function parseUniqueId(id: string): UniqueId {
  const match = typeof id === 'string' ? ID.exec(id) : null;
  if (!match) {
    throw invalidArgument('An id is two hexadecimal numbers of 1 to 16 digits with a hyphen between them', id);
  }
  return { adapterUnique: BigInt(`0x${match[1]}`), adapterSpecific: BigInt(`0x${match[2]}`) };
}

/**
 * The id as text, the way iscsicli and PowerShell print it: lower case, without padding.
 * Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_unique_session_id
 */
export function formatUniqueId(id: UniqueId): string {
  const { adapterUnique, adapterSpecific } = Object(id) as UniqueId;
  return `${formatHalf('adapterUnique', adapterUnique)}-${formatHalf('adapterSpecific', adapterSpecific)}`;
}

/** An `ISCSI_UNIQUE_SESSION_ID` in memory of its own. */
export function uniqueIdMemory({ adapterUnique, adapterSpecific }: UniqueId): Buffer {
  const { size, at } = layoutOf('ISCSI_UNIQUE_SESSION_ID');
  const bytes = Buffer.allocUnsafeSlow(size);
  bytes.writeBigUInt64LE(adapterUnique, at.AdapterUnique);
  bytes.writeBigUInt64LE(adapterSpecific, at.AdapterSpecific);
  return bytes;
}

/** The size of an id, for the memory into which a callee writes one. */
export const UNIQUE_ID = { in: () => layoutOf('ISCSI_UNIQUE_SESSION_ID') };

function formatHalf(name: string, half: unknown): string {
  if (typeof half !== 'bigint' || half < 0n || half >= HALF_LIMIT) {
    throw invalidArgument(`${name} must be a bigint from 0 to 2^64 - 1`, half);
  }
  return half.toString(16);
}

/** Reads ids. Their first half names the adapter and is the same for most: its text is made once. */
export class UniqueIdReader {
  readonly #view: DataView;
  #low = 0;
  #high = 0;
  #firstHalf = '0-';

  constructor(view: DataView) {
    this.#view = view;
  }

  read(offset: number): string {
    const low = this.#view.getUint32(offset, true);
    const high = this.#view.getUint32(offset + 4, true);
    if (low !== this.#low || high !== this.#high) {
      this.#low = low;
      this.#high = high;
      this.#firstHalf = `${hexUint64(this.#view, offset)}-`;
    }
    return this.#firstHalf + hexUint64(this.#view, offset + 8);
  }
}

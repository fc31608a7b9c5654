import type { LoginOptions } from '../../api/logins/login-options.js';
import { SUCCESS } from '../../native/status.js';
import { digestOf } from '../digest.js';
import type { SimulatedChap } from '../network.js';
import {
  ISDSC_AUTHENTICATION_FAILURE,
  ISDSC_INVALID_CHAP_SECRET,
  ISDSC_INVALID_INITIATOR_CHAP_SECRET,
} from '../statuses.js';

/** A secret as the simulated machine keeps it: enough to compare it, and no more. */
export interface KeptSecret {
  /** In bytes. */
  readonly length: number;
  readonly digest: string;
}

/** How an initiator proves who it is. */
export interface Proof {
  readonly options: LoginOptions;
  readonly password: KeptSecret | null;
}

/** Takes a copy of a secret: it is zero afterwards. */
export function keptSecret(bytes: Uint8Array): KeptSecret {
  const digest = digestOf(bytes);
  bytes.fill(0);
  return { length: bytes.length, digest };
}

// Without IPsec, Windows takes no others.
const SHORTEST = 12;
const LONGEST = 16;

/** What the two ends need for a login to succeed. */
export interface Ends {
  readonly chap?: SimulatedChap | undefined;
  readonly mutualChap?: Pick<SimulatedChap, 'secret'> | undefined;
  readonly nodeName: string;
  /** The secret of the initiator's machine, which the target must prove. */
  readonly machineSecret: KeptSecret | null;
}

/** The status of CHAP between the two ends. */
export function authenticate(
  { options, password }: Proof,
  { chap, mutualChap, nodeName, machineSecret }: Ends,
): number {
  const { authType = 'none', username = nodeName } = options;
  if (authType === 'none') return chap ? ISDSC_AUTHENTICATION_FAILURE : SUCCESS;
  if (password === null || !isRightLength(password)) return ISDSC_INVALID_CHAP_SECRET;
  const isMutual = authType === 'mutualChap';
  if (isMutual && machineSecret === null) return ISDSC_INVALID_INITIATOR_CHAP_SECRET;
  if (isMutual && machineSecret?.digest === password.digest) return ISDSC_INVALID_CHAP_SECRET;
  const isKnown = chap && isSame(username, chap.username) && password.digest === digestOf(chap.secret);
  if (!isKnown) return ISDSC_AUTHENTICATION_FAILURE;
  const isProved = !isMutual || (mutualChap && digestOf(mutualChap.secret) === machineSecret?.digest);
  return isProved ? SUCCESS : ISDSC_AUTHENTICATION_FAILURE;
}

/** Whether Windows takes a secret of this length. */
export function isRightLength({ length }: KeptSecret): boolean {
  return length >= SHORTEST && length <= LONGEST;
}

function isSame(username: string | Uint8Array, expected: string): boolean {
  return Buffer.from(username).equals(Buffer.from(expected));
}

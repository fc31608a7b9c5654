import type { LoginTargetOptions } from '../../index.js';
import type { Input } from './parse.js';
import { INSTANCE, PORT_NUMBER } from './values.js';

/** Options that choose an initiator of this machine. */
export const INITIATOR_OPTIONS = {
  instance: { help: "Use this HBA instance: 'iscsidsc initiator show' prints their names", type: INSTANCE },
  'port-number': { help: 'Use this local address of the instance, by its number', type: PORT_NUMBER },
} as const;

type InitiatorPort = Pick<LoginTargetOptions, 'initiatorInstance' | 'initiatorPortNumber'>;

/** The same for the library, which has NULL for any instance. */
export function initiatorPortOf({ instance, 'port-number': number }: Input<typeof INITIATOR_OPTIONS>): InitiatorPort {
  return { initiatorInstance: instance || undefined, initiatorPortNumber: number };
}

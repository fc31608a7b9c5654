import type { LoginTargetOptions } from '../../index.js';
import { UsageError } from '../failure.js';
import type { Input } from './parse.js';
import { ANY_PORT_NUMBER, INSTANCE, PORT_NUMBER } from './values.js';

/** Options that choose an initiator of this machine. */
export const INITIATOR_OPTIONS = {
  instance: { help: "Use this HBA instance: 'iscsidsc initiator show' prints their names", type: INSTANCE },
  'port-number': { help: 'Use this local address of the instance, by its number', type: PORT_NUMBER },
} as const;

type InitiatorPort = Pick<LoginTargetOptions, 'initiatorInstance' | 'initiatorPortNumber'>;

/** The same for the library, which has NULL for any instance. Throws a `UsageError` for a number without an instance. */
export function initiatorPortOf({ instance, 'port-number': number }: Input<typeof INITIATOR_OPTIONS>): InitiatorPort {
  if (!instance && number !== undefined && number !== ANY_PORT_NUMBER) {
    throw new UsageError('--port-number needs --instance, because each instance counts from its own beginning.');
  }
  return { initiatorInstance: instance || undefined, initiatorPortNumber: number };
}

import { type Check, STRING_OR_NULL, wholeNumber } from '../../arguments.js';
import { invalidArgument } from '../../errors.js';
import { ISCSI_ANY_INITIATOR_PORT } from '../../header/constants.js';

/** Which initiator of this machine, and which of its ports, a call is for. */
export interface InitiatorPort {
  /** The name of an HBA instance, as `reportIScsiInitiatorList` returns it. Defaults to any: NULL. */
  readonly initiatorInstance?: string | null | undefined;
  /** The index of a local address of that instance. Defaults to 4294967295: any. */
  readonly initiatorPortNumber?: number | undefined;
}

export const INITIATOR_PORT_CHECKS: Readonly<Record<keyof InitiatorPort, Check>> = {
  initiatorInstance: STRING_OR_NULL,
  initiatorPortNumber: wholeNumber(0xffffffff),
};

/**
 * Windows numbers the ports of each instance: without one, a number says nothing. An empty one is as it was reported.
 * `nameOfInstance` is that of the option.
 */
export function initiatorPortOf(
  { initiatorInstance = null, initiatorPortNumber = ISCSI_ANY_INITIATOR_PORT }: InitiatorPort,
  nameOfInstance = 'initiatorInstance',
): readonly [instance: string | null, port: number] {
  if (initiatorInstance === null && initiatorPortNumber !== ISCSI_ANY_INITIATOR_PORT) {
    throw invalidArgument(`initiatorPortNumber must come with ${nameOfInstance}`, initiatorPortNumber);
  }
  return [initiatorInstance, initiatorPortNumber];
}

import type { SendTargetPortalEx } from '../../../index.js';
import { formatPortal, sameAddress } from '../../../portal.js';
import type { Context } from '../../command.js';
import { CommandError } from '../../failure.js';
import { theOnly } from '../../only.js';
import { INITIATOR_OPTIONS } from '../../options/initiator-options.js';
import type { Input } from '../../options/parse.js';
import { PORTAL } from '../../options/values.js';
import { initiatorText, portalText } from '../login-text.js';

/** How a command line names one of the registered portals. */
export const PORTAL_OPERAND = {
  portal: { help: 'A registered portal; with any port if that is left out', type: PORTAL, required: true },
} as const;
export const BOUND_TO = {
  instance: { ...INITIATOR_OPTIONS.instance, help: "The portal that is bound to this HBA instance, or to 'any'" },
  'port-number': { ...INITIATOR_OPTIONS['port-number'], help: 'The portal that is bound to this local address' },
} as const;

/** Finds the portal, as it is reported. Rejects if there is none, or more than one. */
export async function registeredPortal(
  { portal, instance, 'port-number': portNumber }: Input<typeof PORTAL_OPERAND & typeof BOUND_TO>,
  { iscsidsc, options }: Context,
): Promise<SendTargetPortalEx> {
  const registered = await iscsidsc.reportIScsiSendTargetPortalsEx(options);
  const fitting = registered.filter(
    each =>
      sameAddress(each.address, portal.address) &&
      (portal.port === undefined || each.socket === portal.port) &&
      (instance === undefined || each.initiatorName.toLowerCase() === instance.toLowerCase()) &&
      (portNumber === undefined || each.initiatorPortNumber === portNumber),
  );
  const which =
    portal.port === undefined ? `with the address ${portal.address}` : formatPortal(portal.address, portal.port);
  return theOnly(fitting, {
    kind: 'PORTAL',
    none: new CommandError(
      'ERR_ISCSIDSC_PORTAL_NOT_FOUND',
      4,
      `There is no registered portal ${which}.`,
      "'iscsidsc portals' lists the registered portals.",
    ),
    many: count => `There are ${count} registered portals ${which}.`,
    hint: 'Name one with its port, --instance or --port-number.',
    candidate: each => ({
      data: {
        address: each.address,
        socket: each.socket,
        initiatorName: each.initiatorName,
        initiatorPortNumber: each.initiatorPortNumber,
      },
      text: registeredText(each),
    }),
  });
}

/** `10.0.0.5:3260  any`. */
export function registeredText(portal: SendTargetPortalEx): string {
  return `${portalText(portal)}  ${initiatorText(portal.initiatorName, portal.initiatorPortNumber)}`;
}

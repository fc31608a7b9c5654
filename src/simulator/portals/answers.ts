import type { ReportedLoginOptions } from '../../api/logins/login-options.js';
import { TARGET_PORTAL } from '../../api/portals/portal.js';
import type { SendTargetPortalEx } from '../../api/portals/send-target-portals.js';
import { TARGET_PORTAL_INFO, TARGET_PORTAL_INFO_EX } from '../../api/portals/send-target-portals.js';
import type { TextForm } from '../../codec/sink.js';
import { ISCSI_ANY_INITIATOR_PORT } from '../../header/constants.js';
import { ERROR_INVALID_PARAMETER } from '../../native/status.js';
import { type Answers, bothForms, type RespondInForm } from '../answers.js';
import { givenFlags, givenLoginOptions, givenStruct, givenText } from '../given.js';
import { keptSecret } from '../security/chap.js';
import { replyStructs } from '../sized-reply.js';
import type { InitiatorState } from '../state.js';
import type { WhichPortal } from './discovery.js';

const list: RespondInForm = (state, text, count = null, buffer = null) =>
  replyStructs(state, { size: count, buffer }, TARGET_PORTAL_INFO, state.discovery.portals, text, 'structs');

const listEx: RespondInForm = (state, text, count = null, size = null, buffer = null) =>
  replyStructs(state, { size, count, buffer }, TARGET_PORTAL_INFO_EX, state.discovery.portals, text, 'bytes');

const add: RespondInForm = (state, text, instance, port, options, flags, portal) => {
  const which = whichPortal(state, text, instance, port, portal);
  if (which === undefined) return ERROR_INVALID_PARAMETER;
  const login = givenLoginOptions(state, text, options);
  const entry: SendTargetPortalEx = {
    initiatorName: which.initiatorName,
    initiatorPortNumber: which.initiatorPortNumber,
    ...which.portal,
    securityFlags: givenFlags(flags),
    loginOptions: login.options as ReportedLoginOptions,
  };
  return state.discovery.add(entry, login.password && keptSecret(login.password));
};

const remove: RespondInForm = (state, text, instance, port, portal) => {
  const which = whichPortal(state, text, instance, port, portal);
  return which ? state.discovery.remove(which) : ERROR_INVALID_PARAMETER;
};

const refresh: RespondInForm = (state, text, instance, port, portal) => {
  const which = whichPortal(state, text, instance, port, portal);
  return which ? state.discovery.refresh(which) : ERROR_INVALID_PARAMETER;
};

function whichPortal(
  state: InitiatorState,
  text: TextForm,
  instance: unknown,
  port: unknown,
  given: unknown,
): WhichPortal | undefined {
  const portal = givenStruct(state, text, TARGET_PORTAL, given);
  const initiator = givenText(state, instance);
  // Without an instance, the number of a port says nothing.
  if (portal === null || (initiator === null && port !== ISCSI_ANY_INITIATOR_PORT)) return undefined;
  return { initiatorName: initiator ?? '', initiatorPortNumber: Number(port), portal };
}

export const PORTAL_ANSWERS: Answers = {
  ...bothForms('ReportIScsiSendTargetPortals', list),
  ...bothForms('ReportIScsiSendTargetPortalsEx', listEx),
  ...bothForms('AddIScsiSendTargetPortal', add),
  ...bothForms('RemoveIScsiSendTargetPortal', remove),
  ...bothForms('RefreshIScsiSendTargetPortal', refresh),
};

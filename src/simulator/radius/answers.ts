import { ERROR_INVALID_PARAMETER, SUCCESS } from '../../native/status.js';
import { sameAddress } from '../../portal.js';
import { type Answers, bothForms, type RespondInForm } from '../answers.js';
import { givenServer, givenText } from '../given.js';
import { replyStrings } from '../sized-reply.js';

const add: RespondInForm = (state, _, address) => {
  const server = givenServer(state, address);
  if (server === null) return ERROR_INVALID_PARAMETER;
  const isKnown = state.radiusServers.some(each => sameAddress(each, server));
  if (!isKnown) state.radiusServers = [...state.radiusServers, server];
  return SUCCESS;
};

const remove: RespondInForm = (state, _, address) => {
  const given = givenText(state, address) ?? '';
  const left = state.radiusServers.filter(server => !sameAddress(server, given));
  if (left.length === state.radiusServers.length) return ERROR_INVALID_PARAMETER;
  state.radiusServers = left;
  return SUCCESS;
};

const list: RespondInForm = (state, text, size = null, buffer = null) =>
  replyStrings(state, { size, buffer }, state.radiusServers, text);

export const RADIUS_ANSWERS: Answers = {
  ...bothForms('AddRadiusServer', add),
  ...bothForms('RemoveRadiusServer', remove),
  ...bothForms('ReportRadiusServerList', list),
};

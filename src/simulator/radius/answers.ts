import { ERROR_INVALID_PARAMETER, SUCCESS } from '../../native/status.js';
import { type Answers, bothForms, type RespondInForm } from '../answers.js';
import { givenText } from '../given.js';
import { replyStrings } from '../sized-reply.js';

const add: RespondInForm = (state, _, address) => {
  const server = givenText(state, address);
  if (!server) return ERROR_INVALID_PARAMETER;
  state.radiusServers = [...new Set([...state.radiusServers, server])];
  return SUCCESS;
};

const remove: RespondInForm = (state, _, address) => {
  const left = state.radiusServers.filter(server => server !== givenText(state, address));
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

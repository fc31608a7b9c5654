import { ERROR_INVALID_PARAMETER } from '../../native/status.js';
import { type Answers, bothForms, type RespondInForm } from '../answers.js';
import { givenServer, givenText } from '../given.js';
import { replyStrings } from '../sized-reply.js';

const add: RespondInForm = (state, _, address) => {
  const server = givenServer(state, address);
  return server === null ? ERROR_INVALID_PARAMETER : state.discovery.addIsns(server);
};

const remove: RespondInForm = (state, _, address) => state.discovery.removeIsns(givenText(state, address) ?? '');

const refresh: RespondInForm = (state, _, address) => state.discovery.refreshIsns(givenText(state, address));

const list: RespondInForm = (state, text, size = null, buffer = null) =>
  replyStrings(state, { size, buffer }, state.discovery.isnsServers, text);

export const ISNS_ANSWERS: Answers = {
  ...bothForms('AddISNSServer', add),
  ...bothForms('RemoveISNSServer', remove),
  ...bothForms('RefreshISNSServer', refresh),
  ...bothForms('ReportISNSServerList', list),
};

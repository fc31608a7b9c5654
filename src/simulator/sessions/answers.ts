import { SESSION_INFO_EX } from '../../api/sessions/negotiated-session.js';
import { SESSION_INFO } from '../../codec/session-list.js';
import { SUCCESS } from '../../native/status.js';
import { type Answers, bothForms, type Respond, type RespondInForm, uniqueIdAt } from '../answers.js';
import { replyStructs } from '../sized-reply.js';
import { ISDSC_DEVICE_BUSY_ON_SESSION, ISDSC_INVALID_SESSION_ID } from '../statuses.js';
import { volumesHeldBy } from '../volumes/volumes.js';

const sessionList: RespondInForm = (state, text, size = null, count = null, buffer = null) =>
  replyStructs(state, { size, count, buffer }, SESSION_INFO, state.sessions, text, 'bytes');

const sessionListEx: Respond = (state, size = null, count = null, buffer = null) =>
  replyStructs(state, { size, count, buffer }, SESSION_INFO_EX, state.parameters, state.wide, 'bytes');

const logout: Respond = (state, id = null) => {
  const session = state.table.find(uniqueIdAt(id));
  if (session === undefined) return ISDSC_INVALID_SESSION_ID;
  if (state.passes('veto') || volumesHeldBy(state, session).length > 0) return ISDSC_DEVICE_BUSY_ON_SESSION;
  state.logout(uniqueIdAt(id));
  return SUCCESS;
};

export const SESSION_ANSWERS: Answers = {
  ...bothForms('GetIScsiSessionList', sessionList),
  GetIScsiSessionListEx: sessionListEx,
  LogoutIScsiTarget: logout,
};

import { TARGET_PORTAL } from '../../api/portals/portal.js';
import { ERROR_INVALID_PARAMETER, SUCCESS } from '../../native/status.js';
import { type Answers, bothForms, type Respond, type RespondInForm, uniqueIdAt, writeUniqueId } from '../answers.js';
import { addressOf, givenLoginOptions, givenStruct } from '../given.js';
import { keptSecret } from '../security/chap.js';
import {
  ISDSC_CANNOT_REMOVE_LEADING_CONNECTION,
  ISDSC_CANT_REMOVE_LAST_CONNECTION,
  ISDSC_INVALID_CONNECTION_ID,
  ISDSC_INVALID_SESSION_ID,
  ISDSC_TOO_MANY_CONNECTIONS,
} from '../statuses.js';

const add: RespondInForm = (state, text, ...args) => {
  const [id, reserved, , portalGiven, , optionsGiven, , , connectionId] = args as readonly unknown[];
  const session = state.table.find(uniqueIdAt(addressOf(id)));
  if (session === undefined) return ISDSC_INVALID_SESSION_ID;
  const portal = givenStruct(state, text, TARGET_PORTAL, portalGiven);
  if (portal === null || addressOf(reserved) !== null) return ERROR_INVALID_PARAMETER;
  const { options, password } = givenLoginOptions(state, text, optionsGiven);
  const targetName = session.targetNodeName ?? session.targetName ?? '';
  const request = { targetName, isInformationalSession: false, options, password: password && keptSecret(password) };
  const reached = state.logins.reach(request, [portal]);
  if (typeof reached === 'number') return reached;
  if (session.connections.length >= (reached.target.maximumConnections ?? 1)) return ISDSC_TOO_MANY_CONNECTIONS;
  const made = state.connect(session, reached);
  if (state.behaviour.fault !== 'count-unwritten') writeUniqueId(addressOf(connectionId), made);
  return SUCCESS;
};

const remove: Respond = (state, id = null, connection = null) => {
  const session = state.table.find(uniqueIdAt(id));
  if (session === undefined) return ISDSC_INVALID_SESSION_ID;
  const { connections } = session;
  const index = connections.findIndex(({ connectionId }) => connectionId === uniqueIdAt(connection));
  if (index < 0) return ISDSC_INVALID_CONNECTION_ID;
  if (connections.length === 1) return ISDSC_CANT_REMOVE_LAST_CONNECTION;
  if (index === 0) return ISDSC_CANNOT_REMOVE_LEADING_CONNECTION;
  state.table.change({ ...session, connections: connections.filter((_, each) => each !== index) });
  return SUCCESS;
};

export const CONNECTION_ANSWERS: Answers = {
  ...bothForms('AddIScsiConnection', add),
  RemoveIScsiConnection: remove,
};

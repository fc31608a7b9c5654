import type { ReportedLoginOptions } from '../../api/logins/login-options.js';
import { PERSISTENT_LOGIN } from '../../api/logins/persistent-logins.js';
import { TARGET_PORTAL } from '../../api/portals/portal.js';
import { LUN_MAPPINGS } from '../../api/targets/mapping.js';
import { ISCSI_ANY_INITIATOR_PORT } from '../../header/constants.js';
import { ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_PARAMETER, SUCCESS } from '../../native/status.js';
import { type Answers, bothForms, type RespondInForm, writeUniqueId } from '../answers.js';
import { INITIATOR_INSTANCE } from '../devices/examples.js';
import { addressOf, givenFlags, givenLoginOptions, givenStruct, givenText } from '../given.js';
import { writeUint32 } from '../native-memory.js';
import { keptSecret } from '../security/chap.js';
import { replyStructs } from '../sized-reply.js';
import { ISDSC_INITIATOR_INSTANCE_NOT_FOUND } from '../statuses.js';

const login: RespondInForm = (state, text, ...args) => {
  const [name, informational, instance, port, portalGiven, flags, mappings, optionsGiven] = args as readonly unknown[];
  const [, , , , , , , , , , isPersistent, session, connection] = args as readonly unknown[];
  const targetName = givenText(state, name);
  const initiator = givenText(state, instance);
  if (!targetName || (initiator === null && port !== ISCSI_ANY_INITIATOR_PORT)) return ERROR_INVALID_PARAMETER;
  if (!state.hasInstance(initiator ?? '')) return ISDSC_INITIATOR_INSTANCE_NOT_FOUND;
  const { options, password } = givenLoginOptions(state, text, optionsGiven);
  const isInformationalSession = Boolean(informational);
  const portal = givenStruct(state, text, TARGET_PORTAL, portalGiven);
  const kept = password && keptSecret(password);
  if (isPersistent) {
    return state.logins.save({
      password: kept,
      entry: {
        targetName,
        isInformationalSession,
        initiatorInstance: initiator || INITIATOR_INSTANCE,
        initiatorPortNumber: Number(port),
        targetPortal: portal ?? { symbolicName: '', address: '', socket: 0 },
        securityFlags: givenFlags(flags),
        mappings: givenStruct(state, text, LUN_MAPPINGS, mappings),
        loginOptions: options as ReportedLoginOptions,
      },
    });
  }
  const request = { targetName, isInformationalSession, portal, options, password: kept };
  const reached = state.logins.tryLogin(request);
  if (typeof reached === 'number') return reached;
  const made = state.open(request, reached);
  if (state.behaviour.fault === 'count-unwritten') return SUCCESS;
  writeUniqueId(addressOf(session), made.sessionId);
  writeUniqueId(addressOf(connection), made.connections[0]?.connectionId ?? '');
  return SUCCESS;
};

const report: RespondInForm = (state, text, count = null, buffer = null, size = null) => {
  const { entries } = state.logins;
  if (entries.length === 0 && state.behaviour.emptyNeedsNothing && size !== null) {
    writeUint32(size, 0);
    return ERROR_INSUFFICIENT_BUFFER;
  }
  return replyStructs(state, { size, count, buffer }, PERSISTENT_LOGIN, entries, text, 'bytes');
};

const remove: RespondInForm = (state, text, instance, port, name, portal) =>
  state.logins.remove(
    givenText(state, name) ?? '',
    givenText(state, instance),
    Number(port),
    givenStruct(state, text, TARGET_PORTAL, portal),
  );

export const LOGIN_ANSWERS: Answers = {
  ...bothForms('LoginIScsiTarget', login),
  ...bothForms('ReportIScsiPersistentLogins', report),
  ...bothForms('RemoveIScsiPersistentTarget', remove),
};

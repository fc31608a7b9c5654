import type { PersistentLogin, SessionInfo, TargetDescription } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { CommandError } from '../../failure.js';
import { TARGET } from '../../options/values.js';
import { type Field, formatDetails, type Section } from '../../terminal/details.js';
import { chapUsers, initiatorText, loginFlags, portalText } from '../login-text.js';
import { portalsOf, stateOf as sessionState } from '../sessions/session-table.js';
import { isWithoutAnswer, reasonText, stateOf } from './target-state.js';

export const targetShow = defineCommand({
  name: 'target show',
  summary: 'Show everything about one target: how it was found, its portals, sessions and saved logins',
  operands: { target: { help: 'The name of the target', type: TARGET, required: true } },
  options: {},
  example: 'target show iqn.1992-08.com.example.san:vol-sql',
  async run({ target }, { iscsidsc, options }) {
    const description = await iscsidsc.describeTarget(target, options);
    if (description === null) throw noTarget(target);
    return description;
  },
  format: (target, format) => formatDetails(targetDetails(target), format),
  mayHang: isWithoutAnswer,
});

/** The error for a target that nothing names. */
export function noTarget(name: string): CommandError {
  const hint = "'iscsidsc targets' lists the known ones, and 'iscsidsc portal add ADDR' asks a portal for more.";
  return new CommandError('ERR_ISCSIDSC_TARGET_NOT_FOUND', 4, `There is no known target ${name}.`, hint);
}

function targetDetails(target: TargetDescription): Section[] {
  return [
    { fields: [...general(target), ...portals(target)] },
    ...(target.sessions ?? []).map(sessionSection),
    ...(target.persistentLogins ?? []).map(loginSection),
  ];
}

function general(target: TargetDescription): Field[] {
  const { targetName, targetAlias, targetAliasError, sessions, persistentLogins, persistentLoginsError } = target;
  // Windows has a blank at the end.
  const mechanisms = target.discoveryMechanisms?.map(each => each.trim()) ?? null;
  return [
    ['Target name', targetName],
    ['Alias', targetAlias ?? (targetAliasError ? reasonText(targetAliasError) : 'none')],
    ['State', stateOf(target)],
    ['Sessions', sessions ? String(sessions.length) : reasonText(target.sessionsError)],
    ['Saved logins', persistentLogins ? String(persistentLogins.length) : reasonText(persistentLoginsError)],
    ...list('Found by', mechanisms, target.discoveryMechanismsError),
  ];
}

function portals({ portals: known, portalsError }: TargetDescription): Field[] {
  return list('Portals', known?.map(portalText) ?? null, portalsError);
}

function list(
  label: string,
  values: readonly string[] | null,
  error: Parameters<typeof reasonText>[0],
): (readonly [string, string])[] {
  if (values === null) return [[label, reasonText(error)]];
  if (values.length === 0) return [[label, 'none']];
  return values.map((value, index) => [index === 0 ? label : '', value]);
}

function sessionSection(session: SessionInfo): Section {
  return {
    heading: `Session ${session.sessionId}`,
    fields: [['State', sessionState(session)], ...list('Portals', portalsOf(session), null)],
  };
}

function loginSection(login: PersistentLogin): Section {
  const { targetPortal, initiatorInstance, initiatorPortNumber, loginOptions, isInformationalSession } = login;
  const flags = [...(isInformationalSession ? ['informational'] : []), ...loginFlags(login)];
  return {
    heading: 'Saved login',
    fields: [
      ['Portal', portalText(targetPortal)],
      ['Instance', initiatorText(initiatorInstance, initiatorPortNumber)],
      ['CHAP user', chapUsers(loginOptions)[0] ?? 'none'],
      ['Flags', flags.join(', ') || 'none'],
    ],
  };
}

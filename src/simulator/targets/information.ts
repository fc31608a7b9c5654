import { LOGIN_OPTIONS } from '../../api/logins/login-options.js';
import { TARGET_PORTAL } from '../../api/portals/portal.js';
import { LUN_MAPPINGS } from '../../api/targets/mapping.js';
import { PORTAL_GROUP, TARGET_FLAGS } from '../../api/targets/static-targets.js';
import { flagBits } from '../../codec/numbers.js';
import { Sink, type TextForm } from '../../codec/sink.js';
import type { Struct } from '../../codec/struct.js';
import { ISCSI_TCP_PROTOCOL_TYPE, TARGET_INFORMATION_CLASS } from '../../header/constants.js';
import { ERROR_INVALID_PARAMETER } from '../../native/status.js';
import type { RespondInForm } from '../answers.js';
import { givenText } from '../given.js';
import type { KnownTarget } from '../portals/discovery.js';
import { replySink, replyStrings, type SizedArguments } from '../sized-reply.js';
import type { InitiatorState } from '../state.js';
import { ISDSC_DISCOVERY_MECHANISM_NOT_FOUND, ISDSC_TARGET_NOT_FOUND } from '../statuses.js';

/** Answers GetIScsiTargetInformation: one class of information about one way in which a target is known. */
export const information: RespondInForm = (state, text, name, mechanism, infoClass, size = null, buffer = null) => {
  const known = state.discovery.known(givenText(state, name) ?? '');
  if (known.length === 0) return ISDSC_TARGET_NOT_FOUND;
  const args = { size, buffer };
  if (Number(infoClass) === TARGET_INFORMATION_CLASS.DiscoveryMechanisms) {
    return replyStrings(state, args, [...new Set(known.map(each => each.mechanism))], text, 1);
  }
  const asked = givenText(state, mechanism);
  const target = known.find(each => each.mechanism === asked);
  if (target === undefined) return ISDSC_DISCOVERY_MECHANISM_NOT_FOUND;
  const reply = REPLIES[Number(infoClass)];
  return reply === undefined ? ERROR_INVALID_PARAMETER : reply(state, args, text, target);
};

type Reply = (state: InitiatorState, args: SizedArguments, text: TextForm, target: KnownTarget) => number;

const REPLIES: Readonly<Record<number, Reply>> = {
  [TARGET_INFORMATION_CLASS.ProtocolType]: (...args) => replyNumber(...args, ISCSI_TCP_PROTOCOL_TYPE),
  [TARGET_INFORMATION_CLASS.TargetAlias]: (state, args, text, { targetAlias }) =>
    replyString(state, args, text, targetAlias),
  [TARGET_INFORMATION_CLASS.PortalGroups]: replyGroups,
  [TARGET_INFORMATION_CLASS.PersistentTargetMappings]: (state, args, text, { mappings }) =>
    replyStruct(state, args, text, LUN_MAPPINGS, mappings),
  [TARGET_INFORMATION_CLASS.InitiatorName]: (state, args, text, { initiatorName }) =>
    replyString(state, args, text, initiatorName),
  [TARGET_INFORMATION_CLASS.TargetFlags]: (...args) =>
    replyNumber(...args, Number(flagBits('targetFlags', TARGET_FLAGS, 4, args[3].targetFlags))),
  [TARGET_INFORMATION_CLASS.LoginOptions]: (state, args, text, { loginOptions }) =>
    replyStruct(state, args, text, LOGIN_OPTIONS, loginOptions),
};

function replyNumber(
  state: InitiatorState,
  args: SizedArguments,
  text: TextForm,
  _: KnownTarget,
  value: number,
): number {
  const sink = new Sink(text);
  sink.add(4, 4).bytes.writeUInt32LE(value);
  return replySink(state, args, sink, 'plain');
}

/** An empty string takes no bytes at all. */
function replyString(state: InitiatorState, args: SizedArguments, text: TextForm, value: string): number {
  const sink = new Sink(text);
  if (value !== '') sink.addString(value);
  return replySink(state, args, sink, 'string');
}

function replyStruct<Value extends object>(
  state: InitiatorState,
  args: SizedArguments,
  text: TextForm,
  struct: Struct<Value>,
  value: Value | null,
): number {
  const sink = new Sink(text);
  const bound = struct.in(text.form);
  if (value !== null) bound.write(sink, sink.add(bound.size, 8), 0, value);
  return replySink(state, args, sink, { struct, form: text.form });
}

/** The number of groups, and behind it the groups, as far apart as Microsoft's iscsicli reads them. */
function replyGroups(
  state: InitiatorState,
  args: SizedArguments,
  text: TextForm,
  { portalGroups }: KnownTarget,
): number {
  const sink = new Sink(text);
  const bound = PORTAL_GROUP.in(text.form);
  const { size: portalSize } = TARGET_PORTAL.in(text.form);
  const piece = sink.add(4, 4);
  piece.bytes.writeUInt32LE(portalGroups.length);
  let [last, end] = [0, 4];
  for (const portals of portalGroups) {
    last = end;
    bound.write(sink, piece, last, { portals: [...portals] });
    end += portals.length === 0 ? 4 : aligned(bound.size + (portals.length - 1) * portalSize);
    sink.lengthen(piece, end);
  }
  const content = last === 0 ? 'plain' : { struct: PORTAL_GROUP, form: text.form, at: last };
  return replySink(state, args, sink, content);
}

function aligned(size: number): number {
  return Math.ceil(size / 4) * 4;
}

import type { ReportedLoginOptions } from '../../api/logins/login-options.js';
import type { TargetPortal } from '../../api/portals/portal.js';
import { LUN_MAPPINGS, TARGET_MAPPING } from '../../api/targets/mapping.js';
import { TARGET_FLAGS, type TargetFlag } from '../../api/targets/static-targets.js';
import { sameName } from '../../api/targets/target-name.js';
import { LISTED_PORTAL } from '../../api/targets/target-portals.js';
import { type Flags, flagNames } from '../../codec/numbers.js';
import { ERROR_INVALID_PARAMETER, hasWorked, SUCCESS } from '../../native/status.js';
import { samePortal } from '../../portal.js';
import { type Answers, bothForms, type RespondInForm } from '../answers.js';
import { addressOf, givenLoginOptions, givenPortals, givenStruct, givenText } from '../given.js';
import { readBytes } from '../native-memory.js';
import { replyStrings, replyStructs } from '../sized-reply.js';
import { ISDSC_TARGET_NOT_FOUND } from '../statuses.js';
import { information } from './information.js';

const mappings: RespondInForm = (state, text, size = null, count = null, buffer = null) =>
  replyStructs(state, { size, count, buffer }, TARGET_MAPPING, state.mappings, text, 'bytes');

const targets: RespondInForm = (state, text, force, size = null, buffer = null) => {
  const found = force ? state.discovery.refreshAll() : SUCCESS;
  const names = state.discovery.known().flatMap(({ targetName, isHidden }) => (isHidden ? [] : targetName));
  const distinct = names.filter((name, index) => names.findIndex(each => sameName(each, name)) === index);
  const status = replyStrings(state, { size, buffer }, distinct, text);
  return hasWorked(status) && status === SUCCESS ? found : status;
};

const portals: RespondInForm = (state, text, initiator, target, tag, size = null, buffer = null) => {
  const name = givenText(state, initiator);
  const known = state.discovery.known(givenText(state, target) ?? '');
  if (known.length === 0) return ISDSC_TARGET_NOT_FOUND;
  const tagAddress = addressOf(tag);
  const group = tagAddress === null ? undefined : readBytes(tagAddress, 2).readUInt16LE();
  const all = known
    .filter(({ initiatorName }) => !name || sameName(name, state.nodeName) || sameName(name, initiatorName))
    .flatMap(({ portalGroups }) =>
      portalGroups.filter((_, index) => group === undefined || group === index + 1).flat(),
    );
  return replyStructs(state, { size, buffer }, LISTED_PORTAL, distinctPortals(all), text, 'structs');
};

const addStatic: RespondInForm = (state, text, name, alias, flags, persist, given, options, group) => {
  const targetName = givenText(state, name);
  if (!targetName) return ERROR_INVALID_PARAMETER;
  const targetFlags = flagNames(TARGET_FLAGS, BigInt(Number(flags) >>> 0));
  const merged = targetFlags.includes('mergeTargetInformation')
    ? state.discovery.staticTargets.find(each => sameName(each.targetName, targetName))
    : undefined;
  state.discovery.addStatic({
    targetName,
    targetAlias: givenText(state, alias) ?? merged?.targetAlias ?? '',
    targetFlags: merged ? mergedFlags(merged.targetFlags, targetFlags) : targetFlags,
    persist: Boolean(persist),
    mappings: givenStruct(state, text, LUN_MAPPINGS, given) ?? merged?.mappings ?? null,
    loginOptions:
      addressOf(options) === null
        ? (merged?.loginOptions ?? null)
        : (givenLoginOptions(state, text, options).options as ReportedLoginOptions),
    portals: distinctPortals([...(merged?.portals ?? []), ...(givenPortals(state, text, group) ?? [])]),
  });
  return SUCCESS;
};

const removeStatic: RespondInForm = (state, _, name) =>
  state.discovery.removeStatic(givenText(state, name) ?? '') ? SUCCESS : ISDSC_TARGET_NOT_FOUND;

function mergedFlags(before: Flags<TargetFlag>, given: Flags<TargetFlag>): Flags<TargetFlag> {
  return [...new Set([...before, ...given])].filter(flag => flag !== 'mergeTargetInformation');
}

function distinctPortals(portals: readonly TargetPortal[]): TargetPortal[] {
  return portals.filter((portal, index) => portals.findIndex(each => samePortal(each, portal)) === index);
}

export const TARGET_ANSWERS: Answers = {
  ...bothForms('ReportActiveIScsiTargetMappings', mappings),
  ...bothForms('ReportIScsiTargets', targets),
  ...bothForms('GetIScsiTargetInformation', information),
  ...bothForms('ReportIScsiTargetPortals', portals),
  ...bothForms('AddIScsiStaticTarget', addStatic),
  ...bothForms('RemoveIScsiStaticTarget', removeStatic),
};

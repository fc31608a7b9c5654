import { BOOLEAN, type Check, elementsOf } from '../../arguments.js';
import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import { inlineArray } from '../../codec/fields.js';
import { type FlagsInput, flagBits } from '../../codec/numbers.js';
import { type Names, Struct } from '../../codec/struct.js';
import { MAX_ISCSI_ALIAS_LEN } from '../../header/constants.js';
import { bothForms } from '../../native/types.js';
import { callAsync, callAsyncWith, withArguments } from '../call.js';
import { FLAGS, LOGIN_CHECKS, LOGIN_OPTIONS, type LoginOptions } from '../logins/login-options.js';
import type { AsyncOptions, CheckedOptions } from '../options.js';
import { checkOnePortal, type PortalInput, TARGET_PORTAL, type TargetPortal } from '../portals/portal.js';
import { LUN_MAPPINGS, type LunMappings } from './mapping.js';

/**
 * A flag of a static target. `'hideStaticTarget'` does not list it before it is discovered in another way;
 * `'mergeTargetInformation'` adds to what is stored for it, which is replaced otherwise.
 */
export type TargetFlag = 'hideStaticTarget' | 'mergeTargetInformation';

export const TARGET_FLAGS: Names<TargetFlag> = { 2: 'hideStaticTarget', 4: 'mergeTargetInformation' };

/** Options of `addIScsiStaticTarget`: what is stored with the target. */
export interface AddStaticTargetOptions extends AsyncOptions {
  /** Text for people. Defaults to none: NULL. */
  readonly targetAlias?: string | null | undefined;
  /** Names of flags, or a number of bits. Defaults to none. */
  readonly targetFlags?: FlagsInput<TargetFlag> | undefined;
  /** Keeps the target when the service restarts. Defaults to false. */
  readonly persist?: boolean | undefined;
  /** Where its LUNs are to be found. Defaults to what Windows chooses: NULL. */
  readonly mappings?: LunMappings | null | undefined;
  /** How to log in by default. Defaults to Windows' own defaults: NULL. */
  readonly loginOptions?: LoginOptions | null | undefined;
  /** Where the target listens. Without it, a login must name a portal. */
  readonly portalGroup?: readonly PortalInput[] | undefined;
}

const nullOr = ([expected, fits]: Check): Check => [`null or ${expected}`, value => value === null || fits(value)];
const OBJECT: Check = ['an object', value => typeof value === 'object'];
const CHECKS: Readonly<Record<Exclude<keyof AddStaticTargetOptions, keyof AsyncOptions>, Check>> = {
  targetAlias: nullOr(['a string', value => typeof value === 'string']),
  targetFlags: FLAGS,
  persist: BOOLEAN,
  mappings: nullOr(OBJECT),
  loginOptions: nullOr(LOGIN_CHECKS.loginOptions),
  portalGroup: ['an array of portals', Array.isArray],
};

export const PORTAL_GROUP = new Struct<{ readonly portals: TargetPortal[] }>(
  'ISCSI_TARGET_PORTAL_GROUP#',
  'PortalGroup',
  {
    portals: inlineArray('Portals', 'Count', TARGET_PORTAL),
  },
);

const ADD = bothForms('AddIScsiStaticTarget');
const REMOVE = bothForms('RemoveIScsiStaticTarget');

/**
 * Adds a target that no portal reports. What is stored for a target of that name is replaced, unless
 * `targetFlags` has `'mergeTargetInformation'`. Asks nobody: whether the target is there shows at the login. Rejects
 * with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-addiscsistatictargetw
 */
export async function addIScsiStaticTarget(targetName: string, options?: AddStaticTargetOptions): Promise<void> {
  return await callAsyncWith<AddStaticTargetOptions, void>(options, CHECKS, (checked, target) =>
    addTarget(checked, targetName, target),
  );
}

/**
 * Forgets a static target. Its sessions and persistent logins stay: `forgetTarget` ends those, too. Rejects with
 * `ISDSC_TARGET_NOT_FOUND` if there is no static target of that name, and with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-removeiscsistatictargetw
 */
export async function removeIScsiStaticTarget(targetName: string, options?: AsyncOptions): Promise<void> {
  return await callAsync(options, checked => removeTarget(checked, targetName));
}

function addTarget(
  checked: CheckedOptions,
  targetName: string,
  target: Omit<AddStaticTargetOptions, keyof AsyncOptions>,
): Procedure<void> {
  const { targetAlias = null, targetFlags = 0, persist = false, mappings, loginOptions, portalGroup } = target;
  const group = portalGroup && {
    portals: elementsOf('portalGroup', portalGroup).map(portal => checkOnePortal('portalGroup', portal)),
  };
  return withArguments(checked, memory =>
    simpleCall(
      nativeCall(
        checked.library,
        ADD[checked.form],
        memory.targetName(targetName),
        memory.string('targetAlias', targetAlias, MAX_ISCSI_ALIAS_LEN),
        Number(flagBits('targetFlags', TARGET_FLAGS, 4, targetFlags)),
        persist ? 1 : 0,
        memory.struct(LUN_MAPPINGS, mappings, 'mappings'),
        memory.struct(LOGIN_OPTIONS, loginOptions, 'loginOptions'),
        memory.struct(PORTAL_GROUP, group, 'portalGroup'),
      ),
    ),
  );
}

export function removeTarget(checked: CheckedOptions, targetName: string): Procedure<void> {
  return withArguments(checked, memory =>
    simpleCall(nativeCall(checked.library, REMOVE[checked.form], memory.targetName(targetName))),
  );
}

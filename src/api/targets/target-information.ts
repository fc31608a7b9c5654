import type { Check } from '../../arguments.js';
import { GrowingReply } from '../../call/growing-reply.js';
import type { Procedure } from '../../call/procedure.js';
import { type Flags, flagNames, type Named, nameOf } from '../../codec/numbers.js';
import { Reply, Source } from '../../codec/source.js';
import { stringsOf } from '../../codec/strings.js';
import { invalidArgument } from '../../errors.js';
import { TARGET_INFORMATION_CLASS } from '../../header/constants.js';
import { bothForms } from '../../native/types.js';
import { callAsyncWith, callSyncWith, withArguments } from '../call.js';
import { LOGIN_OPTIONS, type ReportedLoginOptions } from '../logins/login-options.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';
import type { TargetPortal } from '../portals/portal.js';
import { LUN_MAPPINGS, type LunMappings } from './mapping.js';
import { type PortalGroupEvidence, portalGroupEvidence, readPortalGroups } from './portal-groups.js';
import { TARGET_FLAGS, type TargetFlag } from './static-targets.js';

/** What `getIScsiTargetInformation` returns, by the class of information. */
export interface TargetInformation {
  /** How the target was found. Each is passed back as `discoveryMechanism`, unchanged: a blank at its end counts. */
  discoveryMechanisms: string[];
  /** How the target is reached. */
  protocolType: Named<'tcp'>;
  /** Text that the target gives itself. Empty if it has none. */
  targetAlias: string;
  /** The portals of the target, by portal group. */
  portalGroups: TargetPortal[][];
  /** The LUN mappings that are stored with the target. Null if there are none. */
  persistentTargetMappings: LunMappings | null;
  /** The HBA instance that can reach the target. Empty if it is not bound to one. */
  initiatorName: string;
  /** The flags of a static target. */
  targetFlags: Flags<TargetFlag>;
  /** The options with which Windows logs in by default. Null if none are stored. The password is never reported. */
  loginOptions: ReportedLoginOptions | null;
}

/** Which of the ways in which a target was found is asked about. */
export interface Mechanism {
  /**
   * One of the `'discoveryMechanisms'`, unchanged: it can end in a blank. Each has portals and options of its own. Needed
   * for all classes but that one.
   */
  readonly discoveryMechanism?: string | undefined;
}

const CHECKS: Readonly<Record<keyof Mechanism, Check>> = {
  discoveryMechanism: ['a string', value => typeof value === 'string'],
};
const SYSCALLS = bothForms('GetIScsiTargetInformation');

/**
 * Returns one piece of information about a target. Rejects with `ISDSC_TARGET_NOT_FOUND` if Windows does not know the
 * target, with `ISDSC_DISCOVERY_MECHANISM_NOT_FOUND` if it was not found in that way, and with the errors of
 * `getIScsiSessionList`.
 *
 * Where a target has more than one portal group, Microsoft's own program and the header disagree about 4 bytes between
 * two of them. The reading is taken that fits the size of the answer; which one Windows writes has not been seen.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsitargetinformationw
 */
export async function getIScsiTargetInformation<InfoClass extends keyof TargetInformation>(
  targetName: string,
  infoClass: InfoClass,
  options?: AsyncOptions & Mechanism,
): Promise<TargetInformation[InfoClass]> {
  return await callAsyncWith<AsyncOptions & Mechanism, TargetInformation[InfoClass]>(
    options,
    CHECKS,
    (checked, mechanism) => targetInformation(checked, targetName, infoClass, mechanism),
  );
}

/**
 * Returns one piece of information about a target. Blocks the thread. Throws the same errors as
 * `getIScsiTargetInformation`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsitargetinformationw
 */
export function getIScsiTargetInformationSync<InfoClass extends keyof TargetInformation>(
  targetName: string,
  infoClass: InfoClass,
  options?: SyncOptions & Mechanism,
): TargetInformation[InfoClass] {
  return callSyncWith<SyncOptions & Mechanism, TargetInformation[InfoClass]>(options, CHECKS, (checked, mechanism) =>
    targetInformation(checked, targetName, infoClass, mechanism),
  );
}

export function targetInformation<InfoClass extends keyof TargetInformation>(
  checked: CheckedOptions,
  targetName: string,
  infoClass: InfoClass,
  { discoveryMechanism = null }: { readonly discoveryMechanism?: string | null | undefined },
): Procedure<TargetInformation[InfoClass]> {
  if (typeof infoClass !== 'string' || !Object.hasOwn(CLASSES, infoClass)) {
    throw invalidArgument(`infoClass must be one of ${Object.keys(CLASSES).join(', ')}`, infoClass);
  }
  const [number, read] = CLASSES[infoClass];
  if (discoveryMechanism === null && infoClass !== 'discoveryMechanisms') {
    throw invalidArgument(`discoveryMechanism is needed for '${infoClass}'`, undefined);
  }
  return information(checked, targetName, number, discoveryMechanism, source => read(source, checked));
}

/** How the portal groups of a target lie in the answer, for one of the ways in which it was found. */
export function portalGroupsOf(
  checked: CheckedOptions,
  targetName: string,
  discoveryMechanism: string,
): Procedure<PortalGroupEvidence> {
  return information(checked, targetName, PortalGroups, discoveryMechanism, source =>
    portalGroupEvidence(source, checked.form),
  );
}

function information<Result>(
  checked: CheckedOptions,
  targetName: string,
  infoClass: number,
  discoveryMechanism: string | null,
  read: (source: Source) => Result,
): Procedure<Result> {
  const { library, form, decodeAnsi } = checked;
  const syscall = SYSCALLS[form];
  return withArguments(checked, memory => {
    const name = memory.targetName(targetName);
    const mechanism = memory.string('discoveryMechanism', discoveryMechanism, LONGEST_MECHANISM);
    return new GrowingReply(
      library,
      {
        syscall,
        sizeName: 'BufferSize',
        unit: 1,
        arguments: ({ size, buffer }) => [name, mechanism, infoClass, size, buffer],
      },
      // What lies behind the answer is older, or was never written.
      ({ bytes, size: [used = 0] }) => read(new Source(new Reply(bytes.subarray(0, used), syscall), decodeAnsi)),
    );
  });
}

type ReadClass<Value> = readonly [number: number, read: (source: Source, checked: CheckedOptions) => Value];

const {
  ProtocolType,
  TargetAlias,
  DiscoveryMechanisms,
  PortalGroups,
  PersistentTargetMappings,
  InitiatorName,
  TargetFlags,
  LoginOptions,
} = TARGET_INFORMATION_CLASS;

const CLASSES: { readonly [InfoClass in keyof TargetInformation]: ReadClass<TargetInformation[InfoClass]> } = {
  discoveryMechanisms: [
    DiscoveryMechanisms,
    ({ reply }, { decodeAnsi }) => stringsOf(reply, decodeAnsi).list('Buffer'),
  ],
  protocolType: [ProtocolType, source => nameOf(PROTOCOL_TYPES, readNumber(source, 'ProtocolType'))],
  targetAlias: [TargetAlias, source => readString(source, 'TargetAlias')],
  portalGroups: [PortalGroups, (source, { form }) => readPortalGroups(source, form)],
  persistentTargetMappings: [
    PersistentTargetMappings,
    (source, { form }) => {
      const struct = LUN_MAPPINGS.in(form);
      return source.reply.length < struct.size ? null : (struct.readHead(source, 1, 'BufferSize')[0] ?? null);
    },
  ],
  initiatorName: [InitiatorName, source => readString(source, 'InitiatorName')],
  targetFlags: [
    TargetFlags,
    source => (source.reply.length === 0 ? [] : flagNames(TARGET_FLAGS, BigInt(readNumber(source, 'TargetFlags')))),
  ],
  loginOptions: [
    LoginOptions,
    (source, { form }) => {
      const struct = LOGIN_OPTIONS.in(form);
      if (source.reply.length < struct.size) return null;
      return (struct.readHead(source, 1, 'BufferSize')[0] as ReportedLoginOptions | undefined) ?? null;
    },
  ],
};

const PROTOCOL_TYPES = { 0: 'tcp' } as const;
// Longer than two names of 256 characters and a port, of which the known ones are made.
const LONGEST_MECHANISM = 1023;

function readNumber({ reply, view }: Source, what: string): number {
  if (reply.length < 4) throw reply.malformed(what, undefined, `${reply.length} bytes, and not 4`);
  return view.getUint32(0, true);
}

function readString({ reply, strings }: Source, what: string): string {
  return reply.length === 0 ? '' : strings.fixed(0, reply.length, what);
}

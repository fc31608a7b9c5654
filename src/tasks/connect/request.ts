import { INITIATOR_PORT_CHECKS, type InitiatorPort, initiatorPortOf } from '../../api/initiator/initiator-port.js';
import { LOGIN_OPTIONS, type LoginOptions, type ReportedLoginOptions } from '../../api/logins/login-options.js';
import type { CheckedOptions } from '../../api/options.js';
import { checkOnePortal, type PortalInput, TARGET_PORTAL, type TargetPortal } from '../../api/portals/portal.js';
import { BOOLEAN, type Check, checkEach, checkMembers, elementsOf } from '../../arguments.js';
import { ArgumentMemory } from '../../codec/argument-memory.js';
import { checkSecret, type Octets } from '../../codec/fields.js';
import { type LunInput, wireLun } from '../../codec/lun.js';
import { invalidArgument, invalidSecret } from '../../errors.js';
import { samePortal } from '../../portal.js';
import { checkExactTargetName } from '../target-name.js';

/** How to prove who one is. */
export interface ConnectChap {
  /** The CHAP user name. Defaults to the node name of the initiator. */
  readonly username?: Octets | undefined;
  /** The CHAP secret: ASCII text, or any bytes, usually 12 to 16. It is copied, and the copy is overwritten. */
  readonly secret: Octets;
  /**
   * Whether the target must prove itself, too, with the secret that `setIScsiInitiatorCHAPSharedSecret` has set.
   * Defaults to false.
   */
  readonly mutual?: boolean | undefined;
}

/** What to connect to. */
export interface ConnectTarget extends InitiatorPort {
  /** The name of the target, in any case. */
  readonly targetName: string;
  /**
   * Where the target is reached: one portal or several. Those that are not registered are registered. Defaults to the
   * portals that Windows knows for the target.
   */
  readonly portals?: PortalInput | readonly PortalInput[] | undefined;
  /** Logs in with CHAP. It is for the login alone: a portal that asks for it before it reports targets is added before. */
  readonly chap?: ConnectChap | undefined;
  /** Makes a session through each portal. Only for machines with MPIO. Defaults to false: one session. */
  readonly multipath?: boolean | undefined;
  /** Saves each login, too, so that Windows makes it again when it starts. Defaults to false. */
  readonly persistent?: boolean | undefined;
  /** Waits for the disk of this LUN, and returns no other. Defaults to any. */
  readonly lun?: LunInput | undefined;
  /** Starts the service MSiSCSI first if it does not run. That is not undone. Defaults to false. */
  readonly startService?: boolean | undefined;
}

/** The same, checked. */
export interface ConnectRequest {
  readonly targetName: string;
  /** Undefined for those that Windows knows. */
  readonly portals: readonly TargetPortal[] | undefined;
  readonly isMultipath: boolean;
  readonly isPersistent: boolean;
  readonly lun: bigint | undefined;
  readonly startsService: boolean;
  readonly initiatorInstance: string | null;
  readonly initiatorPortNumber: number;
  /** Without the password. */
  readonly loginOptions: ReportedLoginOptions;
  /** A copy. Overwrite it when the task is over. */
  readonly secret: Uint8Array | undefined;
}

const CHECKS: Readonly<Record<keyof ConnectTarget, Check>> = {
  ...INITIATOR_PORT_CHECKS,
  targetName: ['a string', value => typeof value === 'string'],
  portals: ['a portal or an array of portals', value => typeof value === 'string' || Object(value) === value],
  // Neither may show what was given: it can be the secret.
  chap: ['an object', value => isObject(value) || refuseSecret('chap must be an object')],
  multipath: BOOLEAN,
  persistent: BOOLEAN,
  lun: ['a number or text', value => typeof value === 'number' || typeof value === 'string'],
  startService: BOOLEAN,
};

const CHAP_CHECKS: Readonly<Record<keyof ConnectChap, Check>> = {
  username: ['bytes', () => true],
  secret: ['bytes', () => true],
  mutual: ['', value => typeof value === 'boolean' || refuseSecret('mutual must be true or false')],
};

/** Throws `ERR_ISCSIDSC_INVALID_ARGUMENT` for what one of the calls would refuse, before the first of them is made. */
export function checkConnectTarget(checked: CheckedOptions, target: ConnectTarget): ConnectRequest {
  const { targetName, portals, chap, multipath, persistent, lun, startService, ...initiator } =
    checkMembers<ConnectTarget>('target', target ?? null, CHECKS);
  checkExactTargetName(checked, targetName);
  const [initiatorInstance, initiatorPortNumber] = initiatorPortOf(initiator);
  const { text } = checked;
  new ArgumentMemory(text).instance(initiatorInstance);
  const request = {
    targetName,
    portals: portals === undefined ? undefined : checkPortals(checked, portals),
    isMultipath: multipath ?? false,
    isPersistent: persistent ?? false,
    lun: lun === undefined ? undefined : wireLun(lun),
    startsService: startService ?? false,
    initiatorInstance,
    initiatorPortNumber,
    loginOptions: { loginFlags: multipath ? (['multipathEnabled'] as const).slice() : [] },
    secret: undefined,
  };
  return chap === undefined ? request : withChap(checked, request, chap);
}

/** The options of a login with the password; null where Windows' own defaults do. */
export function loginOptionsOf({ loginOptions, secret }: ConnectRequest): LoginOptions | null {
  if (secret !== undefined) return { ...loginOptions, password: secret };
  return loginOptions.loginFlags.length === 0 ? null : loginOptions;
}

function checkPortals({ text }: CheckedOptions, portals: PortalInput | readonly PortalInput[]): TargetPortal[] {
  const list = Array.isArray(portals) ? elementsOf<PortalInput>('portals', portals) : [portals as PortalInput];
  if (list.length === 0) throw invalidArgument('portals must have at least one', portals);
  const memory = new ArgumentMemory(text);
  const distinct: TargetPortal[] = [];
  for (const input of list) {
    const portal = checkOnePortal('Each of the portals', input);
    memory.struct(TARGET_PORTAL, portal, 'portal');
    if (!distinct.some(each => samePortal(each, portal))) distinct.push(portal);
  }
  return distinct;
}

function withChap({ text }: CheckedOptions, request: ConnectRequest, chap: ConnectChap): ConnectRequest {
  for (const name in chap) {
    // The name of a member could be the secret itself, as in { [secret]: true }.
    if (!Object.hasOwn(CHAP_CHECKS, name)) refuseSecret('A member of chap must be one of username, secret, mutual');
  }
  const { username, secret, mutual } = checkEach<ConnectChap>(chap, CHAP_CHECKS);
  // Before there is a copy of the secret, which would stay if the name is refused.
  const name = username === undefined ? {} : { username: copyOf(checkSecret('username', username)) };
  const bytes = bytesOf(secret);
  const withSecret: ConnectRequest = {
    ...request,
    loginOptions: { ...request.loginOptions, authType: mutual ? 'mutualChap' : 'chap', ...name },
    secret: bytes,
  };
  const memory = new ArgumentMemory(text);
  try {
    memory.struct(LOGIN_OPTIONS, loginOptionsOf(withSecret), 'loginOptions');
  } catch (error) {
    bytes.fill(0);
    throw error;
  } finally {
    memory.wipe();
  }
  return withSecret;
}

function bytesOf(secret: Octets): Uint8Array {
  const checked = checkSecret('secret', secret);
  if (checked.length === 0) throw invalidSecret('secret must not be empty');
  // Not in the pool of Buffer, where nothing is overwritten.
  return typeof checked === 'string'
    ? Uint8Array.from(checked, character => character.charCodeAt(0))
    : Uint8Array.from(checked);
}

/** The caller may change the bytes of a name at once. */
function copyOf(octets: Octets): Octets {
  return typeof octets === 'string' ? octets : Uint8Array.from(octets);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseSecret(rule: string): never {
  throw invalidSecret(rule);
}

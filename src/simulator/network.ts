import { checkOnePortal, type PortalInput, type TargetPortal } from '../api/portals/portal.js';
import { isVolumeName } from '../api/volumes/volume.js';
import { BOOLEAN, type Check, checkMembers, wholeNumber } from '../arguments.js';
import { invalidArgument, invalidSecret } from '../errors.js';
import { MOST_LUN } from '../lun.js';
import { samePortal } from '../portal.js';
import { deepFreeze } from './frozen-copy.js';

/** What there is beyond the simulated machine: targets, and the portals that lead to them. */
export interface SimulatedNetwork {
  /** The targets, each behind its portals. */
  readonly targets: readonly SimulatedTarget[];
  /** Portals that are not like others. Those of targets that are not among them answer at once, and ask for nothing. */
  readonly portals?: readonly SimulatedPortal[] | undefined;
  /** The iSNS servers. Defaults to none. */
  readonly isnsServers?: readonly SimulatedIsnsServer[] | undefined;
}

/** An iSNS server on the simulated network. */
export interface SimulatedIsnsServer {
  /** Its name or address. */
  readonly address: string;
  /** The names of the targets that it tells of. */
  readonly targets: readonly string[];
  /** It does not answer. */
  readonly down?: boolean | undefined;
  /** It takes this many milliseconds to answer, or not to. */
  readonly delayMs?: number | undefined;
}

/** A target on the simulated network. */
export interface SimulatedTarget {
  /** Its name, usually an IQN. */
  readonly targetName: string;
  /** Text that it gives itself. */
  readonly targetAlias?: string | undefined;
  /** Its portals by portal group: the first group has the tag 1. */
  readonly portalGroups: readonly (readonly PortalInput[])[];
  /** What it offers. Defaults to one LUN, 0. */
  readonly luns?: readonly SimulatedLun[] | undefined;
  /** The name and the secret that an initiator must prove. Without it, the target refuses CHAP. */
  readonly chap?: SimulatedChap | undefined;
  /** The secret by which it proves itself to an initiator that asks for mutual CHAP. */
  readonly mutualChap?: Pick<SimulatedChap, 'secret'> | undefined;
  /** The node names of the initiators that it lets in. Defaults to all. */
  readonly allowedInitiators?: readonly string[] | undefined;
  /** How many sessions it takes. Defaults to any number. */
  readonly maximumSessions?: number | undefined;
  /** How many connections a session may have. Defaults to 1. */
  readonly maximumConnections?: number | undefined;
}

/** A name and a secret, both ASCII. */
export interface SimulatedChap {
  /** The CHAP user name. */
  readonly username: string;
  /** The CHAP secret. */
  readonly secret: string;
}

/** A LUN of a simulated target. */
export interface SimulatedLun {
  /** Its number. */
  readonly lun: number;
  /** How many bytes it holds: a multiple of 512, which are one block. Defaults to 1 GiB. */
  readonly sizeBytes?: number | undefined;
  /** Defaults to `example`. */
  readonly vendor?: string | undefined;
  /** Defaults to `disk`. */
  readonly product?: string | undefined;
  /** Defaults to a text that tells it from others. */
  readonly serialNumber?: string | undefined;
  /** The volumes on its disk. Defaults to one. */
  readonly volumes?: readonly SimulatedVolume[] | undefined;
}

/** A volume on the disk of a simulated LUN. */
export interface SimulatedVolume {
  /** Its name, `\\?\Volume{...}\`. Defaults to one of its own. */
  readonly name?: string | undefined;
  /** Its drive letter and mount points, such as `E:\`. Defaults to a letter for the first volume of a disk. */
  readonly paths?: readonly string[] | undefined;
  /** A program has a file open on it: it cannot be locked, and its last session cannot log out. Defaults to false. */
  readonly inUse?: boolean | undefined;
  /** Other LUNs of the target on whose disks it lies as well. Defaults to none. */
  readonly alsoOnLuns?: readonly number[] | undefined;
}

/** A portal that is not like others. */
export interface SimulatedPortal {
  /** Its address. */
  readonly address: string;
  /** Its TCP port. Defaults to 3260. */
  readonly socket?: number | undefined;
  /** It does not answer. */
  readonly down?: boolean | undefined;
  /** It takes this many milliseconds to answer, or not to. */
  readonly delayMs?: number | undefined;
  /** It sends logins to another portal. */
  readonly redirectTo?: PortalInput | undefined;
  /** What an initiator must prove before the portal reports targets. Without it, the portal refuses CHAP. */
  readonly chap?: SimulatedChap | undefined;
}

/** A target with its portals as they are compared. */
export interface Target extends Omit<SimulatedTarget, 'portalGroups' | 'luns'> {
  readonly portalGroups: readonly (readonly TargetPortal[])[];
  readonly luns: readonly SimulatedLun[];
}

interface Portal extends Omit<SimulatedPortal, 'redirectTo'> {
  readonly socket: number;
  readonly redirectTo?: TargetPortal | undefined;
}

const text: Check = ['a string that is not empty', value => typeof value === 'string' && value !== ''];
const array: Check = ['an array', Array.isArray];
const credentials: Check = [
  '',
  value => (typeof value === 'object' && value !== null) || refuseSecret('chap must be an object'),
];
const secret: Check = ['', value => isSecret(value) || refuseSecret('secret must be a string of ASCII characters')];

const NETWORK_CHECKS = { targets: array, portals: array, isnsServers: array };
const TARGET_CHECKS: Readonly<Record<keyof SimulatedTarget, Check>> = {
  targetName: ['a string of 1 to 223 characters', value => typeof value === 'string' && /^.{1,223}$/.test(value)],
  targetAlias: text,
  portalGroups: ['an array of arrays of portals', value => Array.isArray(value) && value.every(Array.isArray)],
  luns: array,
  chap: credentials,
  mutualChap: credentials,
  allowedInitiators: [
    'an array of strings',
    value => Array.isArray(value) && value.every(each => typeof each === 'string'),
  ],
  maximumSessions: wholeNumber(),
  maximumConnections: wholeNumber(0xffff, 1),
};
const CHAP_CHECKS: Readonly<Record<keyof SimulatedChap, Check>> = { username: text, secret };
const BLOCK_LENGTH = 512;
const isSize = (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) > 0 && (value as number) % BLOCK_LENGTH === 0;

const LUN_CHECKS: Readonly<Record<keyof SimulatedLun, Check>> = {
  lun: wholeNumber(MOST_LUN),
  sizeBytes: ['a multiple of 512, and not 0', value => isSize(value)],
  vendor: text,
  product: text,
  serialNumber: text,
  volumes: array,
};
const VOLUME_CHECKS: Readonly<Record<keyof SimulatedVolume, Check>> = {
  name: ['a name of a volume, \\\\?\\Volume{...}\\', value => typeof value === 'string' && isVolumeName(value)],
  paths: [
    'an array of drive letters and mount points, each with a backslash at the end',
    value => Array.isArray(value) && value.every(path => /^[a-z]:\\([^\0]+\\)?$/i.test(path)),
  ],
  inUse: BOOLEAN,
  alsoOnLuns: [
    'an array of numbers of LUNs',
    value => Array.isArray(value) && value.every(lun => Number.isInteger(lun) && lun >= 0 && lun <= MOST_LUN),
  ],
};
const PORTAL_CHECKS: Readonly<Record<keyof SimulatedPortal, Check>> = {
  address: text,
  socket: wholeNumber(65535, 1),
  down: BOOLEAN,
  delayMs: wholeNumber(2 ** 31 - 1),
  redirectTo: ['a portal', value => typeof value === 'string' || typeof value === 'object'],
  chap: credentials,
};

const ISNS_CHECKS: Readonly<Record<keyof SimulatedIsnsServer, Check>> = {
  address: text,
  targets: array,
  down: BOOLEAN,
  delayMs: wholeNumber(2 ** 31 - 1),
};

const ONE_LUN: readonly SimulatedLun[] = [{ lun: 0 }];

/** The simulated network, checked. Names are compared case-insensitively, and addresses in any notation. */
export class Network {
  /** A frozen copy of what it was made of. */
  readonly description: SimulatedNetwork;
  readonly targets: readonly Target[];
  readonly #portals: readonly Portal[];
  readonly #isnsServers: readonly SimulatedIsnsServer[];

  /** Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`. */
  constructor(description: SimulatedNetwork) {
    const { targets, portals = [], isnsServers = [] } = checkMembers('network', description, NETWORK_CHECKS);
    this.targets = deepFreeze(targets.map(checkTarget));
    this.#portals = deepFreeze(portals.map(checkUnusual));
    this.#isnsServers = deepFreeze(isnsServers.map(server => checkMembers('iSNS server', server, ISNS_CHECKS)));
    const names = this.targets.map(({ targetName }) => targetName.toLowerCase());
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined) throw invalidArgument('The names of the targets must differ', twice);
    this.description = deepFreeze(
      structuredClone({ targets: [...targets], portals: [...portals], isnsServers: [...isnsServers] }),
    );
  }

  target(name: string | null): Target | undefined {
    return this.targets.find(({ targetName }) => targetName.toLowerCase() === name?.toLowerCase());
  }

  isnsServer(address: string): SimulatedIsnsServer | undefined {
    return this.#isnsServers.find(server => server.address.toLowerCase() === address.toLowerCase());
  }

  /** The targets that a portal leads to. */
  targetsAt(portal: TargetPortal): Target[] {
    return this.targets.filter(({ portalGroups }) => portalGroups.flat().some(each => samePortal(each, portal)));
  }

  /** What is known of a portal; undefined if nobody answers there. */
  portal(portal: TargetPortal): Portal | undefined {
    const unusual = this.#portals.find(each => samePortal(each, portal));
    if (unusual) return unusual;
    return this.targetsAt(portal).length > 0 ? { address: portal.address, socket: portal.socket } : undefined;
  }
}

function checkTarget(target: SimulatedTarget): Target {
  const {
    portalGroups = [],
    luns = ONE_LUN,
    chap,
    mutualChap,
    ...rest
  } = checkMembers('target', target, TARGET_CHECKS);
  if (rest.targetName === undefined) throw invalidArgument('A target must have a targetName', rest);
  return {
    ...rest,
    portalGroups: portalGroups.map(group => group.map(portal => checkOnePortal('Each portal', portal))),
    luns: luns.map(checkLun),
    ...(chap && { chap: checkMembers('chap', chap, CHAP_CHECKS) }),
    ...(mutualChap && { mutualChap: checkMembers('mutualChap', mutualChap, { secret }) }),
  };
}

function checkLun(lun: SimulatedLun): SimulatedLun {
  const { volumes, ...rest } = checkMembers('LUN', lun, LUN_CHECKS);
  return { ...rest, ...(volumes && { volumes: volumes.map(each => checkMembers('volume', each, VOLUME_CHECKS)) }) };
}

function checkUnusual(portal: SimulatedPortal): Portal {
  const { chap, redirectTo, ...rest } = checkMembers('portal', portal, PORTAL_CHECKS);
  const { address, socket } = checkOnePortal('A portal', { address: rest.address, socket: rest.socket });
  return {
    ...rest,
    address,
    socket,
    ...(redirectTo && { redirectTo: checkOnePortal('redirectTo', redirectTo) }),
    ...(chap && { chap: checkMembers('chap', chap, CHAP_CHECKS) }),
  };
}

function isSecret(value: unknown): boolean {
  return typeof value === 'string' && /^[\x20-\x7e]+$/.test(value);
}

function refuseSecret(rule: string): never {
  throw invalidSecret(rule);
}

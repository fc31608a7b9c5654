import type { ReportedLoginOptions } from '../../api/logins/login-options.js';
import type { TargetPortal } from '../../api/portals/portal.js';
import type { SendTargetPortalEx } from '../../api/portals/send-target-portals.js';
import { TARGET_PORTAL_INFO_EX } from '../../api/portals/send-target-portals.js';
import type { LunMappings } from '../../api/targets/mapping.js';
import type { TargetFlag } from '../../api/targets/static-targets.js';
import { sameName } from '../../api/targets/target-name.js';
import type { Flags } from '../../codec/numbers.js';
import { SUCCESS } from '../../native/status.js';
import { samePortal } from '../../portal.js';
import { INITIATOR_INSTANCE } from '../devices/examples.js';
import { frozenCopy } from '../frozen-copy.js';
import type { Network, Target } from '../network.js';
import { authenticate, type KeptSecret } from '../security/chap.js';
import {
  ISDSC_CONNECTION_FAILED,
  ISDSC_ISNS_SERVER_NOT_FOUND,
  ISDSC_OPERATION_NOT_ALL_SUCCESS,
  ISDSC_PORTAL_NOT_FOUND,
  WSAETIMEDOUT,
} from '../statuses.js';
import { passTime } from '../wait.js';

/** What a portal reports about a target. */
type ToldTarget = Pick<Target, 'targetName' | 'targetAlias' | 'portalGroups'>;

/** A registered portal, and the targets that it reported when it was asked last. */
export interface RegisteredPortal {
  readonly entry: SendTargetPortalEx;
  readonly password: KeptSecret | null;
  readonly told: readonly ToldTarget[];
}

/** A registered iSNS server, and what it told of targets when it was asked last. */
export interface RegisteredServer {
  readonly address: string;
  readonly told: readonly ToldTarget[];
}

/** A target that somebody has entered. */
export interface StaticTarget {
  readonly targetName: string;
  readonly targetAlias: string;
  readonly targetFlags: Flags<TargetFlag>;
  readonly persist: boolean;
  readonly mappings: LunMappings | null;
  readonly loginOptions: ReportedLoginOptions | null;
  readonly portals: readonly TargetPortal[];
}

/** One way in which a target is known. */
export interface KnownTarget {
  readonly targetName: string;
  readonly targetAlias: string;
  readonly mechanism: string;
  /** The HBA instance that found it. */
  readonly initiatorName: string;
  readonly portalGroups: readonly (readonly TargetPortal[])[];
  readonly targetFlags: Flags<TargetFlag>;
  readonly mappings: LunMappings | null;
  readonly loginOptions: ReportedLoginOptions | null;
  readonly isHidden: boolean;
}

/** What is known, as it is kept between processes. */
export interface KeptDiscovery {
  readonly registered: readonly RegisteredPortal[];
  readonly left: readonly RegisteredPortal[];
  readonly staticTargets: readonly StaticTarget[];
  readonly servers: readonly RegisteredServer[];
  readonly leftServers: readonly RegisteredServer[];
}

/** Which registered portal is meant. */
export interface WhichPortal {
  readonly initiatorName: string;
  readonly initiatorPortNumber: number;
  readonly portal: TargetPortal;
}

/** What discovery needs to know of the machine. */
export interface Machine {
  readonly network: Network;
  readonly nodeName: string;
  readonly machineSecret: KeptSecret | null;
}

// No real sample of the text for a static target was found.
const STATIC_MECHANISM = 'Static Target ';

/** The portals that are asked for targets, and the targets that are known. */
export class Discovery {
  readonly #machine: Machine;
  #registered: readonly RegisteredPortal[] = [];
  #static: readonly StaticTarget[] = [];
  #servers: readonly RegisteredServer[] = [];
  /** What removed portals have told: it stays until the list is refreshed. */
  #left: readonly RegisteredPortal[] = [];
  /** The same of removed iSNS servers. */
  #leftServers: readonly RegisteredServer[] = [];

  constructor(machine: Machine, portals: readonly SendTargetPortalEx[]) {
    this.#machine = machine;
    this.#register(portals);
  }

  get portals(): readonly SendTargetPortalEx[] {
    return this.#registered.map(({ entry }) => entry);
  }

  /** Portals whose targets are known, whether they answer now or not. */
  set portals(portals: readonly SendTargetPortalEx[]) {
    this.#register(frozenCopy(TARGET_PORTAL_INFO_EX, portals, 'sendTargetPortals') as readonly SendTargetPortalEx[]);
  }

  #register(portals: readonly SendTargetPortalEx[]): void {
    this.#left = [];
    this.#registered = portals.map(entry => ({
      entry,
      password: null,
      told: told(this.#machine.network.targetsAt(entry)),
    }));
  }

  get staticTargets(): readonly StaticTarget[] {
    return this.#static;
  }

  get kept(): KeptDiscovery {
    return {
      registered: this.#registered,
      left: this.#left,
      staticTargets: this.#static,
      servers: this.#servers,
      leftServers: this.#leftServers,
    };
  }

  restore({ registered, left, staticTargets, servers, leftServers }: KeptDiscovery): void {
    const copies = frozenCopy(
      TARGET_PORTAL_INFO_EX,
      registered.map(({ entry }) => entry),
      'sendTargetPortals',
    ) as readonly SendTargetPortalEx[];
    this.#registered = copies.map((entry, index) => ({ ...(registered[index] as RegisteredPortal), entry }));
    this.#left = left.map(each => ({ ...each }));
    this.#static = staticTargets.map(each => ({ ...each }));
    this.#servers = servers.map(each => ({ ...each }));
    this.#leftServers = leftServers.map(each => ({ ...each }));
    // Whatever cannot be listed is no state.
    this.known();
  }

  /** Registers a portal, and asks it. It stays if it does not answer. */
  add(entry: SendTargetPortalEx, password: KeptSecret | null): number {
    const which = { ...entry, portal: entry };
    const same = this.#find(which);
    this.#left = this.#left.filter(each => !samePortal(each.entry, entry));
    this.#registered = [...this.#registered.filter(each => each !== same), { entry, password, told: same?.told ?? [] }];
    return this.refresh(which);
  }

  remove(which: WhichPortal): number {
    const found = this.#find(which);
    if (found === undefined) return ISDSC_PORTAL_NOT_FOUND;
    this.#registered = this.#registered.filter(each => each !== found);
    // The secret goes with the portal.
    this.#left = [...this.#left.filter(({ entry }) => !samePortal(entry, found.entry)), { ...found, password: null }];
    return SUCCESS;
  }

  refresh(which: WhichPortal): number {
    const found = this.#find(which);
    return found === undefined ? ISDSC_PORTAL_NOT_FOUND : this.#ask(found);
  }

  /** Asks every portal. */
  refreshAll(): number {
    this.#left = [];
    this.#leftServers = [];
    const statuses = [
      ...this.#registered.map(each => this.#ask(each)),
      ...this.#servers.map(each => this.#askServer(each)),
    ];
    return statuses.every(status => status === SUCCESS) ? SUCCESS : ISDSC_OPERATION_NOT_ALL_SUCCESS;
  }

  addStatic(target: StaticTarget): void {
    this.#static = [...this.#static.filter(each => !sameName(each.targetName, target.targetName)), target];
  }

  removeStatic(name: string): boolean {
    const left = this.#static.filter(({ targetName }) => !sameName(targetName, name));
    const isFound = left.length < this.#static.length;
    this.#static = left;
    return isFound;
  }

  get isnsServers(): readonly string[] {
    return this.#servers.map(({ address }) => address);
  }

  /** Registers an iSNS server, and asks it. It stays if it does not answer. */
  addIsns(address: string): number {
    const server = this.#servers.find(each => sameName(each.address, address)) ?? { address, told: [] };
    this.#servers = [...this.#servers.filter(each => each !== server), server];
    return this.#askServer(server);
  }

  /** What it has told stays. */
  removeIsns(address: string): number {
    const found = this.#servers.find(each => sameName(each.address, address));
    if (found === undefined) return ISDSC_ISNS_SERVER_NOT_FOUND;
    this.#servers = this.#servers.filter(each => each !== found);
    this.#leftServers = [...this.#leftServers, found];
    return SUCCESS;
  }

  /** Asks one server, or all for null. */
  refreshIsns(address: string | null): number {
    const servers = this.#servers.filter(each => address === null || sameName(each.address, address));
    if (servers.length === 0 && address !== null) return ISDSC_ISNS_SERVER_NOT_FOUND;
    return servers.map(each => this.#askServer(each)).find(status => status !== SUCCESS) ?? SUCCESS;
  }

  /** The service starts again: it forgets what it was not told to keep, and asks the portals. */
  restart(): void {
    this.#static = this.#static.filter(({ persist }) => persist);
    this.#registered = this.#registered.map(each => ({ ...each, told: [] }));
    this.#servers = this.#servers.map(each => ({ ...each, told: [] }));
    this.refreshAll();
  }

  /** The ways in which a target is known, all targets' without a name. */
  known(name?: string): KnownTarget[] {
    const byPortals = [...this.#registered, ...this.#left].flatMap(({ entry, told: targets }) =>
      targets.map(target => knownBy(mechanismOf(entry), entry.initiatorName, target)),
    );
    const byServers = [...this.#servers, ...this.#leftServers].flatMap(({ address, told: targets }) =>
      targets.map(target => knownBy(`iSNS:${address} `, '', target)),
    );
    const all = [...byPortals, ...byServers, ...this.#static.map(knownStatic)];
    return name === undefined ? all : all.filter(({ targetName }) => sameName(targetName, name));
  }

  #ask(registered: RegisteredPortal): number {
    const { network, ...ends } = this.#machine;
    const { entry, password } = registered;
    const found = network.portal(entry);
    passTime(found?.delayMs);
    if (found === undefined || found.down) return ISDSC_CONNECTION_FAILED;
    const status = authenticate(
      { options: entry.loginOptions, password },
      { nodeName: ends.nodeName, machineSecret: ends.machineSecret, chap: found.chap },
    );
    if (status !== SUCCESS) return status;
    const asked = { ...registered, told: told(network.targetsAt(entry)) };
    this.#registered = this.#registered.map(each => (each === registered ? asked : each));
    return SUCCESS;
  }

  #askServer(server: RegisteredServer): number {
    const { network } = this.#machine;
    const found = network.isnsServer(server.address);
    passTime(found?.delayMs);
    if (found === undefined || found.down) return WSAETIMEDOUT;
    const asked = { ...server, told: told(found.targets.flatMap(name => network.target(name) ?? [])) };
    this.#servers = this.#servers.map(each => (each.address === server.address ? asked : each));
    return SUCCESS;
  }

  #find({ initiatorName, initiatorPortNumber, portal }: WhichPortal): RegisteredPortal | undefined {
    return this.#registered.find(
      ({ entry }) =>
        samePortal(entry, portal) &&
        sameName(entry.initiatorName, initiatorName) &&
        entry.initiatorPortNumber === initiatorPortNumber,
    );
  }
}

// Not the secrets, nor what else a target does not tell.
function told(targets: readonly Target[]): ToldTarget[] {
  return targets.map(({ targetName, targetAlias, portalGroups }) => ({ targetName, targetAlias, portalGroups }));
}

// In one line, with the port in seven digits, and with a blank at the end: as Windows has it.
function mechanismOf({ address, socket, initiatorName }: SendTargetPortalEx): string {
  return `SendTargets:*${address} ${String(socket).padStart(7, '0')} ${initiatorName || INITIATOR_INSTANCE} `;
}

function knownBy(mechanism: string, initiatorName: string, target: ToldTarget): KnownTarget {
  return {
    targetName: target.targetName,
    targetAlias: target.targetAlias ?? '',
    mechanism,
    initiatorName: initiatorName || INITIATOR_INSTANCE,
    portalGroups: target.portalGroups,
    targetFlags: [],
    mappings: null,
    loginOptions: null,
    isHidden: false,
  };
}

function knownStatic({ portals, ...target }: StaticTarget): KnownTarget {
  return {
    ...target,
    mechanism: STATIC_MECHANISM,
    initiatorName: '',
    portalGroups: portals.length === 0 ? [] : [portals],
    isHidden: target.targetFlags.includes('hideStaticTarget'),
  };
}

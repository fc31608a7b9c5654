import { DEVICE_ON_SESSION, type DeviceOnSession } from '../api/devices/device.js';
import type { PersistentLogin } from '../api/logins/persistent-logins.js';
import type { SessionInfoEx } from '../api/sessions/negotiated-session.js';
import type { TargetMapping } from '../api/targets/mapping.js';
import { sameName } from '../api/targets/target-name.js';
import type { SessionInfo } from '../codec/session-list.js';
import { type TextForm, WIDE } from '../codec/sink.js';
import { formatUniqueId, parseUniqueId } from '../codec/unique-id.js';
import { invalidArgument } from '../errors.js';
import { SUCCESS } from '../native/status.js';
import { type Behaviour, checkBehaviour } from './behaviour.js';
import { CodePage } from './code-page.js';
import { INITIATOR_INSTANCE } from './devices/examples.js';
import { deepFreeze, frozenCopy } from './frozen-copy.js';
import { type LoginRequest, Logins, type Reached, type SavedLogin } from './logins/logins.js';
import { Network } from './network.js';
import { DEFAULT_NETWORK, defaultLogins, defaultPortals } from './network-examples.js';
import { Discovery, type KeptDiscovery } from './portals/discovery.js';
import type { StoredKey } from './security/answers.js';
import type { KeptSecret } from './security/chap.js';
import { type KeptService, Service } from './service/service.js';
import { exampleSessions } from './sessions/examples.js';
import { type NextIds, newConnection, newSession } from './sessions/new-session.js';
import { type KeptSessions, SessionTable } from './sessions/session-table.js';
import { ERROR_ACCESS_DENIED, ISDSC_SERVICE_NOT_RUNNING } from './statuses.js';
import { inNoTime } from './wait.js';
import { Handles } from './windows/handles.js';

type Devices = Readonly<Record<string, readonly DeviceOnSession[]>>;

/** What of the state is kept between processes. */
export interface KeptState {
  readonly sessions: KeptSessions;
  readonly discovery: KeptDiscovery;
  readonly logins: readonly SavedLogin[];
  readonly machineSecret: KeptSecret | null;
  readonly nextIds: NextIds;
  readonly nodeName: string | null;
  readonly radiusServers: readonly string[];
  readonly persistentDevices: readonly string[];
  readonly storedKeys: readonly (readonly [name: string, key: StoredKey])[];
  /** Missing in files of versions before it. */
  readonly service?: KeptService;
}

/** The state of the simulated initiator. */
export class InitiatorState {
  readonly wide: TextForm = WIDE;
  readonly ansi: TextForm;
  readonly codePage: CodePage;
  readonly names = [INITIATOR_INSTANCE];
  readonly version = { majorVersion: 10, minorVersion: 0, buildNumber: 20348 };
  #network = new Network(DEFAULT_NETWORK);
  readonly table = new SessionTable(() => this.network);
  readonly discovery = new Discovery(this, deepFreeze(defaultPortals()));
  readonly logins = new Logins(this, deepFreeze(defaultLogins()));
  readonly nextIds: NextIds = { session: 1, connection: 1 };
  readonly handles = new Handles();
  isElevated = true;
  readonly service = new Service(() => inNoTime(() => this.#start()));
  /** The secret by which targets prove themselves, for mutual CHAP. */
  machineSecret: KeptSecret | null = null;
  radiusServers: readonly string[] = [];
  persistentDevices: readonly string[] = [];
  readonly storedKeys = new Map<string, StoredKey>();
  #nodeName: string | null = null;
  #devices: Devices | undefined;
  #behaviour: Behaviour = Object.freeze({});
  #counts: Record<'grow' | 'deviceBusy' | 'veto', number> = { grow: 0, deviceBusy: 0, veto: 0 };

  constructor(codePage: number) {
    const page = new CodePage(codePage);
    this.codePage = page;
    this.ansi = { form: 'A', unit: 1, encode: text => page.encode(text) };
  }

  get network(): Network {
    return this.#network;
  }

  set network(network: Network) {
    this.#network = network;
    this.table.refresh();
  }

  /** The node name that was set, or that the sessions were made with. */
  get nodeName(): string {
    if (this.#nodeName !== null) return this.#nodeName;
    const [name] = this.table.all.flatMap(({ initiatorName }) => initiatorName ?? []);
    return name ?? 'iqn.1991-05.com.microsoft:host.example';
  }

  /** Null for the default. */
  setNodeName(name: string | null): void {
    this.#nodeName = name;
  }

  get sessions(): readonly SessionInfo[] {
    return this.table.all;
  }

  set sessions(sessions: readonly SessionInfo[]) {
    this.table.all = sessions;
  }

  /** The devices by session id: those that were set, else the disks of each session that is connected. */
  get devices(): Devices {
    return (
      this.#devices ??
      Object.freeze(Object.fromEntries(this.sessions.map(session => [session.sessionId, this.table.disksOf(session)])))
    );
  }

  set devices(devices: Devices) {
    if (Object(devices) !== devices) throw invalidArgument('The devices must be an object of arrays', devices);
    const lists = Object.entries(devices).map(([id, list]) => [
      formatUniqueId(parseUniqueId(id)),
      frozenCopy(DEVICE_ON_SESSION, list, 'devices'),
    ]);
    const byId = Object.fromEntries(lists);
    if (Object.keys(byId).length < lists.length) {
      throw invalidArgument('The devices of a session must be under one id', Object.keys(devices));
    }
    this.#devices = Object.freeze(byId);
  }

  get behaviour(): Behaviour {
    return this.#behaviour;
  }

  set behaviour(behaviour: Behaviour) {
    this.#behaviour = checkBehaviour(behaviour);
    this.#counts = { grow: 0, deviceBusy: 0, veto: 0 };
  }

  get parameters(): SessionInfoEx[] {
    return this.sessions.map(session => this.table.parametersOf(session));
  }

  get mappings(): TargetMapping[] {
    return this.sessions.map(session => this.table.mappingOf(session, this.devicesOf(session.sessionId) ?? []));
  }

  /** The devices of a session, undefined where there is no such session. */
  devicesOf(sessionId: string): readonly DeviceOnSession[] | undefined {
    const session = this.table.find(sessionId);
    if (session === undefined) return undefined;
    if (this.table.ageOf(session) < (this.#behaviour.devicesAfterMs ?? 0)) return [];
    return this.#devices ? (this.#devices[sessionId] ?? []) : this.table.disksOf(session);
  }

  /** Whether there is an HBA instance of that name. An empty one stands for any. */
  hasInstance(name: string): boolean {
    return name === '' || this.names.some(each => sameName(each, name));
  }

  sessionsOf(targetName: string): number {
    return this.sessions.filter(session =>
      [session.targetName, session.targetNodeName].some(name => name !== null && sameName(name, targetName)),
    ).length;
  }

  /** Makes the session of a login that has reached its target. */
  open({ isInformationalSession, options }: LoginRequest, { target, portal }: Reached): SessionInfo {
    const session = newSession(target.targetName, this.nodeName, portal, this.nextIds);
    const { authType = 'none', headerDigest = 'none', dataDigest = 'none' } = options;
    const type = isInformationalSession ? 'informational' : 'data';
    this.table.add(session, { type, authType, headerDigest, dataDigest });
    return session;
  }

  /** Adds the connection that has reached the target of a session. */
  connect(session: SessionInfo, { portal }: Reached): string {
    const connection = newConnection(portal, session.connections.length + 1, this.nextIds);
    this.table.change({ ...session, connections: [...session.connections, connection] });
    return connection.connectionId;
  }

  /** The status with which every function of iscsidsc.dll is refused, or 0. */
  get refusal(): number {
    if (!this.service.isRunning) return ISDSC_SERVICE_NOT_RUNNING;
    return this.isElevated ? SUCCESS : ERROR_ACCESS_DENIED;
  }

  /** Whether this is still one of the first calls, as many as the behaviour says. */
  passes(which: 'deviceBusy' | 'veto'): boolean {
    return this.#counts[which]++ < (this.#behaviour[which] ?? 0);
  }

  logout(sessionId: string): void {
    this.table.remove(sessionId);
  }

  get kept(): KeptState {
    const { machineSecret, nextIds, radiusServers, persistentDevices } = this;
    return {
      sessions: this.table.kept,
      discovery: this.discovery.kept,
      logins: this.logins.saved,
      machineSecret,
      nextIds,
      nodeName: this.#nodeName,
      radiusServers,
      persistentDevices,
      storedKeys: [...this.storedKeys],
      service: this.service.kept,
    };
  }

  restore(kept: KeptState): void {
    this.table.restore(kept.sessions);
    this.discovery.restore(kept.discovery);
    this.logins.restore(kept.logins);
    this.machineSecret = kept.machineSecret;
    Object.assign(this.nextIds, kept.nextIds);
    this.#nodeName = kept.nodeName;
    this.radiusServers = kept.radiusServers;
    this.persistentDevices = kept.persistentDevices;
    this.storedKeys.clear();
    for (const [name, key] of kept.storedKeys) this.storedKeys.set(name, key);
    if (kept.service) this.service.restore(kept.service);
  }

  /** Windows starts again: sessions end. The saved logins are made when the service runs. */
  restart(): void {
    this.sessions = [];
    this.service.restart();
  }

  #start(): void {
    this.discovery.restart();
    for (const [name, { persist }] of this.storedKeys) if (!persist) this.storedKeys.delete(name);
    for (const { entry, password } of this.logins.saved) {
      const request = { ...loginOf(entry), password };
      const reached = this.logins.tryLogin(request);
      if (typeof reached !== 'number') this.open(request, reached);
    }
  }

  /** What happens between two calls. */
  grow(): void {
    const { grow = 0, growTimes = Number.POSITIVE_INFINITY } = this.#behaviour;
    if (grow === 0 || this.#counts.grow >= growTimes) return;
    this.#counts.grow++;
    const grown: SessionInfo[] = [];
    for (let first = this.sessions.length; grown.length < grow; first++) {
      grown.push(...exampleSessions(1, { first }).filter(({ sessionId }) => !this.table.has(sessionId)));
    }
    this.sessions = [...this.sessions, ...grown];
  }
}

function loginOf({ targetName, isInformationalSession, targetPortal, loginOptions }: PersistentLogin) {
  return { targetName, isInformationalSession, portal: targetPortal, options: loginOptions };
}

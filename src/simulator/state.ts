import { DEVICE_ON_SESSION, type DeviceOnSession } from '../api/devices/device.js';
import type { SessionInfoEx } from '../api/sessions/negotiated-session.js';
import type { TargetMapping } from '../api/targets/mapping.js';
import { SESSION_INFO, type SessionInfo } from '../codec/session-list.js';
import { type TextForm, WIDE } from '../codec/sink.js';
import { formatUniqueId, parseUniqueId } from '../codec/unique-id.js';
import { invalidArgument } from '../errors.js';
import { type Behaviour, checkBehaviour } from './behaviour.js';
import { CodePage } from './code-page.js';
import { disksOf, INITIATOR_INSTANCE } from './devices/examples.js';
import { deepFreeze, frozenCopy } from './frozen-copy.js';
import { defaultSessions, exampleSessions } from './sessions/examples.js';
import { exampleMapping, exampleParameters } from './sessions/negotiated.js';

type Devices = Readonly<Record<string, readonly DeviceOnSession[]>>;

/** What is known of a session besides what the list says. */
interface Login {
  /** A session keeps its disks when others go: they are numbered by this. */
  readonly index: number;
  /** Milliseconds since the process started. */
  readonly time: number;
}

/** The state of the simulated initiator. */
export class InitiatorState {
  readonly wide: TextForm = WIDE;
  readonly ansi: TextForm;
  readonly codePage: CodePage;
  readonly names = [INITIATOR_INSTANCE];
  readonly version = { majorVersion: 10, minorVersion: 0, buildNumber: 20348 };
  #sessions: readonly SessionInfo[] = [];
  #logins = new Map<string, Login>();
  #devices: Devices | undefined;
  #behaviour: Behaviour = Object.freeze({});
  #counts: Record<'grow' | 'deviceBusy' | 'veto', number> = { grow: 0, deviceBusy: 0, veto: 0 };

  constructor(codePage: number) {
    const page = new CodePage(codePage);
    this.codePage = page;
    this.ansi = { form: 'A', unit: 1, encode: text => page.encode(text) };
    this.#sessions = deepFreeze(defaultSessions());
    this.#logins = this.#loginsOf(this.#sessions.map(({ sessionId }) => sessionId));
  }

  /** The node name that the sessions were made with. */
  get nodeName(): string {
    const [name] = this.#sessions.flatMap(({ initiatorName }) => initiatorName ?? []);
    return name ?? 'iqn.1991-05.com.microsoft:host.example';
  }

  get sessions(): readonly SessionInfo[] {
    return this.#sessions;
  }

  set sessions(sessions: readonly SessionInfo[]) {
    const copies = frozenCopy(SESSION_INFO, sessions, 'sessions');
    const ids = copies.map(({ sessionId }) => sessionId);
    const seen = new Set<string>();
    const twice = ids.find(id => seen.size === seen.add(id).size);
    if (twice !== undefined) throw invalidArgument('The ids of the sessions must differ', twice);
    this.#sessions = copies;
    this.#logins = this.#loginsOf(ids);
  }

  /** The devices by session id: those that were set, else a disk for each session that is connected. */
  get devices(): Devices {
    return (
      this.#devices ??
      Object.freeze(Object.fromEntries(this.#sessions.map(session => [session.sessionId, this.#disks(session)])))
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
    return this.#sessions.map(session => exampleParameters(session, this.#login(session).index));
  }

  get mappings(): TargetMapping[] {
    return this.#sessions.map(session =>
      exampleMapping(session, this.#login(session).index, this.devicesOf(session.sessionId) ?? []),
    );
  }

  /** The devices of a session, undefined where there is no such session. */
  devicesOf(sessionId: string): readonly DeviceOnSession[] | undefined {
    const session = this.#sessions.find(({ sessionId: id }) => id === sessionId);
    if (session === undefined) return undefined;
    const { devicesAfterMs = 0 } = this.#behaviour;
    if (now() - this.#login(session).time < devicesAfterMs) return [];
    return this.#devices ? (this.#devices[sessionId] ?? []) : this.#disks(session);
  }

  /** Whether this is still one of the first calls, as many as the behaviour says. */
  passes(which: 'deviceBusy' | 'veto'): boolean {
    return this.#counts[which]++ < (this.#behaviour[which] ?? 0);
  }

  logout(sessionId: string): void {
    this.sessions = this.#sessions.filter(session => session.sessionId !== sessionId);
  }

  /** What happens between two calls. */
  grow(): void {
    const { grow = 0, growTimes = Number.POSITIVE_INFINITY } = this.#behaviour;
    if (grow === 0 || this.#counts.grow >= growTimes) return;
    this.#counts.grow++;
    const grown: SessionInfo[] = [];
    for (let first = this.#sessions.length; grown.length < grow; first++) {
      grown.push(...exampleSessions(1, { first }).filter(({ sessionId }) => !this.#logins.has(sessionId)));
    }
    this.sessions = [...this.#sessions, ...grown];
  }

  #disks(session: SessionInfo): readonly DeviceOnSession[] {
    if (session.connections.length === 0) return [];
    return frozenCopy(DEVICE_ON_SESSION, disksOf(session, this.#login(session).index, 1), 'devices');
  }

  #login({ sessionId }: SessionInfo): Login {
    return this.#logins.get(sessionId) as Login;
  }

  /** A session that is there already keeps what is known of it; a new one takes the lowest free index. */
  #loginsOf(ids: readonly string[]): Map<string, Login> {
    const known = ids.flatMap(id => this.#logins.get(id) ?? []);
    const taken = new Set(known.map(({ index }) => index));
    const time = now();
    let free = 0;
    return new Map(
      ids.map(id => {
        while (taken.has(free)) free++;
        const login = this.#logins.get(id) ?? { index: free++, time };
        return [id, login];
      }),
    );
  }
}

// Not `performance`, which loads a module that the command line does without.
function now(): number {
  return process.uptime() * 1000;
}

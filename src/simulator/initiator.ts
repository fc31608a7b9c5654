import type { DeviceOnSession } from '../codec/device-list.js';
import type { SessionInfo } from '../codec/session-list.js';
import type { SessionInfoEx } from '../codec/session-list-ex.js';
import type { TargetMapping } from '../codec/target-mappings.js';
import { invalidArgument } from '../errors.js';
import { type Behaviour, checkBehaviour } from './behaviour.js';
import { CodePage } from './code-page.js';
import { deviceImage } from './device-image.js';
import { disksOf, INITIATOR_INSTANCE } from './example-devices.js';
import { exampleMapping, exampleParameters } from './example-parameters.js';
import { defaultSessions, exampleSessions } from './example-sessions.js';
import type { TextForm } from './image-builder.js';
import { sessionImage } from './session-image.js';

type Devices = Record<string, DeviceOnSession[]>;

/** The state of the simulated initiator. */
export class Initiator {
  readonly wide: TextForm = { form: 'W', unit: 2, encode: text => Buffer.from(text, 'utf16le') };
  readonly ansi: TextForm;
  readonly codePage: CodePage;
  readonly names = [INITIATOR_INSTANCE];
  readonly version = { majorVersion: 10, minorVersion: 0, buildNumber: 20348 };
  #sessions: SessionInfo[] = [];
  #devices: Devices | undefined;
  /** The index that a session had when it came: it keeps its disks when others go. */
  readonly #indexes = new Map<string, number>();
  #behaviour: Behaviour = {};
  #counts: Record<'grow' | 'deviceBusy' | 'veto', number> = { grow: 0, deviceBusy: 0, veto: 0 };
  #firstCall: number | undefined;

  constructor(codePage: number) {
    const page = new CodePage(codePage);
    this.codePage = page;
    this.ansi = { form: 'A', unit: 1, encode: text => page.encode(text) };
    this.#sessions = defaultSessions();
  }

  /** The one that its sessions have been made with. */
  get nodeName(): string {
    const [name] = this.#sessions.flatMap(({ initiatorName }) => initiatorName ?? []);
    return name ?? 'iqn.1991-05.com.microsoft:host.example';
  }

  get sessions(): SessionInfo[] {
    return this.#sessions;
  }

  set sessions(sessions: SessionInfo[]) {
    sessionImage(sessions, this.wide);
    this.#sessions = sessions;
    this.#indexes.clear();
  }

  /** The devices by session id: those that were set, else a disk for each session that is connected. */
  get devices(): Devices {
    return (
      this.#devices ?? Object.fromEntries(this.#sessions.map(session => [session.sessionId, this.#disks(session)]))
    );
  }

  set devices(devices: Devices) {
    if (Object(devices) !== devices) throw invalidArgument('The devices must be an object of arrays', devices);
    for (const list of Object.values(devices)) deviceImage(list, this.wide);
    this.#devices = devices;
  }

  get behaviour(): Behaviour {
    return this.#behaviour;
  }

  set behaviour(behaviour: Behaviour) {
    this.#behaviour = checkBehaviour(behaviour);
    this.#counts = { grow: 0, deviceBusy: 0, veto: 0 };
    this.#firstCall = undefined;
  }

  get parameters(): SessionInfoEx[] {
    return this.#sessions.map(session => exampleParameters(session, this.#indexOf(session)));
  }

  get mappings(): TargetMapping[] {
    return this.#sessions.map(session =>
      exampleMapping(session, this.#indexOf(session), this.devicesOf(session.sessionId) ?? []),
    );
  }

  /** A call of any export has come. */
  called(): void {
    this.#firstCall ??= performance.now();
  }

  /** The devices of a session, undefined where there is no such session. */
  devicesOf(sessionId: string): DeviceOnSession[] | undefined {
    const session = this.#sessions.find(({ sessionId: id }) => id === sessionId);
    if (session === undefined) return undefined;
    const { devicesAfterMs = 0 } = this.#behaviour;
    if (performance.now() - (this.#firstCall ?? 0) < devicesAfterMs) return [];
    return this.#devices ? (this.#devices[sessionId] ?? []) : this.#disks(session);
  }

  /** Whether this is still one of the first calls, as many as the behaviour says. */
  passes(which: 'deviceBusy' | 'veto'): boolean {
    return this.#counts[which]++ < (this.#behaviour[which] ?? 0);
  }

  logout(sessionId: string): void {
    const index = this.#sessions.findIndex(session => session.sessionId === sessionId);
    // Every session keeps the index that it has now.
    for (const session of this.#sessions) this.#indexOf(session);
    this.#sessions.splice(index, 1);
  }

  /** What happens between two calls. */
  grow(): void {
    const { grow = 0, growTimes = Number.POSITIVE_INFINITY } = this.#behaviour;
    if (grow === 0 || this.#counts.grow >= growTimes) return;
    this.#counts.grow++;
    this.#sessions.push(...exampleSessions(grow, { first: this.#sessions.length }));
  }

  #disks(session: SessionInfo): DeviceOnSession[] {
    return session.connections.length > 0 ? disksOf(session, this.#indexOf(session), 1) : [];
  }

  #indexOf({ sessionId }: SessionInfo): number {
    if (!this.#indexes.has(sessionId)) {
      for (const session of this.#sessions) {
        if (!this.#indexes.has(session.sessionId)) this.#indexes.set(session.sessionId, this.#indexes.size);
      }
    }
    return this.#indexes.get(sessionId) ?? 0;
  }
}

import { DEVICE_ON_SESSION, type DeviceOnSession } from '../../api/devices/device.js';
import type { SessionInfoEx } from '../../api/sessions/negotiated-session.js';
import type { TargetMapping } from '../../api/targets/mapping.js';
import { SESSION_INFO, type SessionInfo } from '../../codec/session-list.js';
import { invalidArgument } from '../../errors.js';
import { diskOf } from '../devices/examples.js';
import { deepFreeze, frozenCopy } from '../frozen-copy.js';
import type { Network, SimulatedLun } from '../network.js';
import { defaultSessions } from './examples.js';
import { exampleMapping, exampleParameters, type Negotiation, osLuns } from './negotiated.js';

/** What is known of a session besides what the list says. */
interface Login extends Negotiation {
  /** The number of its target on the bus. */
  readonly index: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** The table as it is kept between processes. */
export interface KeptSessions {
  readonly sessions: readonly SessionInfo[];
  readonly logins: readonly (readonly [sessionId: string, login: Login])[];
  readonly numbers: readonly (readonly [disk: string, number: number])[];
}

const ONE_LUN: readonly SimulatedLun[] = [{ lun: 0 }];

/** The sessions of the simulated machine, and their disks. */
export class SessionTable {
  readonly #network: () => Network;
  #sessions: readonly SessionInfo[];
  #logins: ReadonlyMap<string, Login> = new Map();
  /** The numbers of the disks, by target and LUN: sessions with one target have the same disks. */
  #numbers: ReadonlyMap<string, number> = new Map();

  constructor(network: () => Network) {
    this.#network = network;
    this.#sessions = deepFreeze(defaultSessions());
    this.#update(new Map(), true);
  }

  get kept(): KeptSessions {
    return { sessions: this.#sessions, logins: [...this.#logins], numbers: [...this.#numbers] };
  }

  restore({ sessions, logins, numbers }: KeptSessions): void {
    this.#logins = new Map(logins);
    this.#numbers = new Map(numbers);
    this.#sessions = copiesOf(sessions);
    this.#update(new Map(), false);
  }

  get all(): readonly SessionInfo[] {
    return this.#sessions;
  }

  set all(sessions: readonly SessionInfo[]) {
    this.#replace(sessions, new Map());
  }

  find(sessionId: string): SessionInfo | undefined {
    return this.#sessions.find(session => session.sessionId === sessionId);
  }

  /** Adds a session that has logged in. */
  add(session: SessionInfo, negotiation: Negotiation): void {
    this.#replace([...this.#sessions, session], new Map([[session.sessionId, negotiation]]));
  }

  /** Puts a session in place of the one with its id. */
  change(session: SessionInfo): void {
    this.all = this.#sessions.map(each => (each.sessionId === session.sessionId ? session : each));
  }

  remove(sessionId: string): void {
    this.all = this.#sessions.filter(session => session.sessionId !== sessionId);
  }

  /** The LUNs of the targets have changed: a new one becomes a disk with the next scan. */
  refresh(): void {
    this.#update(new Map(), false);
  }

  /** Looks for new LUNs. */
  rescan(): void {
    this.#update(new Map(), true);
  }

  has(sessionId: string): boolean {
    return this.#logins.has(sessionId);
  }

  /** Milliseconds since a session has logged in. */
  ageOf({ sessionId }: SessionInfo): number {
    return Date.now() - this.#login(sessionId).time;
  }

  parametersOf(session: SessionInfo): SessionInfoEx {
    const { index, ...negotiation } = this.#login(session.sessionId);
    return exampleParameters(session, index, negotiation);
  }

  mappingOf(session: SessionInfo, devices: readonly DeviceOnSession[]): TargetMapping {
    return exampleMapping(session, this.#login(session.sessionId).index, { devices, luns: this.lunsOf(session) });
  }

  /** The LUNs of the target of a session. */
  lunsOf({ targetName, targetNodeName }: SessionInfo): readonly SimulatedLun[] {
    return this.#network().target(targetNodeName ?? targetName)?.luns ?? ONE_LUN;
  }

  /** The disks of a session: none while it has no connection, or if it is informational. */
  disksOf(session: SessionInfo): readonly DeviceOnSession[] {
    if (session.connections.length === 0 || this.#isInformational(session)) return [];
    const { index: targetId } = this.#login(session.sessionId);
    const paths = this.#sessions.filter(each => diskOwner(each) === diskOwner(session) && !this.#isInformational(each));
    const isMultipath = paths.length > 1;
    const luns = this.lunsOf(session);
    const inWindows = osLuns(luns);
    const disks = luns.flatMap(({ lun, vendor, product }) => {
      const number = this.diskNumberOf(session, lun);
      const osLun = inWindows.get(lun) ?? lun;
      return number === undefined
        ? []
        : diskOf(session, { targetId, lun: osLun, number, vendor, product, isMultipath });
    });
    return frozenCopy(DEVICE_ON_SESSION, disks, 'devices');
  }

  /** The number of the disk of a LUN; undefined where Windows has not found it yet. */
  diskNumberOf(session: SessionInfo, lun: number): number | undefined {
    return this.#numbers.get(diskKey(session, lun));
  }

  #isInformational({ sessionId }: SessionInfo): boolean {
    return this.#logins.get(sessionId)?.type === 'informational';
  }

  #login(sessionId: string): Login {
    return this.#logins.get(sessionId) as Login;
  }

  #replace(sessions: readonly SessionInfo[], negotiations: ReadonlyMap<string, Negotiation>): void {
    const copies = copiesOf(sessions);
    const owners = new Map(this.#sessions.map(session => [session.sessionId, diskOwner(session)]));
    const hasNew = copies.some(session => owners.get(session.sessionId) !== diskOwner(session));
    this.#sessions = copies;
    this.#update(negotiations, hasNew);
  }

  /**
   * A session that is there already keeps what is known of it; a new one takes the lowest free index. Windows looks for
   * new LUNs when it logs in somewhere, and when it is asked to.
   */
  #update(negotiations: ReadonlyMap<string, Negotiation>, scans: boolean): void {
    const ids = this.#sessions.map(({ sessionId }) => sessionId);
    const indexes = numbered(ids, id => this.#logins.get(id)?.index, 0);
    const time = Date.now();
    this.#logins = new Map(
      ids.map(id => {
        const login = { ...negotiations.get(id), time, ...this.#logins.get(id), index: indexes.get(id) as number };
        return [id, login];
      }),
    );
    const keys = this.#sessions
      .filter(session => !this.#isInformational(session))
      .flatMap(session => this.lunsOf(session).map(({ lun }) => diskKey(session, lun)))
      .filter(key => scans || this.#numbers.has(key));
    this.#numbers = numbered([...new Set(keys)], key => this.#numbers.get(key), 1);
  }
}

function copiesOf(sessions: readonly SessionInfo[]): readonly SessionInfo[] {
  const copies = frozenCopy(SESSION_INFO, sessions, 'sessions');
  const seen = new Set<string>();
  const twice = copies.find(({ sessionId }) => seen.size === seen.add(sessionId).size);
  if (twice !== undefined) throw invalidArgument('The ids of the sessions must differ', twice.sessionId);
  return copies;
}

/** Numbers for all keys: what they had, else the lowest free one. */
function numbered(keys: readonly string[], before: (key: string) => number | undefined, first: number) {
  const taken = new Set(keys.map(before));
  let free = first;
  return new Map(
    keys.map(key => {
      while (taken.has(free)) free++;
      return [key, before(key) ?? free++] as const;
    }),
  );
}

/** Sessions with one target share its disks; what a session without a name reaches is its own. */
function diskOwner(session: SessionInfo): string {
  return (session.targetNodeName ?? session.targetName ?? session.sessionId).toLowerCase();
}

function diskKey(session: SessionInfo, lun: number): string {
  return `${diskOwner(session)}/${lun}`;
}

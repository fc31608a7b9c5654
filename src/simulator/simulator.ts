import type { DeviceOnSession } from '../api/devices/device.js';
import type { PersistentLogin } from '../api/logins/persistent-logins.js';
import type { SendTargetPortalEx } from '../api/portals/send-target-portals.js';
import { type Check, checkMembers, wholeNumber } from '../arguments.js';
import type { SessionInfo } from '../codec/session-list.js';
import { IscsidscError } from '../errors.js';
import type { ExportName, NativeFunction } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { hasWorked, SUCCESS } from '../native/status.js';
import type { WindowsFunction, WindowsFunctionName } from '../native/windows-functions.js';
import type { Answers } from './answers.js';
import { type Behaviour, statusNumber } from './behaviour.js';
import { CONNECTION_ANSWERS } from './connections/answers.js';
import { DEVICE_ANSWERS } from './devices/answers.js';
import { PERSISTENT_DEVICE_ANSWERS } from './devices/persistent.js';
import { INITIATOR_ANSWERS } from './initiator/answers.js';
import { ISNS_ANSWERS } from './isns/answers.js';
import { LOGIN_ANSWERS } from './logins/answers.js';
import { NativeFunctions } from './native-functions.js';
import { Network, type SimulatedNetwork } from './network.js';
import { PORTAL_ANSWERS } from './portals/answers.js';
import { RADIUS_ANSWERS } from './radius/answers.js';
import { SCSI_ANSWERS } from './scsi/answers.js';
import { SECURITY_ANSWERS } from './security/answers.js';
import { SERVICE_ANSWERS } from './service/answers.js';
import type { SimulatedService } from './service/service.js';
import { SESSION_ANSWERS } from './sessions/answers.js';
import { InitiatorState } from './state.js';
import { StateFile } from './state-file.js';
import { TARGET_ANSWERS } from './targets/answers.js';
import { VOLUME_ANSWERS } from './volumes/answers.js';
import { simulatedFunction, type WindowsAnswers } from './windows/answers.js';

/** The functions of Windows that the simulator has besides those of iscsidsc.dll. */
const WINDOWS_ANSWERS: WindowsAnswers = {
  ...SERVICE_ANSWERS,
  ...VOLUME_ANSWERS,
};

/** The functions that the simulator has. */
const ANSWERS: Answers = {
  ...SESSION_ANSWERS,
  ...CONNECTION_ANSWERS,
  ...DEVICE_ANSWERS,
  ...PERSISTENT_DEVICE_ANSWERS,
  ...PORTAL_ANSWERS,
  ...TARGET_ANSWERS,
  ...LOGIN_ANSWERS,
  ...SECURITY_ANSWERS,
  ...SCSI_ANSWERS,
  ...ISNS_ANSWERS,
  ...RADIUS_ANSWERS,
  ...INITIATOR_ANSWERS,
};

/** What the simulated machine is like. */
export interface SimulatorOptions {
  /** What there is beyond it. Defaults to targets that fit the default sessions, and two that are not discovered yet. */
  network?: SimulatedNetwork | undefined;
  /** The portals that it asks for targets. Defaults to those of the default sessions; with `network` to none. */
  sendTargetPortals?: readonly SendTargetPortalEx[] | undefined;
  /** What it logs in to when it starts. Defaults to three logins, one to a target that is gone; with `network` to none. */
  persistentLogins?: readonly PersistentLogin[] | undefined;
  /** Its sessions. Defaults to four realistic ones; with `network` to none. */
  sessions?: readonly SessionInfo[] | undefined;
  /** The devices by session id. Defaults to a disk for each connected session. */
  devices?: Readonly<Record<string, readonly DeviceOnSession[]>> | undefined;
  /**
   * The path of a file that keeps the machine from process to process: its portals, targets, sessions and logins, and of
   * secrets no more than digests. It is read before each call, if it is there, and written after one that changes
   * something. What it holds comes before the other options. Of two processes that change it at once, one wins.
   */
  stateFile?: string | undefined;
  /** The ANSI code page of its A functions. Defaults to 1252. */
  codePage?: number | undefined;
  /** Its Microsoft iSCSI Initiator service; null for none. Defaults to one that runs and starts automatically. */
  service?: SimulatedService | null | undefined;
  /**
   * Whether the program has the rights of an administrator. Defaults to true. Without them, every function of
   * iscsidsc.dll answers `ERROR_ACCESS_DENIED`.
   */
  elevated?: boolean | undefined;
  /** How it differs from a well-behaved initiator. Defaults to not at all. */
  behaviour?: Behaviour | undefined;
}

/** An initiator in memory. Pass it as `library` to any function of the package. */
export interface Simulator extends Library, Disposable {
  readonly name: 'simulator';
  /**
   * The sessions of its list, as frozen copies: set others to change them. A session whose id is there already keeps its
   * disks; the others count as new logins. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT` for sessions that Windows cannot
   * report, or two with one id.
   */
  sessions: readonly SessionInfo[];
  /** The devices by session id, as frozen copies: a disk for each connected session, unless others are set. */
  devices: Readonly<Record<string, readonly DeviceOnSession[]>>;
  /**
   * What there is beyond it, as a frozen copy: set another one to change it. The machine learns of new targets as
   * Windows does, when it asks a portal.
   */
  network: SimulatedNetwork;
  /** The portals that it asks for targets, as frozen copies. Those that are set have reported their targets already. */
  sendTargetPortals: readonly SendTargetPortalEx[];
  /** What it logs in to when it starts, as frozen copies. Those that are set have no password. */
  persistentLogins: readonly PersistentLogin[];
  /** Its service as it is now, as a frozen copy: set another one to start or stop it. Null for none. */
  service: SimulatedService | null;
  /** How it differs from a well-behaved initiator, as a frozen copy: set another one to change it. */
  behaviour: Behaviour;
  /**
   * Starts the machine again: all sessions end, the portals are asked, and the persistent logins are made. The latter two
   * wait for the service to run: it is stopped unless its start type is automatic.
   */
  restart(): void;
  /** Releases the native function pointers. Later calls throw `ERR_ISCSIDSC_DISPOSED`. */
  dispose(): void;
}

const OPTION_CHECKS: Readonly<Record<keyof SimulatorOptions, Check>> = {
  network: ['an object', value => typeof value === 'object' && value !== null],
  sendTargetPortals: ['an array of portals', Array.isArray],
  persistentLogins: ['an array of logins', Array.isArray],
  sessions: ['an array of SessionInfo', Array.isArray],
  devices: ['an object of arrays by session id', value => Object(value) === value],
  codePage: wholeNumber(65535),
  service: ['an object or null', value => typeof value === 'object'],
  elevated: ['a boolean', value => typeof value === 'boolean'],
  behaviour: ['an object', value => typeof value === 'object'],
  stateFile: ['a string that is not empty', value => typeof value === 'string' && value !== ''],
};

export function checkSimulatorOptions(options: SimulatorOptions | undefined): SimulatorOptions {
  return checkMembers('options', options, OPTION_CHECKS);
}

export class MemorySimulator implements Simulator {
  readonly name = 'simulator';
  readonly #state: InitiatorState;
  readonly #file: StateFile | undefined;
  readonly #functions = new Map<ExportName, NativeFunction>();
  readonly #windowsFunctions = new Map<WindowsFunctionName, WindowsFunction>();
  readonly #native = new NativeFunctions(() => this.behaviour.delayMs ?? 0);

  constructor(options: SimulatorOptions) {
    const {
      network,
      sendTargetPortals,
      persistentLogins,
      sessions,
      devices,
      codePage = 1252,
      behaviour = {},
    } = options;
    this.#state = new InitiatorState(codePage);
    this.#state.isElevated = options.elevated ?? true;
    if (options.service !== undefined) this.service = options.service;
    if (network) {
      this.network = network;
      this.sendTargetPortals = [];
      this.persistentLogins = [];
      this.sessions = [];
    }
    if (sendTargetPortals) this.sendTargetPortals = sendTargetPortals;
    if (persistentLogins) this.persistentLogins = persistentLogins;
    if (sessions) this.sessions = sessions;
    if (devices) this.devices = devices;
    this.behaviour = behaviour;
    this.#file = options.stateFile === undefined ? undefined : new StateFile(options.stateFile);
    this.#file?.readInto(this.#state);
  }

  get network(): SimulatedNetwork {
    return this.#state.network.description;
  }

  set network(network: SimulatedNetwork) {
    this.#state.network = new Network(network);
  }

  get sendTargetPortals(): readonly SendTargetPortalEx[] {
    return this.#state.discovery.portals;
  }

  set sendTargetPortals(portals: readonly SendTargetPortalEx[]) {
    this.#state.discovery.portals = portals;
  }

  get persistentLogins(): readonly PersistentLogin[] {
    return this.#state.logins.entries;
  }

  set persistentLogins(logins: readonly PersistentLogin[]) {
    this.#state.logins.entries = logins;
  }

  get sessions(): readonly SessionInfo[] {
    return this.#state.sessions;
  }

  set sessions(sessions: readonly SessionInfo[]) {
    this.#state.sessions = sessions;
  }

  get devices(): Simulator['devices'] {
    return this.#state.devices;
  }

  set devices(devices: Simulator['devices']) {
    this.#state.devices = devices;
  }

  get service(): SimulatedService | null {
    return this.#state.service.described;
  }

  set service(service: SimulatedService | null) {
    this.#state.service.described = service;
  }

  get behaviour(): Behaviour {
    return this.#state.behaviour;
  }

  set behaviour(behaviour: Behaviour) {
    this.#state.behaviour = behaviour;
  }

  func<Name extends ExportName>(name: Name): NativeFunction<Name> {
    if (this.behaviour.missing?.includes(name)) throw missingExport(name);
    let fn = this.#functions.get(name);
    if (fn === undefined) {
      fn = this.#create(name);
      this.#functions.set(name, fn);
    }
    return fn as unknown as NativeFunction<Name>;
  }

  windowsFunc<Name extends WindowsFunctionName>(name: Name): WindowsFunction<Name> {
    let fn = this.#windowsFunctions.get(name);
    if (fn === undefined) {
      fn = this.#createWindowsFunction(name);
      this.#windowsFunctions.set(name, fn);
    }
    return fn as unknown as WindowsFunction<Name>;
  }

  decodeAnsi(bytes: Uint8Array): string {
    return this.#state.codePage.decode(bytes);
  }

  encodeAnsi(text: string): Uint8Array {
    return this.#state.codePage.encodeExactly(text);
  }

  restart(): void {
    this.#file?.readInto(this.#state);
    this.#state.restart();
    this.#file?.write(this.#state);
  }

  dispose(): void {
    this.#native.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #create(name: ExportName): NativeFunction {
    const answer = ANSWERS[name];
    if (answer === undefined) throw missingExport(name);
    return this.#native.create(name, (...args) => {
      const wanted = statusNumber(this.#state.behaviour.status) ?? SUCCESS;
      this.#file?.readInto(this.#state);
      const status = hasWorked(wanted) ? this.#state.refusal || answer(this.#state, ...args) : wanted;
      this.#file?.write(this.#state);
      return status === SUCCESS ? wanted : status;
    });
  }

  #createWindowsFunction(name: WindowsFunctionName): WindowsFunction {
    const answer = WINDOWS_ANSWERS[name];
    if (answer === undefined) throw missingExport(name);
    const respond = (...args: unknown[]) => {
      this.#native.refuseIfDisposed(name);
      this.#file?.readInto(this.#state);
      const result = answer(this.#state, ...args);
      this.#file?.write(this.#state);
      return result;
    };
    return simulatedFunction(name, respond, () => this.behaviour.delayMs ?? 0);
  }
}

function missingExport(name: ExportName | WindowsFunctionName): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_MISSING_EXPORT', `The simulator has no function ${name}.`, {
    hint: 'It has every function of iscsidsc.h, except those that its behaviour names as missing.',
    syscall: name,
  });
}

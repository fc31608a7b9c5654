import { type Check, checkMembers, wholeNumber } from '../../arguments.js';
import { SERVICE_STATES, START_TYPES } from '../../header/services.js';
import { ERROR_SERVICE_ALREADY_RUNNING, SUCCESS } from '../../native/status.js';
import { ERROR_SERVICE_DISABLED } from '../statuses.js';

/** The Microsoft iSCSI Initiator service of the simulated machine. */
export interface SimulatedService {
  /**
   * What it does. Defaults to `running`. While it does not run, every function of iscsidsc.dll answers
   * `ISDSC_SERVICE_NOT_RUNNING`.
   */
  readonly state?: 'running' | 'stopped' | 'startPending' | undefined;
  /** When it starts. Defaults to `automatic`; with any other, a restart leaves it stopped. */
  readonly startType?: 'automatic' | 'manual' | 'disabled' | undefined;
  /** How many milliseconds it takes from its start until it runs. Defaults to 0. */
  readonly startMs?: number | undefined;
  /** A start ends with this Win32 error in place of a service that runs. */
  readonly win32ExitCode?: number | undefined;
}

const CHECKS: Readonly<Record<keyof SimulatedService, Check>> = {
  state: oneOf('running', 'stopped', 'startPending'),
  startType: oneOf('automatic', 'manual', 'disabled'),
  startMs: wholeNumber(2 ** 31 - 1),
  win32ExitCode: wholeNumber(0xffffffff, 1),
};

function oneOf(...names: readonly string[]): Check {
  return [`one of ${names.join(', ')}`, value => names.includes(value as string)];
}

/** What of it is kept between processes. */
export interface KeptService {
  readonly described: SimulatedService | null;
  readonly startedAt: number;
  readonly exitCode: number;
  readonly isAfterRestart: boolean;
}

/** The service, from its start to its end. */
export class Service {
  #described: SimulatedService | null = Object.freeze({});
  #startedAt = 0;
  #exitCode: number = SUCCESS;
  /** The machine has restarted, and the service has not run since. */
  #isAfterRestart = false;
  readonly #onFirstRun: () => void;

  /** `onFirstRun` is called when it runs for the first time after a restart of the machine. */
  constructor(onFirstRun: () => void) {
    this.#onFirstRun = onFirstRun;
  }

  /** Null for a machine without the service. */
  get described(): SimulatedService | null {
    this.#settle();
    return this.#described;
  }

  set described(service: SimulatedService | null) {
    this.#described = service === null ? null : Object.freeze({ ...checkMembers('service', service, CHECKS) });
    this.#startedAt = Date.now();
    this.#exitCode = SUCCESS;
  }

  get isRunning(): boolean {
    const { described } = this;
    return described !== null && (described.state ?? 'running') === 'running';
  }

  /** `dwCurrentState`. */
  get stateNumber(): number {
    return numberOf(SERVICE_STATES, this.described?.state ?? 'running');
  }

  get startTypeNumber(): number {
    return numberOf(START_TYPES, this.described?.startType ?? 'automatic');
  }

  /** With what it ended. */
  get exitCode(): number {
    this.#settle();
    return this.#exitCode;
  }

  /** Returns a status. */
  start(): number {
    const { described } = this;
    if (described?.state !== 'stopped') return ERROR_SERVICE_ALREADY_RUNNING;
    if (described.startType === 'disabled') return ERROR_SERVICE_DISABLED;
    this.described = { ...described, state: 'startPending' };
    return SUCCESS;
  }

  /** Returns false for no start type that a service can have. */
  setStartType(number: number): boolean {
    const startType = START_TYPES[number as keyof typeof START_TYPES];
    if (startType === undefined || startType === 'boot' || startType === 'system') return false;
    this.#described = Object.freeze({ ...this.described, startType });
    return true;
  }

  /** The machine starts again. */
  restart(): void {
    const { described } = this;
    this.#isAfterRestart = true;
    if (described === null) return;
    const isAutomatic = (described.startType ?? 'automatic') === 'automatic';
    this.described = { ...described, state: isAutomatic ? 'startPending' : 'stopped' };
    this.#settle();
  }

  get kept(): KeptService {
    const [described, startedAt, exitCode] = [this.#described, this.#startedAt, this.#exitCode];
    return { described, startedAt, exitCode, isAfterRestart: this.#isAfterRestart };
  }

  restore({ described, startedAt, exitCode, isAfterRestart }: KeptService): void {
    this.described = described;
    this.#startedAt = startedAt;
    this.#exitCode = exitCode;
    this.#isAfterRestart = isAfterRestart;
  }

  /** Ends a start whose time has come. */
  #settle(): void {
    const described = this.#described;
    if (described?.state !== 'startPending' || Date.now() < this.#startedAt + (described.startMs ?? 0)) return;
    const { win32ExitCode } = described;
    this.#exitCode = win32ExitCode ?? SUCCESS;
    this.#described = Object.freeze({ ...described, state: win32ExitCode === undefined ? 'running' : 'stopped' });
    if (win32ExitCode !== undefined || !this.#isAfterRestart) return;
    this.#isAfterRestart = false;
    this.#onFirstRun();
  }
}

function numberOf(names: Readonly<Record<number, string>>, wanted: string): number {
  return Number(Object.entries(names).find(([, name]) => name === wanted)?.[0]);
}

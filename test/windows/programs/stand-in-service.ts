import { setTimeout } from 'node:timers/promises';
import koffi from 'koffi';
import type { ServiceScenario } from '../../contract/service.js';

const NAME = 'MSiSCSI';
const ALL_ACCESS = 0xf003f;
const SERVICE_ALL_ACCESS = 0xf01ff;
const OWN_PROCESS = 0x10;
const CONTROL_STOP = 1;
const NO_SUCH_SERVICE = 1060;
const NOT_ACTIVE = 1062;
const START_TYPES = { automatic: 2, manual: 3, disabled: 4 } as const;
const STATES = { stopped: 1, running: 4 } as const;

const advapi32 = koffi.load('advapi32.dll');
const text = 'const char16_t *';
const settings = ['uint32', 'uint32', 'uint32', text, text, 'void *', text, text, text];
const OpenSCManagerW = fn('OpenSCManagerW', 'intptr', text, text, 'uint32');
const OpenServiceW = fn('OpenServiceW', 'intptr', 'intptr', text, 'uint32');
const CreateServiceW = fn('CreateServiceW', 'intptr', 'intptr', text, text, 'uint32', ...settings.slice(0, 9));
const ChangeServiceConfigW = fn('ChangeServiceConfigW', 'int', 'intptr', ...settings, text);
const StartServiceW = fn('StartServiceW', 'int', 'intptr', 'uint32', 'void *');
const ControlService = fn('ControlService', 'int', 'intptr', 'uint32', 'void *');
const QueryServiceStatus = fn('QueryServiceStatus', 'int', 'intptr', 'void *');
const DeleteService = fn('DeleteService', 'int', 'intptr');
const CloseServiceHandle = fn('CloseServiceHandle', 'int', 'intptr');
const GetLastError = koffi.load('kernel32.dll').func('__stdcall', 'GetLastError', 'uint32', []);

function fn(name: string, returns: string, ...parameters: string[]): (...args: unknown[]) => number {
  const native = advapi32.func('__stdcall', name, returns, parameters);
  return (...args) => Number(native(...args));
}

/** The stand-in service of this Windows, which is `program`. */
export class StandInService {
  readonly #program: string;
  readonly #manager = given('OpenSCManagerW', OpenSCManagerW(null, null, ALL_ACCESS));

  constructor(program: string) {
    this.#program = program;
  }

  async arrange(scenario: ServiceScenario): Promise<void> {
    if (scenario === null) return this.remove();
    const { startType, state, startMs = 0, win32ExitCode = 0 } = scenario;
    const command = `"${this.#program}" ${startMs} ${win32ExitCode}`;
    const service = this.#open() || this.#create(command);
    await stop(service);
    const change = (type: keyof typeof START_TYPES) =>
      ChangeServiceConfigW(service, OWN_PROCESS, START_TYPES[type], 0, command, null, null, null, null, null, null);
    // What runs may be disabled, and what is disabled cannot be started.
    given('ChangeServiceConfigW', change(state === 'running' ? 'manual' : startType));
    if (state === 'running') {
      given('StartServiceW', StartServiceW(service, 0, null));
      await waitFor(service, STATES.running);
      given('ChangeServiceConfigW', change(startType));
    }
    CloseServiceHandle(service);
  }

  async remove(): Promise<void> {
    const service = this.#open();
    if (service === 0) return;
    await stop(service);
    given('DeleteService', DeleteService(service));
    CloseServiceHandle(service);
    // It goes when the last handle is closed.
    for (;;) {
      const left = this.#open();
      if (left === 0) return;
      CloseServiceHandle(left);
      await setTimeout(50);
    }
  }

  /** 0 if there is none. */
  #open(): number {
    const service = OpenServiceW(this.#manager, NAME, SERVICE_ALL_ACCESS);
    if (service !== 0 || GetLastError() === NO_SUCH_SERVICE) return service;
    throw new Error(`OpenServiceW: error ${GetLastError()}`);
  }

  #create(command: string): number {
    const access = [NAME, NAME, SERVICE_ALL_ACCESS, OWN_PROCESS, START_TYPES.manual, 0] as const;
    return given('CreateServiceW', CreateServiceW(this.#manager, ...access, command, null, null, null, null, null));
  }
}

async function stop(service: number): Promise<void> {
  for (;;) {
    if (ControlService(service, CONTROL_STOP, Buffer.alloc(28)) === 0 && GetLastError() === NOT_ACTIVE) return;
    if (stateOf(service) === STATES.stopped) return;
    // One that is about to start takes no orders.
    await setTimeout(50);
  }
}

async function waitFor(service: number, state: number): Promise<void> {
  while (stateOf(service) !== state) await setTimeout(50);
}

function stateOf(service: number): number {
  const status = Buffer.alloc(28);
  given('QueryServiceStatus', QueryServiceStatus(service, status));
  return status.readUInt32LE(4);
}

function given(what: string, result: number): number {
  if (result === 0) throw new Error(`${what}: error ${GetLastError()}`);
  return result;
}

import { type Named, nameOf } from '../../codec/numbers.js';
import { Reply } from '../../codec/source.js';
import { QUERY_SERVICE_CONFIG, SERVICE_STATES, SERVICE_STATUS_PROCESS, START_TYPES } from '../../header/services.js';

/** What a service does at the moment. */
export type ServiceState =
  | 'stopped'
  | 'startPending'
  | 'stopPending'
  | 'running'
  | 'continuePending'
  | 'pausePending'
  | 'paused';

/** When Windows starts a service. */
export type ServiceStartType = 'boot' | 'system' | 'automatic' | 'manual' | 'disabled';

/** The status of a service. */
export interface ServiceStatus {
  readonly state: Named<ServiceState>;
  /** Null where it has no process. */
  readonly processId: number | null;
  /** The Win32 error with which it stopped, or cannot start. */
  readonly win32ExitCode: number;
  /** Counts where that is `ERROR_SERVICE_SPECIFIC_ERROR`. */
  readonly serviceSpecificExitCode: number;
}

/** Reads a `SERVICE_STATUS_PROCESS`. */
export function readServiceStatus(bytes: Buffer): ServiceStatus {
  const number = numbersIn('SERVICE_STATUS_PROCESS', 'QueryServiceStatusEx', bytes, SERVICE_STATUS_PROCESS.size);
  const { at } = SERVICE_STATUS_PROCESS;
  return {
    state: nameOf(SERVICE_STATES, number(at.dwCurrentState)),
    processId: number(at.dwProcessId) || null,
    win32ExitCode: number(at.dwWin32ExitCode),
    serviceSpecificExitCode: number(at.dwServiceSpecificExitCode),
  };
}

/** Reads the start type of a `QUERY_SERVICE_CONFIGW`. */
export function readStartType(bytes: Buffer): Named<ServiceStartType> {
  const number = numbersIn('QUERY_SERVICE_CONFIGW', 'QueryServiceConfigW', bytes, QUERY_SERVICE_CONFIG.leastSize);
  return nameOf(START_TYPES, number(QUERY_SERVICE_CONFIG.at.dwStartType));
}

/** The numbers of 4 bytes in a struct. The first is the type of the service, which is never 0 in one that was written. */
function numbersIn(struct: string, syscall: string, bytes: Buffer, size: number): (at: number) => number {
  if (bytes.length < size) {
    throw new Reply(bytes, syscall).malformed(struct, 0, `${bytes.length} bytes, of at least ${size}`);
  }
  if (bytes.readUInt32LE(0) === 0) {
    throw new Reply(bytes, syscall).malformed(`${struct}.dwServiceType`, 0, 'nothing was written');
  }
  return at => bytes.readUInt32LE(at);
}

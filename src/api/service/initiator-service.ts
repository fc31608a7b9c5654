import type { Procedure } from '../../call/procedure.js';
import { statusError } from '../../call/status.js';
import { resultOf, windowsCall, withHandle } from '../../call/windows-call.js';
import type { Named } from '../../codec/numbers.js';
import { IscsidscError } from '../../errors.js';
import {
  INITIATOR_SERVICE,
  SC_MANAGER_CONNECT,
  SC_STATUS_PROCESS_INFO,
  SERVICE_QUERY_CONFIG,
  SERVICE_QUERY_STATUS,
  SERVICE_STATUS_PROCESS,
} from '../../header/services.js';
import type { Library } from '../../native/library.js';
import { ERROR_INSUFFICIENT_BUFFER, SUCCESS } from '../../native/status.js';
import { callAsync, callSync } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';
import {
  readServiceStatus,
  readStartType,
  type ServiceStartType,
  type ServiceState,
  type ServiceStatus,
} from './service-replies.js';

/** The Microsoft iSCSI Initiator service. */
export interface InitiatorService {
  /** What it does at the moment. */
  state: Named<ServiceState>;
  /** When Windows starts it. `automatic` includes a delayed start. */
  startType: Named<ServiceStartType>;
  /** The process in which it runs, which other services can share. Null if it does not run. */
  processId: number | null;
}

/**
 * Returns the state and the start type of the Microsoft iSCSI Initiator service (MSiSCSI). Does not need the rights of an
 * administrator. Rejects with `ERROR_SERVICE_DOES_NOT_EXIST` on a Windows without the service.
 *
 * https://learn.microsoft.com/windows/win32/api/winsvc/nf-winsvc-queryservicestatusex
 */
export async function getInitiatorService(options?: AsyncOptions): Promise<InitiatorService> {
  return await callAsync(options, initiatorService);
}

/** The same on this thread. Throws the same errors. */
export function getInitiatorServiceSync(options?: SyncOptions): InitiatorService {
  return callSync(options, initiatorService);
}

export function initiatorService({ library }: CheckedOptions): Procedure<InitiatorService> {
  return withService(library, SERVICE_QUERY_STATUS | SERVICE_QUERY_CONFIG, function* (service) {
    const { state, processId } = yield* serviceStatus(library, service);
    return { state, startType: yield* serviceStartType(library, service), processId };
  });
}

/** Opens the service, for what `access` allows. */
export function withService<Result>(
  library: Library,
  access: number,
  use: (service: bigint) => Procedure<Result>,
): Procedure<Result> {
  const openManager = windowsCall(library, 'OpenSCManagerW', null, null, SC_MANAGER_CONNECT);
  return withHandle(openManager, 'CloseServiceHandle', manager =>
    withHandle(windowsCall(library, 'OpenServiceW', manager, INITIATOR_SERVICE, access), 'CloseServiceHandle', use),
  );
}

export function* serviceStatus(library: Library, service: bigint): Procedure<ServiceStatus> {
  const bytes = Buffer.allocUnsafeSlow(SERVICE_STATUS_PROCESS.size).fill(0);
  const level = SC_STATUS_PROCESS_INFO;
  yield* resultOf(
    windowsCall(library, 'QueryServiceStatusEx', service, level, bytes, bytes.length, new Uint32Array(1)),
  );
  return readServiceStatus(bytes);
}

const FIRST_SIZE = 512;
// Windows has no configuration above 8 KiB.
const LARGEST_SIZE = 64 * 1024;

/** Asks again while the buffer is too small: what is needed can be nonsense, and can change from call to call. */
export function* serviceStartType(library: Library, service: bigint): Procedure<Named<ServiceStartType>> {
  const syscall = 'QueryServiceConfigW';
  for (let size = FIRST_SIZE; ; ) {
    const bytes = Buffer.allocUnsafeSlow(size).fill(0);
    const needed = new Uint32Array(1);
    const call = windowsCall(library, syscall, service, bytes, size, needed);
    const status = yield call;
    if (status === SUCCESS) return readStartType(bytes);
    if (status !== ERROR_INSUFFICIENT_BUFFER) throw statusError(status, call);
    const asked = needed[0] as number;
    size = Math.max(asked, size * 2);
    if (size > LARGEST_SIZE) {
      throw new IscsidscError(
        'ERR_ISCSIDSC_BUFFER_TOO_LARGE',
        `${syscall} asks for ${asked} bytes, and found ${bytes.length} too few; at most ${LARGEST_SIZE} are given.`,
        { hint: 'No service needs that much: restart Windows.', syscall },
      );
    }
  }
}

import {
  INITIATOR_SERVICE,
  QUERY_SERVICE_CONFIG,
  SC_STATUS_PROCESS_INFO,
  SERVICE_CHANGE_CONFIG,
  SERVICE_NO_CHANGE,
  SERVICE_QUERY_CONFIG,
  SERVICE_QUERY_STATUS,
  SERVICE_START,
  SERVICE_STATUS_PROCESS,
  SERVICE_WIN32_SHARE_PROCESS,
} from '../../header/services.js';
import { ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_PARAMETER, SUCCESS } from '../../native/status.js';
import type { InitiatorState } from '../state.js';
import {
  ERROR_ACCESS_DENIED,
  ERROR_INVALID_HANDLE,
  ERROR_INVALID_LEVEL,
  ERROR_SERVICE_DOES_NOT_EXIST,
} from '../statuses.js';
import { Failure, type RespondAsWindows, type WindowsAnswers } from '../windows/answers.js';

/** What a handle of the service manager stands for. */
class ServiceManager {}

/** What a handle of the service stands for. */
class OpenService {
  readonly access: number;

  constructor(access: number) {
    this.access = access;
  }
}

const NEEDS_RIGHTS = SERVICE_START | SERVICE_CHANGE_CONFIG;
const PROCESS_ID = 1044;
// With the strings, as long as they are on Windows.
const CONFIG_SIZE = 360;

const openService: RespondAsWindows = (state, manager, name, access) => {
  if (state.handles.get(ServiceManager, manager) === undefined) return new Failure(ERROR_INVALID_HANDLE);
  const isKnown = String(name).toLowerCase() === INITIATOR_SERVICE.toLowerCase();
  if (!isKnown || state.service.described === null) return new Failure(ERROR_SERVICE_DOES_NOT_EXIST);
  if (!state.isElevated && (Number(access) & NEEDS_RIGHTS) !== 0) return new Failure(ERROR_ACCESS_DENIED);
  return state.handles.open(new OpenService(Number(access)));
};

/** Answers a call that a handle must have been opened for. Zero is success. */
function withAccess(access: number, answer: (state: InitiatorState, ...args: unknown[]) => number): RespondAsWindows {
  return (state, handle, ...args) => {
    const open = state.handles.get(OpenService, handle);
    if (open === undefined) return new Failure(ERROR_INVALID_HANDLE);
    if ((open.access & access) === 0) return new Failure(ERROR_ACCESS_DENIED);
    const error = answer(state, ...args);
    return error === SUCCESS ? 1n : new Failure(error);
  };
}

export const SERVICE_ANSWERS: WindowsAnswers = {
  IsUserAnAdmin: state => (state.isElevated ? 1n : 0n),
  OpenSCManagerW: state => state.handles.open(new ServiceManager()),
  OpenServiceW: openService,
  QueryServiceStatusEx: withAccess(SERVICE_QUERY_STATUS, ({ service }, level, buffer, size, needed) => {
    if (level !== SC_STATUS_PROCESS_INFO) return ERROR_INVALID_LEVEL;
    const { at, size: whole } = SERVICE_STATUS_PROCESS;
    if (isTooSmall(size, needed, whole)) return ERROR_INSUFFICIENT_BUFFER;
    const isStopped = service.described?.state === 'stopped';
    const bytes = (buffer as Buffer).fill(0, 0, whole);
    bytes.writeUInt32LE(SERVICE_WIN32_SHARE_PROCESS, at.dwServiceType);
    bytes.writeUInt32LE(service.stateNumber, at.dwCurrentState);
    bytes.writeUInt32LE(service.exitCode, at.dwWin32ExitCode);
    bytes.writeUInt32LE(isStopped ? 0 : PROCESS_ID, at.dwProcessId);
    return SUCCESS;
  }),
  QueryServiceConfigW: withAccess(SERVICE_QUERY_CONFIG, ({ service }, buffer, size, needed) => {
    if (isTooSmall(size, needed, CONFIG_SIZE)) return ERROR_INSUFFICIENT_BUFFER;
    const { at } = QUERY_SERVICE_CONFIG;
    const bytes = (buffer as Buffer).fill(0, 0, CONFIG_SIZE);
    bytes.writeUInt32LE(SERVICE_WIN32_SHARE_PROCESS, at.dwServiceType);
    bytes.writeUInt32LE(service.startTypeNumber, at.dwStartType);
    return SUCCESS;
  }),
  StartServiceW: withAccess(SERVICE_START, ({ service }) => service.start()),
  ChangeServiceConfigW: withAccess(SERVICE_CHANGE_CONFIG, ({ service }, _type, startType) =>
    startType === SERVICE_NO_CHANGE || service.setStartType(Number(startType)) ? SUCCESS : ERROR_INVALID_PARAMETER,
  ),
  CloseServiceHandle: (state, handle) => (state.handles.close(handle) ? 1n : new Failure(ERROR_INVALID_HANDLE)),
};

function isTooSmall(size: unknown, needed: unknown, wanted: number): boolean {
  (needed as Uint32Array)[0] = wanted;
  return Number(size) < wanted;
}

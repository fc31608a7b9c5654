import { BOOLEAN } from '../../arguments.js';
import type { PausingProcedure, Procedure } from '../../call/procedure.js';
import { TIMEOUT_HINTS } from '../../call/run.js';
import { statusError } from '../../call/status.js';
import { resultOf, slowWindowsCall } from '../../call/windows-call.js';
import type { Named } from '../../codec/numbers.js';
import { IscsidscError, isIscsidscError } from '../../errors.js';
import {
  INITIATOR_SERVICE,
  SERVICE_AUTO_START,
  SERVICE_CHANGE_CONFIG,
  SERVICE_NO_CHANGE,
  SERVICE_QUERY_CONFIG,
  SERVICE_QUERY_STATUS,
  SERVICE_START,
} from '../../header/services.js';
import type { Library } from '../../native/library.js';
import {
  ERROR_SERVICE_ALREADY_RUNNING,
  ERROR_SERVICE_SPECIFIC_ERROR,
  SUCCESS,
  statusRow,
} from '../../native/status.js';
import { runChecked } from '../call.js';
import { type AsyncOptions, type CheckedOptions, checkOptionsAnd } from '../options.js';
import { type InitiatorService, serviceStartType, serviceStatus, withService } from './initiator-service.js';
import type { ServiceState, ServiceStatus } from './service-replies.js';

/** How to start the service. */
export interface StartServiceOptions extends AsyncOptions {
  /** Also lets Windows start it from now on, whether it runs already or not. Defaults to false. */
  automatic?: boolean | undefined;
}

/** What was done to the service. */
export interface ServiceChanges {
  /** Whether this call started it. False if it ran already. */
  started: boolean;
  /** Whether this call made its start type automatic. */
  changedStartType: boolean;
}

/** The service, running, and what was done for it. */
export interface StartedService extends InitiatorService, ServiceChanges {}

const POLL_MS = 250;

/**
 * Starts the Microsoft iSCSI Initiator service (MSiSCSI), and waits until it runs. Resolves at once if it runs already.
 * Needs the rights of an administrator, unless there is nothing to do.
 *
 * Rejects with `ERROR_SERVICE_DISABLED` if it is disabled, which `automatic` changes, and with
 * `ERR_ISCSIDSC_SERVICE_NOT_STARTED` if it stops again: `win32ExitCode` of the error says why. `done` of an error has what
 * was done before. Without `timeoutMs`, it waits for as long as the service is about to start.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/winsvc/nf-winsvc-startservicew and
 * https://learn.microsoft.com/windows/win32/api/winsvc/nf-winsvc-changeserviceconfigw
 */
export async function startInitiatorService(options?: StartServiceOptions): Promise<StartedService> {
  const { checked, own } = checkOptionsAnd<StartServiceOptions>(options, { automatic: BOOLEAN });
  const progress: StartProgress = { done: { started: false, changedStartType: false }, lastState: undefined };
  try {
    return await runChecked(checked, () => startService(checked, own, progress));
  } catch (error) {
    const told = withLastState(error, progress, checked);
    // Also one that is not of this package: nothing else says what was done.
    if (told instanceof Error && Object.isExtensible(told)) Object.assign(told, { done: progress.done });
    throw told;
  }
}

/** How far a start has come. */
export interface StartProgress {
  readonly done: ServiceChanges;
  lastState: Named<ServiceState> | undefined;
}

export function* startService(
  { library }: CheckedOptions,
  { automatic = false }: Pick<StartServiceOptions, 'automatic'>,
  progress: StartProgress,
): PausingProcedure<StartedService> {
  let startType = yield* query(library, serviceStartType);
  if (automatic && startType !== 'automatic') {
    yield* makeAutomatic(library, progress);
    startType = yield* query(library, serviceStartType);
  }
  const { state, processId } = yield* startAndWait(library, progress);
  return { state, startType, processId, ...progress.done };
}

function* makeAutomatic(library: Library, { done }: StartProgress): Procedure<void> {
  const same = SERVICE_NO_CHANGE;
  yield* withService(library, SERVICE_CHANGE_CONFIG, function* (service) {
    yield* resultOf(
      slowWindowsCall(
        library,
        'ChangeServiceConfigW',
        service,
        same,
        SERVICE_AUTO_START,
        same,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
      ),
    );
    // At once: the end can come while the handles are being closed.
    done.changedStartType = true;
  });
}

function* startAndWait(library: Library, progress: StartProgress): PausingProcedure<ServiceStatus> {
  const { done } = progress;
  for (;;) {
    const status = yield* query(library, serviceStatus);
    progress.lastState = status.state;
    if (status.state === 'running') return status;
    if (status.state === 'paused' || (status.state === 'stopped' && done.started)) throw notStarted(status);
    // Another program can have started it meanwhile: it is waited for as well.
    if (status.state !== 'stopped' || !(yield* start(library, done))) yield { pauseMs: POLL_MS };
  }
}

/** Returns false if it runs already, or is about to. */
function* start(library: Library, done: ServiceChanges): Procedure<boolean> {
  return yield* withService(library, SERVICE_START, function* (service) {
    const call = slowWindowsCall(library, 'StartServiceW', service, 0, null);
    const status = yield call;
    if (status === ERROR_SERVICE_ALREADY_RUNNING) return false;
    if (status !== SUCCESS) throw statusError(status, call);
    done.started = true;
    return true;
  });
}

function query<Result>(
  library: Library,
  ask: (library: Library, service: bigint) => Procedure<Result>,
): Procedure<Result> {
  return withService(library, SERVICE_QUERY_STATUS | SERVICE_QUERY_CONFIG, service => ask(library, service));
}

function notStarted({ state, win32ExitCode, serviceSpecificExitCode }: ServiceStatus): IscsidscError {
  const code = 'ERR_ISCSIDSC_SERVICE_NOT_STARTED';
  if (state === 'paused') {
    return new IscsidscError(code, `The service ${INITIATOR_SERVICE} is paused.`, {
      hint: `Continue it as an administrator with \`net continue ${INITIATOR_SERVICE}\`.`,
    });
  }
  const isSpecific = win32ExitCode === ERROR_SERVICE_SPECIFIC_ERROR;
  const [, name, meaning] = statusRow(win32ExitCode) ?? [];
  const said = isSpecific ? `its own exit code ${serviceSpecificExitCode}` : `exit code ${win32ExitCode}`;
  const known = isSpecific || name === undefined ? '' : `, ${name}: ${meaning.replace(/\.$/, '')}`;
  return new IscsidscError(
    code,
    `The service ${INITIATOR_SERVICE} was started and stopped again with ${said}${known}.`,
    {
      hint: 'The System event log says why.',
      win32ExitCode,
      ...(isSpecific ? { serviceSpecificExitCode } : {}),
    },
  );
}

/** A timeout says what the service was doing, if it was heard of: then it is not the initiator that did not answer. */
function withLastState(error: unknown, { lastState }: StartProgress, { deadline }: CheckedOptions): unknown {
  if (lastState === undefined || !isIscsidscError(error) || error.code !== 'ERR_ISCSIDSC_TIMEOUT') return error;
  const { pending = 'notStarted', syscall } = error;
  const within = `did not run within ${deadline.timeoutMs} ms: its state was ${lastState}`;
  return new IscsidscError('ERR_ISCSIDSC_TIMEOUT', `The service ${INITIATOR_SERVICE} ${within}.`, {
    hint: `Allow more time, or read the System event log. ${TIMEOUT_HINTS[pending]}`,
    pending,
    syscall,
  });
}

import type { CheckedOptions } from '../../api/options.js';
import type { TargetPortal } from '../../api/portals/portal.js';
import { isNotTried } from '../../api/portals/portal-changes.js';
import type { PausingProcedure } from '../../call/procedure.js';
import { StatusError } from '../../errors.js';
import type { MissingPart } from '../parts.js';
import { isStatus } from '../removal.js';
import { type CreatedThings, type Made, plainReason } from './created.js';
import type { ConnectRequest } from './request.js';
import type { Settled, TaskDeadline } from './task-deadline.js';

/**
 * What `connectTarget` does: starts the service, registers a portal, asks a registered one again because the target is
 * not known yet, logs in, waits for the disks, saves the login, finds the volumes, and undoes what it has done.
 */
export type ConnectStep =
  | 'service'
  | 'portal'
  | 'discover'
  | 'session'
  | 'devices'
  | 'persistentLogin'
  | 'volumes'
  | 'undo';

/** A step that begins or ends. */
export interface ConnectProgress {
  /** What is done. */
  step: ConnectStep;
  /** `'existing'` ends a step that had nothing to do, because what it is to make is there. */
  status: 'started' | 'done' | 'existing' | 'failed';
  /** As it was given. */
  targetName: string;
  /** The portal of a step that is for one portal. */
  portal?: TargetPortal;
  /** The session that was made or found. */
  sessionId?: string;
  /** Why the step failed. When `'undo'` starts: why it is undone. */
  error?: MissingPart;
}

/** A portal through which there is no session, because it failed. */
export interface FailedPortal {
  /** The portal. */
  portal: TargetPortal;
  /** Why. */
  error: MissingPart;
}

/** A failed portal with its error itself. */
export interface Failure {
  readonly portal: TargetPortal | null;
  readonly error: StatusError;
}

interface Told {
  readonly portal?: TargetPortal | null;
  readonly sessionId?: string;
  readonly error?: unknown;
}

/** What the steps of `connectTarget` have in common. */
export class ConnectWork {
  readonly request: ConnectRequest;
  readonly deadline: TaskDeadline;
  readonly created: CreatedThings;
  readonly failures: Failure[] = [];
  #begun: [step: ConnectStep, more: Told] | undefined;
  readonly #onProgress: ((progress: ConnectProgress) => void) | undefined;

  constructor(
    request: ConnectRequest,
    deadline: TaskDeadline,
    created: CreatedThings,
    onProgress: ((progress: ConnectProgress) => void) | undefined,
  ) {
    this.request = request;
    this.deadline = deadline;
    this.created = created;
    this.#onProgress = onProgress;
  }

  /**
   * Tells what is done. It throws what the caller's function throws, and the error of the deadline in place of beginning
   * a step after it.
   */
  tell(step: ConnectStep, status: ConnectProgress['status'], more: Told = {}): void {
    if (status === 'started' && step !== 'undo') this.deadline.throwIfEnded();
    const { portal, sessionId, error } = more;
    this.#begun = status === 'started' ? [step, more] : undefined;
    this.#onProgress?.({
      step,
      status,
      targetName: this.request.targetName,
      ...(portal && { portal: { ...portal } }),
      ...(sessionId !== undefined && { sessionId }),
      ...(error !== undefined && { error: plainReason(error) }),
    });
  }

  /** Ends the step that has begun, if there is one. */
  tellFailure(error: unknown): void {
    if (this.#begun) this.tell(this.#begun[0], 'failed', { ...this.#begun[1], error });
  }

  /** Makes a thing. Once it may be there, it is known, so that it can be undone, whatever happens. */
  async make<Result>(
    made: Made,
    procedure: (checked: CheckedOptions) => PausingProcedure<Result>,
    onMade: (result: Result) => void = () => {},
  ): Promise<Result> {
    const end = (settled: Settled<Result>) => {
      if ('value' in settled) onMade(settled.value);
      else if (hasMadeNothing(settled.error)) this.created.drop(made);
    };
    try {
      const result = await this.deadline.change(
        procedure,
        () => this.created.add(made),
        late => this.created.waitFor(late.then(end)),
      );
      end({ value: result });
      return result;
    } catch (error) {
      if (!this.created.isWaiting) end({ error });
      throw error;
    }
  }

  /** A portal did not work. That is no end while another one can. */
  failed(step: ConnectStep, portal: TargetPortal | null, error: unknown): void {
    if (!(error instanceof StatusError)) throw error;
    this.failures.push({ portal, error });
    this.tell(step, 'failed', { portal, error });
  }

  get failedPortals(): FailedPortal[] {
    return this.failures.flatMap(({ portal, error }) => (portal ? [{ portal, error: plainReason(error) }] : []));
  }
}

/**
 * After any other error, an answer that cannot be read for instance, the thing may be there; also after a call to the
 * service that broke off.
 */
function hasMadeNothing(error: unknown): boolean {
  if (!(error instanceof StatusError)) return false;
  const { syscall, code, portalRegistered } = error;
  if (syscall.startsWith('AddIScsiSendTargetPortal')) return portalRegistered === false || isNotTried(code);
  return !isStatus(error, 'RPC_S_CALL_FAILED');
}

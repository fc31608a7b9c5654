import type { CheckedOptions } from '../../api/options.js';
import { reportLuns } from '../../api/scsi/capacity.js';
import { inquiry } from '../../api/scsi/inquiry.js';
import type { Procedure } from '../../call/procedure.js';
import { isSameLun, lunNumber } from '../../codec/lun.js';
import { parseUniqueId } from '../../codec/unique-id.js';
import { IscsidscError, isIscsidscError } from '../../errors.js';
import { isTimeout } from '../parts.js';
import type { ConnectWork } from './work.js';

// A target with more of them has some that are mapped.
const MOST_INQUIRIES = 16;

/** How long the last question to Windows or to a target may take, also if the wait ends before. */
export const LAST_POLL_MS = 1000;

/**
 * Asks the targets of sessions whether they have a LUN at all. Nobody waits for the answers: a SCSI command can wait long
 * for its turn, behind the logins of others, and the disk appears meanwhile.
 */
export class LunQuestions {
  readonly #work: ConnectWork;
  readonly #end: number;
  readonly #stop = new AbortController();
  readonly #open = new Map<string, Promise<void>>();
  readonly #mapped = new Set<string>();
  readonly #failed: Promise<void>;
  #fail: (error: unknown) => void = () => {};
  #failure: { readonly error: unknown } | undefined;
  #timeout: IscsidscError | undefined;

  /** `end` is when an answer is of no use any more, as `performance.now()` has it. */
  constructor(work: ConnectWork, end: number) {
    this.#work = work;
    this.#end = end;
    this.#failed = new Promise(resolve => {
      this.#fail = error => {
        this.#failure ??= { error };
        resolve();
      };
    });
  }

  /** Asks those that have not said that they have one, and that are not being asked. */
  ask(sessionIds: readonly string[]): void {
    for (const id of sessionIds) {
      if (!this.#mapped.has(id) && !this.#open.has(id)) this.#open.set(id, this.#askOne(id));
    }
  }

  /** Waits, and throws as soon as there is an answer that there is none: `ERR_ISCSIDSC_NO_LUN`. */
  async pause(ms: number): Promise<void> {
    await this.#work.deadline.pause(ms, this.#failed);
    this.#throwFailure();
  }

  /** At the end, waits for what is still open. Returns why there is no answer. */
  async unanswered(): Promise<IscsidscError | undefined> {
    await Promise.all(this.#open.values());
    this.#throwFailure();
    return this.#timeout;
  }

  /** The answers are of no use any more. */
  close(): void {
    this.#stop.abort();
  }

  async #askOne(id: string): Promise<void> {
    const { deadline, request } = this.#work;
    const timeoutMs = Math.max(LAST_POLL_MS, this.#end - performance.now());
    try {
      const luns = await deadline.read(checked => noLunOf(checked, id, request.lun), timeoutMs, this.#stop.signal);
      if (luns instanceof IscsidscError) this.#fail(luns);
      else if (luns === 'mapped') this.#mapped.add(id);
    } catch (error) {
      if (isTimeout(error)) this.#timeout = error;
      else this.#fail(error);
    }
    this.#open.delete(id);
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}

/**
 * Asks the target of a session whether a LUN is mapped to this initiator, or the LUN that is wanted. Returns an error if
 * there is none for certain, and `'unknown'` if the target cannot be asked now.
 */
function* noLunOf(
  checked: CheckedOptions,
  sessionId: string,
  wanted: bigint | undefined,
): Procedure<'mapped' | 'unknown' | IscsidscError> {
  try {
    const id = parseUniqueId(sessionId);
    const { luns } = yield* reportLuns(checked, id);
    const wires = luns.map(({ targetLun }) => BigInt(`0x${targetLun}`));
    const asked = wanted === undefined ? wires : wires.filter(wire => isSameLun(wire, wanted));
    for (const wire of asked.slice(0, MOST_INQUIRIES)) {
      // Most targets report a LUN 0 that is no device to an initiator that has none.
      const { peripheralQualifier } = yield* inquiry(checked, id, wire, {});
      if (peripheralQualifier === 0) return 'mapped';
    }
    return asked.length > MOST_INQUIRIES ? 'mapped' : noLun(wanted, wires);
  } catch (error) {
    // A device refuses its first command after a login, for instance.
    if (isIscsidscError(error)) return 'unknown';
    throw error;
  }
}

function noLun(wanted: bigint | undefined, luns: readonly bigint[]): IscsidscError {
  const what = wanted === undefined ? 'no LUN' : `no LUN ${textOf(wanted)}`;
  const others = wanted === undefined || luns.length === 0 ? '' : ` It reports ${luns.map(textOf).join(', ')}.`;
  return new IscsidscError('ERR_ISCSIDSC_NO_LUN', `The target has ${what} for this initiator.${others}`, {
    hint: 'Map a LUN to the node name of this machine at the target, which getIScsiInitiatorNodeName returns.',
  });
}

function textOf(lun: bigint): string {
  return String(lunNumber(lun) ?? `0x${lun.toString(16)}`);
}

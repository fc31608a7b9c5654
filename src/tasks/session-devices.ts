import type { DeviceOnSession } from '../api/devices/device.js';
import { deviceList } from '../api/devices/devices-for-session.js';
import type { CheckedOptions } from '../api/options.js';
import { isBusy, type PausingProcedure, type Retry } from '../call/procedure.js';
import type { SessionInfo } from '../codec/session-list.js';
import { parseUniqueId } from '../codec/unique-id.js';
import { IscsidscError, isIscsidscError } from '../errors.js';
import { type MissingPart, missingPart, notAsked } from './parts.js';

/** A session with its devices, or with the reason why they are missing. */
export interface SessionWithDevices extends SessionInfo {
  /** The same as `getDevicesForIScsiSession` returns. Null if that call failed. */
  devices: DeviceOnSession[] | null;
  /** Why `devices` is null, else null. */
  devicesError: MissingPart | null;
}

const FEWER = 'Allow more time, or ask for fewer sessions.';

export type DevicesPart = Pick<SessionWithDevices, 'devices' | 'devicesError'>;

/**
 * Asks for the devices of many sessions: one call at a time, so that other calls of the program get their turn in
 * between. Sessions that are busy are asked again together after the delay, so that the time does not grow with their
 * number.
 */
export class DeviceQueries {
  readonly #answers = new Map<string, DeviceOnSession[] | IscsidscError>();
  /** The last answer of the sessions that are to be asked again. */
  readonly #busy = new Map<string, IscsidscError>();
  #asking: string | undefined;

  *ask(
    checked: CheckedOptions,
    sessions: readonly SessionInfo[],
    { retries, retryDelayMs }: Retry,
  ): PausingProcedure<void> {
    let left = sessions.map(({ sessionId }) => sessionId);
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt > 0) yield { pauseMs: retryDelayMs };
      for (const sessionId of left) yield* this.#askOne(checked, sessionId, attempt < retries);
      left = [...this.#busy.keys()];
    }
  }

  /** What is known. `timeout` is the error with which the deadline ended the procedure before it had asked for all. */
  of(sessionId: string, timeout?: IscsidscError): DevicesPart {
    const answer = this.answer(sessionId, timeout);
    return Array.isArray(answer)
      ? { devices: answer, devicesError: null }
      : { devices: null, devicesError: missingPart(answer) };
  }

  /** The devices, or why they are missing. */
  answer(sessionId: string, timeout?: IscsidscError): DeviceOnSession[] | IscsidscError {
    const answer = this.#answers.get(sessionId);
    if (answer !== undefined) return answer;
    if (timeout === undefined) throw new Error(`The devices of session ${sessionId} have not been asked for.`);
    return this.#reason(sessionId, timeout);
  }

  *#askOne(checked: CheckedOptions, sessionId: string, again: boolean): PausingProcedure<void> {
    this.#asking = sessionId;
    let answer: DeviceOnSession[] | IscsidscError;
    try {
      answer = yield* deviceList(checked, parseUniqueId(sessionId));
    } catch (error) {
      if (!isIscsidscError(error)) throw error;
      answer = error;
    }
    this.#asking = undefined;
    if (again && isBusy(answer)) {
      this.#busy.set(sessionId, answer);
    } else {
      this.#answers.set(sessionId, answer);
      this.#busy.delete(sessionId);
    }
  }

  #reason(sessionId: string, timeout: IscsidscError): IscsidscError {
    if (this.#asking === sessionId && timeout.pending === 'running') return timeout;
    const cause = this.#busy.get(sessionId);
    if (cause === undefined) {
      return notAsked('The time ended before the session was asked for its devices.', FEWER);
    }
    return new IscsidscError('ERR_ISCSIDSC_TIMEOUT', 'The session was busy until the time ended.', {
      hint: 'Allow more time.',
      pending: 'betweenAttempts',
      cause,
    });
  }
}

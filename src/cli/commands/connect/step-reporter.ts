import type { ConnectProgress, ConnectStep } from '../../../index.js';
import type { Context } from '../../command.js';
import { portalText } from '../login-text.js';
import { loginName, type Place, portalName, sessionName } from './connect-text.js';

const STARTED: Readonly<Record<ConnectStep, (at: string) => string>> = {
  service: () => 'Starting the iSCSI Initiator service',
  portal: at => `Registering portal ${at}`,
  discover: at => `Asking portal ${at} for its targets`,
  session: at => `Logging in through portal ${at}`,
  devices: () => 'Waiting for the disks',
  persistentLogin: () => 'Saving the login',
  volumes: () => 'Waiting for the volumes on the disks',
  undo: () => 'Removing what was made',
};

/** Windows chooses the portal. */
const ANY: Place = { address: '', socket: 0 };

/** What a step that is done has made. */
const MADE: Readonly<Partial<Record<ConnectStep, (portal: Place, sessionId: string) => string>>> = {
  portal: portalName,
  session: (_portal, sessionId) => sessionName(sessionId),
  persistentLogin: loginName,
};

/** Shows the steps of `connectTarget`, and remembers what they have made. */
export class StepReporter {
  readonly #context: Context;
  readonly #made: string[] = [];

  constructor(context: Context) {
    this.#context = context;
    const { signal } = context.options;
    signal.addEventListener('abort', () => this.#show('Interrupted: waiting for the call that runs'), { once: true });
  }

  readonly onProgress = (progress: ConnectProgress): void => {
    const { step, status, portal = ANY, sessionId = '' } = progress;
    if (status === 'started') this.#show(STARTED[step](portalText(portal)));
    if (status !== 'done') return;
    const made = MADE[step]?.(portal, sessionId);
    if (made !== undefined) this.#made.push(made);
    else if (step === 'service') this.#context.tell('The iSCSI Initiator service was started.');
  };

  /** Tells what was made and is not left. */
  tellUndone(left: readonly string[]): void {
    const undone = this.#made.filter(thing => !left.includes(thing));
    if (undone.length > 0) this.#context.tell(`Removed again: ${undone.reverse().join(', ')}.`);
  }

  #show(text: string): void {
    const { progress, options } = this.#context;
    progress(options.signal.aborted ? `${text}. Ctrl+C again ends at once` : text);
  }
}

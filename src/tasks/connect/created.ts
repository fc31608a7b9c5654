import { runChecked } from '../../api/call.js';
import type { LoggedIn } from '../../api/logins/login.js';
import type { PersistentLogin } from '../../api/logins/persistent-logins.js';
import type { CheckedOptions } from '../../api/options.js';
import type { SendTargetPortal } from '../../api/portals/send-target-portals.js';
import type { PausingProcedure } from '../../call/procedure.js';
import { isIscsidscError } from '../../errors.js';
import { type MissingPart, missingPart } from '../parts.js';

/** What a call of `connectTarget` has made. What it has found and used is not in it. */
export interface CreatedConnection {
  /** The portals that it registered, as `removeIScsiSendTargetPortal` takes them. */
  portals: SendTargetPortal[];
  /** The sessions that it logged in. */
  sessions: LoggedIn[];
  /** The logins that it saved, as `removeIScsiPersistentTarget` takes them. */
  persistentLogins: PersistentLogin[];
}

/** A thing that a call has made, or that may be there because nobody can tell whether the call has made it. */
export interface Made {
  /** Removes it. What is not there any more counts as removed. */
  undo(checked: CheckedOptions): PausingProcedure<void>;
  /** Adds it to what is there. */
  addTo(created: CreatedConnection): void;
}

/** How long the undoing of one thing may take. A logout alone can take a minute. */
const UNDO_MS = 120_000;

/** Everything that a task has made, to be undone in reverse order. */
export class CreatedThings {
  readonly #checked: CheckedOptions;
  readonly #made: Made[] = [];
  #undoing: Promise<unknown[]> | undefined;
  #late: Promise<void> | undefined;

  constructor(checked: CheckedOptions) {
    this.#checked = { ...checked, deadline: { timeoutMs: UNDO_MS } };
  }

  /** Call it when the thing may be there. */
  add(made: Made): void {
    this.#made.push(made);
  }

  /** It was not made after all. */
  drop(made: Made): void {
    const index = this.#made.indexOf(made);
    if (index >= 0) this.#made.splice(index, 1);
  }

  get isEmpty(): boolean {
    return this.#made.length === 0;
  }

  /** What is there, as far as it is known. */
  get left(): CreatedConnection {
    const created: CreatedConnection = { portals: [], sessions: [], persistentLogins: [] };
    for (const made of this.#made) made.addTo(created);
    return created;
  }

  /** Undoes all, and returns the errors of what could not be undone. Another call joins one that runs. */
  undo(): Promise<unknown[]> {
    this.#undoing ??= this.#undoAll().finally(() => {
      this.#undoing = undefined;
    });
    return this.#undoing;
  }

  /** A call that makes a thing still runs. Nobody waits for it. */
  waitFor(late: Promise<void>): void {
    this.#late = late;
  }

  get isWaiting(): boolean {
    return this.#late !== undefined;
  }

  /** Undoes all when the call that runs has returned: before, its session would lose its portal. */
  undoLater(): void {
    this.#late
      ?.then(() => this.undo())
      .then(errors => errors.forEach(warn))
      .catch(warn);
  }

  async #undoAll(): Promise<unknown[]> {
    const errors: unknown[] = [];
    for (const made of [...this.#made].reverse()) {
      try {
        await this.#undoOne(made);
        this.drop(made);
      } catch (error) {
        errors.push(error);
      }
    }
    return errors;
  }

  #undoOne(made: Made): Promise<void> {
    return runChecked(this.#checked, checked => made.undo(checked));
  }
}

function warn(error: unknown): void {
  process.emitWarning(`What connectTarget made could not be undone: ${error}`, 'IscsidscWarning');
}

/** Any error as plain data. */
export function plainReason(error: unknown): MissingPart {
  if (isIscsidscError(error)) return missingPart(error);
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { name, code: name, message };
}

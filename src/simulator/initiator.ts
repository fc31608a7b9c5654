import { invalidArgument } from '../errors.js';
import type { SessionInfo } from '../memory/session-list.js';
import { type Behaviour, checkBehaviour } from './behaviour.js';
import { CodePage } from './code-page.js';
import { defaultSessions, exampleSessions } from './example-sessions.js';
import { sessionImage, type TextForm } from './session-image.js';

/** The state of the simulated initiator. */
export class Initiator {
  readonly wide: TextForm = { unit: 2, encode: text => Buffer.from(text, 'utf16le') };
  readonly ansi: TextForm;
  readonly codePage: CodePage;
  #sessions: SessionInfo[] = [];
  #behaviour: Behaviour = {};
  #grown = 0;

  constructor(codePage: number) {
    const page = new CodePage(codePage);
    this.codePage = page;
    this.ansi = { unit: 1, encode: text => page.encode(text) };
    this.#sessions = defaultSessions();
  }

  get sessions(): SessionInfo[] {
    return this.#sessions;
  }

  set sessions(sessions: SessionInfo[]) {
    if (!Array.isArray(sessions)) throw invalidArgument('The sessions must be an array of SessionInfo', sessions);
    sessionImage(sessions, this.wide);
    this.#sessions = sessions;
  }

  get behaviour(): Behaviour {
    return this.#behaviour;
  }

  set behaviour(behaviour: Behaviour) {
    this.#behaviour = checkBehaviour(behaviour);
    this.#grown = 0;
  }

  /** What happens between two calls. */
  grow(): void {
    const { grow = 0, growTimes = Number.POSITIVE_INFINITY } = this.#behaviour;
    if (grow === 0 || this.#grown >= growTimes) return;
    this.#grown++;
    this.#sessions.push(...exampleSessions(grow, { first: this.#sessions.length }));
  }
}

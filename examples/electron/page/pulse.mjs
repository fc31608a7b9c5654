import { element } from './element.mjs';

const ROUNDS = 60;

/** A bar for each of the last rounds: how many sessions were connected, and how many reconnecting. */
export class Pulse {
  #strip;
  #rounds = [];

  constructor(strip) {
    this.#strip = strip;
    strip.replaceChildren(...Array.from({ length: ROUNDS }, () => bar('unused', 0, 0)));
    strip.ariaLabel = 'No rounds yet';
  }

  /** Sessions, or null for a round that has failed. */
  add(sessions) {
    const lost = sessions?.filter(({ state }) => state === 'reconnecting').length ?? 0;
    this.#rounds = [...this.#rounds, { all: sessions?.length ?? 0, lost, failed: sessions === null }].slice(-ROUNDS);
    const most = Math.max(1, ...this.#rounds.map(({ all }) => all));
    const bars = this.#rounds.map(({ all, lost: reconnecting, failed }) =>
      failed ? bar('failed', 1, 0) : bar('', (all - reconnecting) / most, reconnecting / most),
    );
    this.#strip.replaceChildren(...Array.from({ length: ROUNDS - bars.length }, () => bar('unused', 0, 0)), ...bars);
    const failures = this.#rounds.filter(({ failed }) => failed).length;
    this.#strip.ariaLabel = `Rounds shown: ${this.#rounds.length}, failed: ${failures}`;
  }
}

function bar(className, connected, reconnecting) {
  const made = element('i', { className }, element('b', { className: 'reconnecting' }), element('b'));
  // Not a style attribute, which the page's policy refuses.
  made.style.setProperty('--connected', connected);
  made.style.setProperty('--reconnecting', reconnecting);
  return made;
}

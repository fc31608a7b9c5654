import { element } from './element.mjs';
import { timeText } from './text/values.mjs';

const MOST = 200;
/** How much later it is seen at most. */
const OWN_MS = 20_000;

/** What has happened, the newest first, and the newest alone at the bottom of the window, where it is read out. */
export class EventLog {
  #list;
  #latest;
  #done = new Map();

  constructor(list, latest) {
    this.#list = list;
    this.#latest = latest;
  }

  /** What the app has done: as a change that is seen it is not told once more. */
  did(event) {
    if (event.what) this.#done.set(`${event.name} ${event.what}`, Date.now());
    this.add(event);
  }

  /** What has been seen. */
  saw(event, time) {
    const key = `${event.name} ${event.what}`;
    const isOwn = time - (this.#done.get(key) ?? 0) < OWN_MS;
    this.#done.delete(key);
    if (!isOwn) this.add(event, time);
  }

  add({ kind, name = '', text }, time = Date.now()) {
    const parts = () => [...(name ? [element('strong', {}, name), ' '] : []), text];
    this.#list.prepend(
      element('li', { className: kind }, element('time', {}, timeText(time)), element('span', {}, ...parts())),
    );
    while (this.#list.children.length > MOST) this.#list.lastElementChild.remove();
    this.#latest.replaceChildren(element('span', { className: kind }, ...parts()));
  }
}

import { element } from '../element.mjs';
import { whatHappened } from '../text/error-text.mjs';
import { portalText } from '../text/values.mjs';

const STEPS = {
  service: () => 'Start the service',
  portal: portal => `Register the portal ${portal}`,
  discover: portal => `Ask ${portal} for its targets`,
  session: portal => `Log in through ${portal}`,
  devices: () => 'Wait for the disks',
  persistentLogin: portal => `Save the login through ${portal}`,
  volumes: () => 'Look for the volumes',
  undo: () => 'Undo what was made',
};
const STATES = { started: 'running', done: 'done', existing: 'was there already', failed: 'failed' };

/** The steps of a connection as they begin and end. */
export class ConnectSteps {
  #list;
  #items = new Map();

  /** `list` is a live region. */
  constructor(list) {
    this.#list = list;
  }

  clear() {
    this.#items.clear();
    this.#list.replaceChildren();
  }

  show({ step, status, portal, error }) {
    const where = portal ? portalText(portal) : 'any portal';
    const key = `${step} ${where}`;
    let item = this.#items.get(key);
    if (item === undefined) {
      item = element('li', {}, STEPS[step](where), element('span', { className: 'outcome' }));
      this.#items.set(key, item);
      this.#list.append(item);
    }
    item.className = status;
    const why = status === 'failed' && error && step !== 'undo' ? `: ${whatHappened(error)}` : '';
    item.lastElementChild.textContent = `${STATES[status]}${why}`;
  }

  /** The error is shown beside the steps: the same one need not be in them, too. */
  settle(error) {
    for (const { lastElementChild: outcome } of this.#items.values()) {
      outcome.textContent = outcome.textContent.replace(`: ${whatHappened(error)}`, '');
    }
  }
}

import { at, element } from '../element.mjs';
import { start } from '../operation.mjs';
import { errorLines } from '../text/error-text.mjs';
import { ChapFields } from './chap-fields.mjs';
import { Modal } from './modal.mjs';

/** Asks for a portal, and registers it. */
export class PortalDialog {
  #modal;
  #log;
  #chap = new ChapFields(at('portal-chap'));

  constructor(log, fallback) {
    this.#log = log;
    this.#modal = new Modal(at('portal'), fallback);
    at('portal-form').addEventListener('submit', event => {
      event.preventDefault();
      if (!this.#modal.isRunning) this.#add();
    });
    at('portal-cancel').addEventListener('click', () => this.#modal.leave());
    at('portal').addEventListener('close', () => this.#chap.clear());
  }

  open() {
    at('portal-address').value = '';
    at('portal-outcome').replaceChildren();
    this.#modal.open();
    at('portal-address').focus();
  }

  async #add() {
    const portal = at('portal-address').value.trim();
    const chap = this.#chap.take();
    at('portal-outcome').replaceChildren(element('p', { className: 'busy' }, `Asking ${portal} for its targets.`));
    try {
      await this.#modal.run(start('addPortal', { portal, ...(chap && { chap }) }));
      this.#modal.close();
      this.#log.add({ kind: 'good', name: portal, text: 'is asked for targets from now on' });
    } catch (error) {
      at('portal-outcome').replaceChildren(element('div', { className: 'notice bad' }, ...errorLines(error)));
      at('portal-address').focus();
    }
  }
}

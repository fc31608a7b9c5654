import { at, element } from '../element.mjs';
import { errorLines, whatHappened } from '../text/error-text.mjs';
import { Modal } from './modal.mjs';

/** Asks before something is taken away, and says what goes with it. */
export class ConfirmDialog {
  #modal;
  #log;
  #question;

  constructor(log, fallback) {
    this.#log = log;
    this.#modal = new Modal(at('confirm'), fallback);
    at('confirm-form').addEventListener('submit', event => {
      event.preventDefault();
      if (!this.#modal.isRunning && at('confirm-yes').ariaDisabled !== 'true') this.#do();
    });
    at('confirm-no').addEventListener('click', () => this.#modal.leave());
  }

  /**
   * `content(isFresh)` returns what goes away, and is asked again when it may have changed; until `ready` is there, nothing
   * can be done. `action(isChecked)` starts the operation, `done(result)` returns the event to log.
   */
  async ask(question) {
    this.#question = question;
    const { title, yes, option = '', ready } = question;
    at('confirm-title').textContent = title;
    at('confirm-yes').textContent = yes;
    at('confirm-option').checked = false;
    at('confirm-option-row').hidden = !option;
    at('confirm-option-text').textContent = option;
    at('confirm-outcome').replaceChildren();
    at('confirm-yes').ariaDisabled = String(ready !== undefined);
    this.#show(ready === undefined);
    this.#modal.open();
    at('confirm-no').focus();
    if (ready === undefined) return;
    await ready.catch(error => at('confirm-outcome').replaceChildren(...errorLines(error)));
    if (this.#question !== question) return;
    at('confirm-yes').ariaDisabled = 'false';
    this.#show(true);
  }

  /** The state of the machine has changed. */
  update() {
    if (this.#modal.isOpen && !this.#modal.isRunning) this.#show(at('confirm-yes').ariaDisabled !== 'true');
  }

  #show(isFresh) {
    const made = element('div', {}, ...this.#question.content(isFresh));
    if (made.textContent !== at('confirm-content').textContent)
      at('confirm-content').replaceChildren(...made.childNodes);
  }

  async #do() {
    const { action, running, done, failed } = this.#question;
    at('confirm-outcome').replaceChildren(element('p', { className: 'busy' }, running));
    at('confirm-yes').ariaDisabled = 'true';
    try {
      const result = await this.#modal.run(action(at('confirm-option').checked));
      this.#modal.close();
      this.#log.did(done(result));
    } catch (error) {
      at('confirm-outcome').replaceChildren(element('div', { className: 'notice bad' }, ...errorLines(error)));
      at('confirm-yes').ariaDisabled = 'false';
      this.#log.add({ kind: 'bad', ...failed, text: `${failed.text}: ${whatHappened(error)}` });
    }
  }
}

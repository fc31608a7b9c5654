import { at, element } from '../element.mjs';
import { start } from '../operation.mjs';
import { errorLines } from '../text/error-text.mjs';
import { labelled, secretInput, takeSecret } from './chap-fields.mjs';
import { Modal } from './modal.mjs';

/** Sets the secret by which targets prove themselves. It is asked for twice, because nothing shows what was typed. */
export class SecretDialog {
  #modal;
  #log;
  #secret = secretInput();
  #again = secretInput();

  constructor(log, fallback) {
    this.#log = log;
    this.#modal = new Modal(at('secret'), fallback);
    this.#secret.required = true;
    this.#again.required = true;
    at('secret-fields').append(
      labelled('Secret', this.#secret, '12 to 16 characters, and not the secret by which this machine proves itself.'),
      labelled('The same again', this.#again),
    );
    at('secret-form').addEventListener('submit', event => {
      event.preventDefault();
      if (!this.#modal.isRunning) this.#set();
    });
    at('secret-cancel').addEventListener('click', () => this.#modal.leave());
    at('secret').addEventListener('close', () => this.#clear());
  }

  open() {
    at('secret-outcome').replaceChildren();
    this.#modal.open();
    this.#secret.focus();
  }

  async #set() {
    const isSame = this.#secret.value === this.#again.value;
    this.#again.value = '';
    const secret = takeSecret(this.#secret);
    if (!isSame) {
      secret.fill(0);
      this.#fail(element('p', {}, 'The two are not the same. Type both again.'));
      return;
    }
    try {
      await this.#modal.run(start('setSecret', { secret }));
      this.#modal.close();
      this.#log.add({ kind: 'good', text: 'The secret of this machine for mutual CHAP is set' });
    } catch (error) {
      this.#fail(...errorLines(error));
    }
  }

  #fail(...lines) {
    at('secret-outcome').replaceChildren(element('div', { className: 'notice bad' }, ...lines));
    this.#secret.focus();
  }

  #clear() {
    this.#secret.value = '';
    this.#again.value = '';
  }
}

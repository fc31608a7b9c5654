import { at, element } from '../element.mjs';
import { start } from '../operation.mjs';
import { errorLines, whatHappened } from '../text/error-text.mjs';
import { shortName } from '../text/target-name.mjs';
import { pathText, portalText } from '../text/values.mjs';
import { ChapFields } from './chap-fields.mjs';
import { ConnectSteps } from './connect-steps.mjs';
import { Modal } from './modal.mjs';

/** Asks how to connect to a target, connects, and shows each step. */
export class ConnectDialog {
  #modal;
  #log;
  #steps = new ConnectSteps(at('connect-steps'));
  #chap = new ChapFields(at('connect-chap'));
  #target;

  constructor(log, fallback) {
    this.#log = log;
    this.#modal = new Modal(at('connect'), fallback);
    at('connect-form').addEventListener('submit', event => {
      event.preventDefault();
      if (!this.#modal.isRunning) this.#connect();
    });
    at('connect-cancel').addEventListener('click', () => this.#modal.leave());
    at('connect-back').addEventListener('click', () => this.#showForm());
    at('connect').addEventListener('close', () => this.#chap.clear());
  }

  open({ target }) {
    this.#target = target;
    at('connect-title').textContent = `Connect ${shortName(target.targetName)}`;
    at('connect-name').textContent = target.targetName;
    at('connect-portals').replaceChildren(...(target.portals ?? []).map(portalBox));
    at('connect-through').hidden = !target.portals?.length;
    at('connect-multipath').checked = false;
    at('connect-multipath-row').hidden = (target.portals?.length ?? 0) < 2;
    at('connect-persistent').checked = false;
    this.#chap.clear();
    this.#showForm();
    this.#modal.open();
    at('connect-start').focus();
  }

  #showForm() {
    this.#showStage('form');
    at('connect-outcome').replaceChildren();
    this.#steps.clear();
    at('connect-start').focus();
  }

  /** `form`, `running`, `done` or `failed`. */
  #showStage(stage) {
    at('connect-fields').hidden = stage !== 'form';
    at('connect-start').hidden = stage !== 'form';
    at('connect-progress').hidden = stage === 'form';
    at('connect-back').hidden = stage !== 'failed';
    at('connect-cancel').textContent = stage === 'form' || stage === 'running' ? 'Cancel' : 'Close';
  }

  async #connect() {
    const boxes = [...at('connect-portals').querySelectorAll('input')];
    const chosen = boxes.filter(({ checked }) => checked);
    if (boxes.length > 0 && chosen.length === 0) {
      at('connect-outcome').replaceChildren(element('p', { className: 'notice bad' }, 'Choose at least one portal.'));
      boxes[0].focus();
      return;
    }
    const chap = this.#chap.take();
    const request = {
      targetName: this.#target.targetName,
      // All of them are those that Windows knows: naming one would register it.
      ...(chosen.length < boxes.length && { portals: chosen.map(({ value }) => JSON.parse(value)) }),
      ...(chap && { chap }),
      multipath: at('connect-multipath').checked,
      persistent: at('connect-persistent').checked,
    };
    this.#showStage('running');
    at('connect-outcome').replaceChildren();
    at('connect-cancel').focus();
    const name = shortName(this.#target.targetName);
    try {
      const connected = await this.#modal.run(start('connect', request, step => this.#steps.show(step)));
      this.#showStage('done');
      at('connect-outcome').replaceChildren(...outcome(connected));
      this.#log.did({ kind: 'good', name, what: 'connected', text: `was connected: ${disksText(connected)}` });
      at('connect-cancel').focus();
    } catch (error) {
      this.#showStage('failed');
      this.#steps.settle(error);
      at('connect-outcome').replaceChildren(element('div', { className: 'notice bad' }, ...errorLines(error)));
      this.#log.add({ kind: 'bad', name, text: `was not connected: ${whatHappened(error)}` });
      at('connect-back').focus();
    }
  }
}

function portalBox(portal) {
  const { address, socket } = portal;
  const input = element('input', { type: 'checkbox', checked: true, value: JSON.stringify({ address, socket }) });
  return element('label', { className: 'choice' }, input, portalText(portal));
}

function outcome(connected) {
  return [
    element('div', { className: 'notice good' }, element('p', {}, `Connected: ${disksText(connected)}.`)),
    ...connected.failed.map(({ portal, error }) =>
      element(
        'div',
        { className: 'notice warning' },
        element('h3', {}, `Not through ${portalText(portal)}`),
        ...errorLines(error),
      ),
    ),
  ];
}

function disksText({ disks, paths }) {
  const numbers = disks.map(number => `disk ${number}`).join(', ') || 'no disk yet';
  return paths.length > 0 ? `${numbers} (${paths.map(pathText).join(', ')})` : numbers;
}

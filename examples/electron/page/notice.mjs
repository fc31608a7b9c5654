import { button, element } from './element.mjs';
import { errorLines } from './text/error-text.mjs';
import { ageText, timeText } from './text/values.mjs';

/** What the initiator cannot be asked, why, and how old what is shown has become. */
export class Notice {
  #place;
  #startService;

  constructor(place, startService) {
    this.#place = place;
    this.#startService = startService;
  }

  show({ errors, oldest, time }) {
    this.#showAge(oldest, time);
    const [first] = errors;
    if (first === undefined) {
      this.#place.replaceChildren();
      return;
    }
    const content = element(
      'div',
      { className: 'notice bad' },
      element('h2', {}, oldest === undefined ? 'The initiator cannot be asked' : 'Not up to date'),
      ...errors.flatMap(errorLines),
      ...(first.code === 'ISDSC_SERVICE_NOT_RUNNING' ? [button('Start the service', this.#startService)] : []),
    );
    // An alert is read out when it changes: the same error once more is no change, and the age is none either.
    const [shown] = this.#place.children;
    if (
      shown?.querySelector('h2')?.textContent !== content.querySelector('h2').textContent ||
      said(shown) !== said(content)
    ) {
      this.#place.replaceChildren(content);
    }
  }

  #showAge(oldest, time) {
    const age = this.#place.parentElement.querySelector('#age');
    age.hidden = oldest === undefined;
    if (oldest !== undefined)
      age.textContent = `Below is what was known at ${timeText(oldest)}, ${ageText(time - oldest)}.`;
  }
}

const said = notice => [...notice.querySelectorAll('p')].map(line => line.textContent).join('\n');

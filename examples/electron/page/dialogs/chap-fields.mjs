import { element } from '../element.mjs';

const ASCII = /^[\x20-\x7e]*$/;

/** The fields of a sign-in with CHAP, for the forms that need them. */
export class ChapFields {
  #kind;
  #user = element('input', { type: 'text', autocomplete: 'off', spellcheck: false, maxLength: 223 });
  #secret = secretInput();
  #details;
  #mutual;

  /** `place` is a fieldset. */
  constructor(place) {
    this.#kind = element(
      'select',
      { ariaLabel: 'Sign-in' },
      element('option', { value: 'none' }, 'None'),
      element('option', { value: 'chap' }, 'CHAP: this machine proves itself'),
      element('option', { value: 'mutualChap' }, 'Mutual CHAP: both prove themselves'),
    );
    this.#kind.addEventListener('change', () => this.#update());
    this.#mutual = element(
      'p',
      { className: 'help' },
      'The target proves itself with the secret of this machine, which is the same for all targets. Set it under Portals.',
    );
    this.#details = element(
      'div',
      { className: 'fields' },
      labelled('User name', this.#user, 'Empty for the name of this initiator.'),
      labelled('Secret', this.#secret, 'Usually 12 to 16 characters. It is sent once and not kept.'),
      this.#mutual,
    );
    place.append(this.#kind, this.#details);
    this.clear();
  }

  clear() {
    this.#kind.value = 'none';
    this.#user.value = '';
    this.#secret.value = '';
    this.#update();
  }

  /** What was typed; the secret is no longer in its field after that. Undefined for none. */
  take() {
    const { value: kind } = this.#kind;
    if (kind === 'none') return undefined;
    return {
      secret: takeSecret(this.#secret),
      mutual: kind === 'mutualChap',
      ...(this.#user.value && { username: this.#user.value }),
    };
  }

  #update() {
    const isNone = this.#kind.value === 'none';
    this.#details.hidden = isNone;
    this.#secret.required = !isNone;
    this.#mutual.hidden = this.#kind.value !== 'mutualChap';
    if (isNone) this.#secret.value = '';
  }
}

/** A field for a secret, which refuses characters that two systems could encode in two ways. */
export function secretInput() {
  const input = element('input', { type: 'password', autocomplete: 'off', maxLength: 255 });
  input.addEventListener('input', () => {
    input.setCustomValidity(ASCII.test(input.value) ? '' : 'Only letters, digits and signs of ASCII.');
  });
  return input;
}

/** The secret as bytes, which can be overwritten. Empties the field. */
export function takeSecret(input) {
  const secret = new TextEncoder().encode(input.value);
  input.value = '';
  return secret;
}

let last = 0;

export function labelled(label, input, help = '') {
  input.id ||= `field-${++last}`;
  const parts = [element('label', { htmlFor: input.id }, label), input];
  if (help) {
    const id = `${input.id}-help`;
    input.setAttribute('aria-describedby', id);
    parts.push(element('p', { id, className: 'help' }, help));
  }
  return element('div', { className: 'field' }, ...parts);
}

import { visibleText } from './text/visible-text.mjs';

/** An element with children: elements, or text, which stays text whatever is in it. */
export function element(tag, { title = '', data = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  if (title) made.title = visibleText(title);
  Object.assign(made.dataset, data);
  made.append(...children.map(child => (typeof child === 'string' ? visibleText(child) : child)));
  return made;
}

/** The same, by its id. */
export const at = id => document.getElementById(id);

/** A button that does something in place. */
export function button(label, onClick, properties = {}) {
  const made = element('button', { type: 'button', ...properties }, label);
  made.addEventListener('click', onClick);
  return made;
}

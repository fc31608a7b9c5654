import { visibleText } from './visible-text.mjs';

/** An element with children: elements, or text, which stays text whatever is in it. */
export function element(tag, { title = '', ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  if (title) made.title = visibleText(title);
  made.append(...children.map(child => (typeof child === 'string' ? visibleText(child) : child)));
  return made;
}

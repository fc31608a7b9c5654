import { element } from './element.mjs';

const MOST = 6;

/** The newest change first. */
export function logChange(list, { kind, name, text }, time) {
  const parts = [element('time', {}, time), ' ', element('strong', {}, name), ` ${text}`];
  list.prepend(element('li', { className: kind }, ...parts));
  while (list.children.length > MOST) list.lastElementChild.remove();
}

import { element } from '../element.mjs';

/** What tells targets apart: the part of an IQN behind the authority's name. */
export function shortName(name) {
  return /^iqn\.\d{4}-\d\d\.[^:]*:(.+)$/is.exec(name ?? '')?.[1] ?? name ?? '(no name)';
}

/** The short name above the whole one. */
export function namedTarget(name) {
  const short = shortName(name);
  if (short === name) return [element('strong', {}, short)];
  return [element('strong', {}, short), element('span', { className: 'iqn' }, name)];
}

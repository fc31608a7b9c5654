import { element } from './element.mjs';

export function nameOf({ targetNodeName, targetName }) {
  return targetNodeName ?? targetName ?? '(no name)';
}

/** What tells targets apart: the part of an IQN behind the authority's name. */
export function shortName(session) {
  const [, , short] = splitName(nameOf(session));
  return short;
}

/** The whole name, with the part that tells targets apart made to stand out. */
export function targetName(session) {
  const [, authority, short] = splitName(nameOf(session));
  return [element('span', { className: 'authority' }, authority), element('strong', {}, short)];
}

function splitName(name) {
  return /^(iqn\.\d{4}-\d\d\.[^:]*:)(.+)$/is.exec(name) ?? [name, '', name];
}

import { element } from './element.mjs';

/** An error that has kept its code, its number and its hint on its way here. */
export function showError(banner, error) {
  const { code = error.name, hint, errno, syscall, message } = error;
  const content = element(
    'div',
    {},
    element('h2', {}, 'The sessions cannot be read'),
    element('p', {}, hint ? message.replace(hint, '').trim() : message),
    ...(hint ? [element('p', {}, element('strong', {}, 'What to do: '), ...commands(hint))] : []),
    element(
      'p',
      { className: 'facts' },
      ...fact('code', code),
      ...fact('errno', number(errno)),
      ...fact('syscall', syscall),
    ),
  );
  // An alert is read out when it changes: the same error once more is no change.
  if (banner.textContent !== content.textContent) banner.replaceChildren(content);
}

function fact(name, value) {
  return value === undefined ? [] : [element('span', {}, `${name} `, element('code', {}, String(value)))];
}

function number(errno) {
  return errno > 65535 ? `0x${errno.toString(16).toUpperCase()}` : errno;
}

/** What stands between backticks is to be typed. */
function commands(hint) {
  return hint.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}

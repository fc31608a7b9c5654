import { element } from './element.mjs';

export function showTotals(list, sessions) {
  const connections = sessions.flatMap(session => session.connections);
  const disks = sessions.flatMap(({ devices }) => devices ?? []);
  const reconnecting = sessions.filter(({ state }) => state === 'reconnecting');
  list.replaceChildren(
    total('sessions', sessions),
    total('connections', connections),
    total('disks', disks),
    total('reconnecting', reconnecting, reconnecting.length > 0 ? 'warning' : ''),
  );
}

function total(name, { length }, className = '') {
  return element('div', { className }, element('dt', {}, name), element('dd', {}, String(length)));
}

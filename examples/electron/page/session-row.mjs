import { element } from './element.mjs';
import { targetName } from './target-name.mjs';

/** The row of a session, filled by `fillRow`. */
export function sessionRow() {
  return element('tr');
}

export function fillRow(row, session) {
  row.className = session.state;
  row.replaceChildren(
    element(
      'th',
      { scope: 'row' },
      element('span', { className: 'name' }, ...targetName(session)),
      element('span', { className: 'state' }, session.state),
    ),
    cell('Connections', connections(session)),
    cell('Disks', disks(session)),
    cell('Session', [element('code', { className: 'id' }, session.sessionId)]),
  );
}

function cell(label, children) {
  const made = element('td', {}, ...children);
  made.dataset.label = label;
  return made;
}

function connections(session) {
  if (session.connections.length === 0) return [connection('no connection', 'Windows keeps trying to reconnect.')];
  return session.connections.map(({ targetAddress, targetSocket }) => connection(portal(targetAddress, targetSocket)));
}

function connection(text, title = '') {
  return element(
    'span',
    { className: 'connection', title },
    element('i', { className: 'cable', ariaHidden: 'true' }),
    text,
  );
}

function portal(address, port) {
  if (address === null) return `(no address):${port}`;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function disks({ devices, devicesError }) {
  if (devices === null)
    return [element('span', { className: 'unknown', title: devicesError.message }, devicesError.code)];
  if (devices.length === 0) return [element('span', { className: 'none' }, 'none')];
  return devices.map(({ legacyName }) =>
    element('span', { className: 'disk', title: legacyName }, legacyName.replace('\\\\.\\', '')),
  );
}

import { button, element } from '../element.mjs';
import { connectionText, portalText } from '../text/values.mjs';
import { missing, stateMark } from './cells.mjs';

/** What is not as important as the row itself. */
export function targetDetails({ target }, actions) {
  const { targetName, targetAlias, sessions, sessionsError, portals, portalsError } = target;
  const { discoveryMechanisms, discoveryMechanismsError, persistentLogins } = target;
  return [
    element(
      'dl',
      {},
      ...fact('Name', element('code', { className: 'copied' }, targetName)),
      ...(targetAlias ? fact('Alias', targetAlias) : []),
      ...fact('Portals', ...listed(portals?.map(portalText), portalsError)),
      ...fact('Found by', ...listed(discoveryMechanisms?.map(mechanism), discoveryMechanismsError)),
      ...(persistentLogins?.length > 0
        ? fact('Favourite', persistentLogins.map(({ targetPortal }) => portalText(targetPortal)).join(', '))
        : []),
      ...fact('Sessions', ...sessionList(target, sessions, sessionsError, actions)),
    ),
  ];
}

function fact(name, ...values) {
  return [element('dt', {}, name), element('dd', {}, ...values)];
}

function listed(texts, error) {
  if (texts === undefined) return [missing(error)];
  return [texts.join(', ') || 'none'];
}

// `SendTargets:*192.168.1.108 0003260 ROOT\ISCSIPRT\0000_0 `
function mechanism(text) {
  const [, address, port] = /^SendTargets:\*?(\S+) 0*(\d+)/.exec(text) ?? [];
  return address ? `portal ${portalText({ address, socket: Number(port) })}` : text.trim();
}

function sessionList(target, sessions, error, actions) {
  if (sessions === null) return [missing(error)];
  if (sessions.length === 0) return ['none'];
  return [element('ul', {}, ...sessions.map(session => sessionLine(target, session, sessions.length > 1, actions)))];
}

function sessionLine(target, session, isOneOfSeveral, actions) {
  const { sessionId, connections } = session;
  const state = connections.length > 0 ? { kind: 'good', text: 'Connected' } : { kind: 'bad', text: 'Reconnecting' };
  const ends = connections.map(connectionText).join(', ') || 'no connection';
  return element(
    'li',
    {},
    stateMark(state),
    element('span', {}, ends),
    element('code', { className: 'copied' }, sessionId),
    ...(isOneOfSeveral
      ? [button('Log out…', () => actions.logOut(target, session), { ariaLabel: `Log out session ${sessionId}` })]
      : []),
  );
}

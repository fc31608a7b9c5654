// @ts-check
import { createSimulator } from 'iscsidsc/simulator';
import { ARCHIVE, BACKUP, LOGINS, NETWORK, PORTALS, SQL_SECOND_PORTAL, UNSAVED_LOGIN } from './network.mjs';

/** @import { ConnectionInfo } from 'iscsidsc' */

/** The addresses that cannot be reached, one moment after another, over and over. */
const MOMENTS = [[SQL_SECOND_PORTAL], [], [ARCHIVE], [ARCHIVE, SQL_SECOND_PORTAL], [BACKUP], []];

/**
 * A simulated machine to which something happens: connections are lost and come back. What is connected and disconnected
 * meanwhile stays as it is.
 *
 * @param {import('iscsidsc/simulator').Behaviour} [behaviour]
 */
export function createLiveMachine(behaviour = {}) {
  const library = createSimulator({
    network: NETWORK,
    sendTargetPortals: PORTALS,
    persistentLogins: [...LOGINS, UNSAVED_LOGIN],
    behaviour,
  });
  // Makes the saved logins.
  library.restart();
  library.persistentLogins = LOGINS;
  /** The lost connections by session. @type {Map<string, readonly ConnectionInfo[]>} */
  const lost = new Map();
  let moment = 0;
  const show = () => {
    const away = MOMENTS[moment % MOMENTS.length] ?? [];
    library.sessions = library.sessions.map(session => {
      const whole = [...session.connections, ...(lost.get(session.sessionId) ?? [])];
      const isAway = (/** @type {ConnectionInfo} */ { targetAddress }) => away.includes(targetAddress ?? '');
      lost.set(session.sessionId, whole.filter(isAway));
      return { ...session, connections: whole.filter(connection => !isAway(connection)) };
    });
  };
  show();
  return {
    library,
    step() {
      moment++;
      show();
    },
  };
}

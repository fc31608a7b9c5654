// @ts-check
import { createSimulator } from 'iscsidsc/simulator';

const SQL_SECOND_PORTAL = '192.168.2.108';
const BACKUP = 'fd00:10:20::5';
const ARCHIVE = '192.168.3.40';

/** The portals that cannot be reached, one moment after another, over and over. */
const MOMENTS = [[ARCHIVE], [], [SQL_SECOND_PORTAL], [SQL_SECOND_PORTAL, BACKUP], [BACKUP], []];

/**
 * A simulated initiator to which something happens: connections are lost and come back.
 *
 * @param {import('iscsidsc/simulator').Behaviour} [behaviour]
 */
export function createLiveSimulator(behaviour = {}) {
  const library = createSimulator({ behaviour });
  const whole = library.sessions.map(session => ({
    ...session,
    connections: session.connections.length > 0 ? session.connections : [archiveConnection(session.sessionId)],
  }));
  let moment = 0;
  const show = () => {
    const away = MOMENTS[moment % MOMENTS.length] ?? [];
    library.sessions = whole.map(session => ({
      ...session,
      connections: session.connections.filter(({ targetAddress }) => !away.includes(targetAddress ?? '')),
    }));
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

/** @param {string} sessionId */
function archiveConnection(sessionId) {
  return {
    connectionId: `${sessionId.split('-')[0]}-5`,
    initiatorAddress: '0.0.0.0',
    targetAddress: ARCHIVE,
    initiatorSocket: 58852,
    targetSocket: 3260,
    cid: '0100',
  };
}

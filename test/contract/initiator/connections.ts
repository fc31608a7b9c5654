import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  addIScsiConnection,
  addIScsiSendTargetPortal,
  getIScsiSessionList,
  loginIScsiTarget,
  removeIScsiConnection,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { forBothForms, type Sites } from './site.js';

/** Rules about more than one connection in a session. */
export function connectionsContract(sites: Sites, declare: Declare): void {
  const { targets, portals } = sites;
  forBothForms(sites, declare, ({ rule }) => {
    const login = async (targetName: string, options: AsyncOptions) => {
      await addIScsiSendTargetPortal(portals.first, options);
      return await loginIScsiTarget(targetName, options);
    };
    rule('a connection is added and removed, but for the first and the last', async options => {
      const { sessionId, connectionId } = await login(targets.wide, options);
      const alone = await errorOf(removeIScsiConnection(sessionId, connectionId, options));
      assert.equal(alone.code, 'ISDSC_CANT_REMOVE_LAST_CONNECTION');
      const added = await addIScsiConnection(sessionId, { ...options, targetPortal: portals.second });
      const connections = async () =>
        (await getIScsiSessionList(options))[0]?.connections.map(each => [each.connectionId, each.targetAddress]);
      assert.deepEqual(await connections(), [
        [connectionId, portals.first],
        [added, portals.second],
      ]);
      const third = await errorOf(addIScsiConnection(sessionId, { ...options, targetPortal: portals.second }));
      assert.equal(third.code, 'ISDSC_TOO_MANY_CONNECTIONS');
      const leading = await errorOf(removeIScsiConnection(sessionId, connectionId, options));
      assert.equal(leading.code, 'ISDSC_CANNOT_REMOVE_LEADING_CONNECTION');
      await removeIScsiConnection(sessionId, added, options);
      assert.deepEqual(await connections(), [[connectionId, portals.first]]);
      const again = await errorOf(removeIScsiConnection(sessionId, added, options));
      assert.equal(again.code, 'ISDSC_INVALID_CONNECTION_ID');
    });
    rule('most targets allow one connection in a session', async options => {
      const { sessionId } = await login(targets.open, options);
      const error = await errorOf(addIScsiConnection(sessionId, { ...options, targetPortal: portals.second }));
      assert.equal(error.code, 'ISDSC_TOO_MANY_CONNECTIONS');
    });
    rule('a session that is not there has no connections to add or remove', async options => {
      for (const call of [
        addIScsiConnection('1-dead', { ...options, targetPortal: portals.first }),
        removeIScsiConnection('1-dead', '1-1', options),
      ]) {
        assert.equal((await errorOf(call)).code, 'ISDSC_INVALID_SESSION_ID');
      }
    });
  });
}

import assert from 'node:assert/strict';
import {
  describeSessions,
  getDevicesForIScsiSession,
  getDevicesForIScsiSessionSync,
  reportActiveIScsiTargetMappings,
  reportActiveIScsiTargetMappingsSync,
} from 'iscsidsc';
import { assertDevices, assertMappings } from '../../fuzz/shape.js';
import type { Declare, Open } from '../subject.js';
import { sameInAllWays } from './same.js';
import { steadily } from './steady.js';

const FEW = 10;

/** What is promised of devices and mappings, whatever they are. */
export function anyDevicesContract(open: Open, rule: Declare): void {
  rule('the devices of each session are the same in all four ways, and in its description', async () => {
    const library = open();
    await steadily(library, async sessions => {
      const described = new Map((await describeSessions({ library })).map(each => [each.sessionId, each.devices]));
      for (const { sessionId } of sessions.slice(0, FEW)) {
        const devices = await sameInAllWays(
          library,
          options => getDevicesForIScsiSession(sessionId, options),
          options => getDevicesForIScsiSessionSync(sessionId, options),
        );
        assertDevices(devices);
        assert.deepEqual(described.get(sessionId), devices);
      }
    });
  });

  rule('the mappings are the same in all four ways, each of a session that is there', async () => {
    const library = open();
    await steadily(library, async sessions => {
      const mappings = await sameInAllWays(
        library,
        reportActiveIScsiTargetMappings,
        reportActiveIScsiTargetMappingsSync,
      );
      assertMappings(mappings);
      const known = new Set(sessions.map(({ sessionId }) => sessionId));
      assert.deepEqual(
        mappings.filter(({ sessionId }) => !known.has(sessionId)),
        [],
      );
    });
  });
}

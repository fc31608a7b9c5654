import { connectTarget, describeSessions, getIScsiSessionList } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HeldLibrary } from '../contract/any/held-library.js';

const PORTAL = '10.0.0.10';
const TARGETS = Array.from({ length: 8 }, (_, index) => `iqn.2003-01.org.example:disk${index}`);
const OTHER = { targetName: 'iqn.2003-01.org.example:other', portals: '10.0.9.10' };

afterEach(() => vi.unstubAllEnvs());

describe.each([undefined, '3', '16'])('with a pool of %s threads', poolSize => {
  it.each([
    ['tells no targets', 'AddIScsiSendTargetPortalW'],
    ['answers no login', 'LoginIScsiTargetW'],
  ] as const)(
    'connecting to eight targets at once through a portal that %s does not delay the sessions',
    async (_, slow) => {
      vi.stubEnv('UV_THREADPOOL_SIZE', poolSize);
      using simulator = createSimulator({
        network: {
          targets: [
            ...TARGETS.map(targetName => ({ targetName, portalGroups: [[PORTAL]] })),
            { targetName: OTHER.targetName, portalGroups: [[OTHER.portals]] },
          ],
        },
      });
      const { sessions } = await connectTarget(OTHER, { library: simulator });
      const library = new HeldLibrary(simulator, [slow]);
      const connected: string[] = [];
      const connecting = TARGETS.map(async targetName => {
        const { devices } = await connectTarget({ targetName, portals: PORTAL, persistent: true }, { library });
        expect(devices).toHaveLength(1);
        connected.push(targetName);
      });
      await library.isHolding;

      const other = { sessionId: sessions[0]?.sessionId, targetName: OTHER.targetName };
      expect(await getIScsiSessionList({ library })).toContainEqual(expect.objectContaining(other));
      expect(await describeSessions({ library, filter: { targetName: OTHER.targetName } })).toMatchObject([
        { ...other, devices: [{}], negotiated: {}, volumes: [{}] },
      ]);
      expect(connected).toEqual([]);

      await library.release();
      await Promise.all(connecting);
      expect([...connected].sort()).toEqual(TARGETS);
      expect(simulator.sessions.map(({ targetName }) => targetName).sort()).toEqual([...TARGETS, OTHER.targetName]);
      expect(simulator.persistentLogins).toHaveLength(TARGETS.length);
      expect(simulator.sendTargetPortals.map(({ address }) => address)).toEqual([OTHER.portals, PORTAL]);
    },
  );
});

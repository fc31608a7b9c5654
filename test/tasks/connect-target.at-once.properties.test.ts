import fc from 'fast-check';
import { type ConnectedTarget, connectTarget } from 'iscsidsc';
import { createSimulator, type Simulator } from 'iscsidsc/simulator';
import { expect, it } from 'vitest';
import { disturbed } from './disturbed-library.js';

const numRuns = Number(process.env.ISCSIDSC_RUNS ?? 100);
const PORTALS = ['10.0.0.10', '10.0.1.10'];
const NAMES = ['one', 'two', 'none'].map(each => `iqn.2003-01.org.example:${each}`);
const DISTURBED = ['AddIScsiSendTargetPortalW', 'LoginIScsiTargetW'];

const CALL = fc.record({
  targetName: fc.constantFrom(...NAMES),
  portals: fc.constantFrom(PORTALS, PORTALS.slice(0, 1), PORTALS.slice(1)),
  persistent: fc.boolean(),
  /** After how many turns of the event loop it begins. */
  turns: fc.nat(30),
  abortAfter: fc.option(fc.nat(60)),
});

const CASE = fc.record({
  calls: fc.array(CALL, { minLength: 2, maxLength: 5 }),
  multipath: fc.boolean(),
  before: fc.boolean(),
  /** Which of the calls of a portal or a login fail. */
  failing: fc.uniqueArray(fc.nat(12), { maxLength: 2 }),
});

it('calls at once leave nothing but what they say, make nothing twice, and take nothing from each other', async () => {
  const seen = { resolved: 0, rejected: 0 };
  await fc.assert(
    fc.asyncProperty(CASE, async ({ calls, multipath, before, failing }) => {
      using simulator = createSimulator({
        network: {
          // The last has no LUN.
          targets: NAMES.map((targetName, index) => ({
            targetName,
            portalGroups: [PORTALS],
            luns: index < 2 ? [{ lun: 0 }] : [],
          })),
        },
      });
      if (before) {
        const there = { targetName: NAMES[0] as string, portals: PORTALS.slice(0, 1), persistent: true, multipath };
        await connectTarget(there, { library: simulator });
      }
      const was = stateOf(simulator);
      let made = 0;
      const library = disturbed(simulator, (_, name) =>
        DISTURBED.includes(name) && failing.includes(made++) ? { status: 0xefff0003 } : undefined,
      );
      const connected = (
        await Promise.all(
          calls.map(async ({ turns, abortAfter, ...target }) => {
            await turn(turns);
            const controller = new AbortController();
            if (abortAfter !== null) void turn(abortAfter).then(() => controller.abort());
            const options = { library, signal: controller.signal, waitMs: 50 };
            return await connectTarget({ ...target, multipath }, options).catch(() => undefined);
          }),
        )
      ).filter((each): each is ConnectedTarget => each !== undefined);
      seen.resolved += connected.length;
      seen.rejected += calls.length - connected.length;

      const now = stateOf(simulator);
      expect(new Set(now.portals).size).toBe(now.portals.length);
      expect(new Set(now.places).size).toBe(now.places.length);
      for (const { created } of connected) {
        for (const { address } of created.portals) expect(now.portals).toContain(address);
        for (const { sessionId } of created.sessions) expect(now.sessions).toContain(sessionId);
      }
      for (const each of connected) await each.undo();
      expect(stateOf(simulator)).toEqual(was);
    }),
    { numRuns },
  );
  expect(Math.min(seen.resolved, seen.rejected)).toBeGreaterThan(0);
});

async function turn(count: number): Promise<void> {
  for (let left = count; left > 0; left--) await new Promise(resolve => setImmediate(resolve));
}

function stateOf({ sendTargetPortals, sessions, persistentLogins }: Simulator) {
  return {
    portals: sendTargetPortals.map(({ address }) => address).sort(),
    sessions: sessions.map(({ sessionId }) => sessionId).sort(),
    places: sessions.map(({ targetName, connections: [first] }) => `${targetName} ${first?.targetAddress}`).sort(),
    logins: persistentLogins.map(({ targetName, targetPortal }) => `${targetName} ${targetPortal.address}`).sort(),
  };
}

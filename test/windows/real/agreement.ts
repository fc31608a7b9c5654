import { isDeepStrictEqual } from 'node:util';
import {
  describeSessions,
  getIScsiInitiatorNodeName,
  getIScsiSessionList,
  type Library,
  logoutIScsiTarget,
  reportIScsiInitiatorList,
} from 'iscsidsc';
import { beforeAll, expect, it } from 'vitest';
import { byteOrderLines, byteOrderOf } from './byte-order.js';
import { compareParts, compareSessions, differenceLines } from './compare.js';
import type { Dump } from './dump.js';
import { isOwn } from './leftovers.js';
import { record, type State } from './recording.js';

/** An initiator, and what Microsoft's cmdlets say of it. */
export interface Machine {
  library: Library;
  dumpNow(): Dump;
  /** It has what setup-target.ps1 makes: that must be there, and may be logged out. */
  hasOwnTargets: boolean;
  /** Tells the result that is not yes or no. */
  say(result: string): void;
}

const ROUNDS = 3;

/** The package and Microsoft's cmdlets say the same of a machine. */
export function agreement({ library, dumpNow, hasOwnTargets, say }: Machine): void {
  let state: State;
  beforeAll(async () => {
    state = await steadyState();
    await record(state);
  });

  it.runIf(hasOwnTargets)('they have the sessions that setup-target.ps1 has made', () => {
    const own = state.sessions.filter(isOwn);
    expect(new Set(own.map(({ targetName }) => targetName)).size).toBe(2);
    expect(own.filter(({ connections }) => connections.length === 0)).toEqual([]);
  });

  it('they say the same of every session and connection', () => {
    expect(differenceLines(compareSessions(state.sessions, state.dump.sessions))).toEqual([]);
  });

  it('they say the same of disks, digests and authentication', () => {
    expect(differenceLines(compareParts(state.described, state.dump.sessions))).toEqual([]);
  });

  it('they say the same of the initiator', async () => {
    const ports = state.dump.initiatorPorts;
    const nodeName = await getIScsiInitiatorNodeName({ library });
    expect(ports.map(({ NodeAddress }) => NodeAddress.toLowerCase())).toContain(nodeName.toLowerCase());
    expect(ports.map(({ InstanceName }) => InstanceName)).toEqual(
      expect.arrayContaining(await reportIScsiInitiatorList({ library })),
    );
  });

  it('all connections show one byte order of initiatorSocket', ({ skip }) => {
    const result = byteOrderOf(state.sessions, state.dump);
    say(byteOrderLines(result).join('\n'));
    skip(result.evidence.length === 0, 'there is no connection');
    expect(result.order).toMatch(/^(host|network)$/);
  });

  // The last one: it changes what the machine has.
  it.runIf(hasOwnTargets)('they agree that a logout takes away one session alone', async () => {
    const own = state.sessions.filter(isOwn);
    // One of two with the same target, where there are two.
    const one =
      own.find((each, index) => own.findIndex(other => other.targetName === each.targetName) < index) ?? own[0];
    expect(one).toBeDefined();
    await logoutIScsiTarget(one?.sessionId ?? '', { library, retries: 30, retryDelayMs: 1000 });
    const left = state.sessions.filter(each => each !== one).map(({ sessionId }) => sessionId);
    expect((await getIScsiSessionList({ library })).map(({ sessionId }) => sessionId)).toEqual(left);
    const theirs = dumpNow().sessions.map(({ SessionIdentifier }) => SessionIdentifier.toLowerCase());
    expect(theirs.sort()).toEqual([...left].sort());
  });

  /** What both sides say, from a time when nothing changed. */
  async function steadyState(): Promise<State> {
    for (let round = 0; round < ROUNDS; round++) {
      const sessions = await getIScsiSessionList({ library });
      const said = { library, sessions, described: await describeSessions({ library }), dump: dumpNow() };
      if (isDeepStrictEqual(await getIScsiSessionList({ library }), sessions)) return said;
    }
    throw new Error(`the sessions have changed in each of ${ROUNDS} rounds`);
  }
}

import { describe, expect, it } from 'vitest';
import { eachChange } from './changes.js';
import { compareParts, compareSessions, differenceLines } from './compare.js';
import { SAMPLES, sidesOf } from './sides.js';

const IDS: readonly string[] = ['SessionIdentifier', 'ConnectionIdentifier', 'Path'];
const NEGOTIATED: readonly string[] = ['AuthenticationType', 'IsHeaderDigest', 'IsDataDigest'];

describe('a dump and the sessions that it shows, by way of the simulator', () => {
  for (const name of SAMPLES) {
    it(`do not differ: ${name}`, async () => {
      const { sessions, described, dump } = await sidesOf(name);
      expect(compareSessions(sessions, dump.sessions)).toEqual([]);
      expect(compareParts(described, dump.sessions)).toEqual([]);
    });
  }

  it('may be in another order, and in other letters', async () => {
    const { sessions, described, dump } = await sidesOf('four-sessions');
    const other = dump.sessions
      .map(session => ({
        ...session,
        SessionIdentifier: session.SessionIdentifier.toUpperCase(),
        TargetNodeAddress: session.TargetNodeAddress.toUpperCase(),
        InitiatorNodeAddress: session.InitiatorNodeAddress.toUpperCase(),
        Connections: [...session.Connections].reverse(),
        Disks: session.Disks.map(disk => ({ ...disk, Path: disk.Path.toUpperCase() })).reverse(),
      }))
      .reverse();
    expect(compareSessions(sessions, other)).toEqual([]);
    expect(compareParts(described, other)).toEqual([]);
  });
});

describe('whatever changes on one side is the difference, and nothing else is', async () => {
  const { sessions, described, dump } = await sidesOf('four-sessions');

  for (const { session, part, member, before, after, sessions: theirs } of eachChange(dump.sessions)) {
    it(`${session.SessionIdentifier}${part}: ${member}`, () => {
      const found = [...compareSessions(sessions, theirs), ...compareParts(described, theirs)];
      if (IDS.includes(member)) {
        // Each side has one that the other has not.
        expect(found.map(each => [typeof each.ours, typeof each.theirs]).sort()).toEqual([
          ['object', 'undefined'],
          ['undefined', 'object'],
        ]);
        return;
      }
      const times = howOften(member, session.Disks.length, session.Connections.length);
      expect(found).toEqual(Array(times).fill({ of: expect.any(String), member, ours: before, theirs: after }));
    });
  }

  for (const [index, session] of sessions.entries()) {
    it(`session ${index} is on one side only`, () => {
      const { sessionId: of } = session;
      const others = <Item>(list: readonly Item[]) => list.filter((_, at) => at !== index);
      expect(compareSessions(others(sessions), dump.sessions)).toEqual([
        { of, ours: undefined, theirs: dump.sessions[index] },
      ]);
      expect(compareSessions(sessions, others(dump.sessions))).toEqual([{ of, ours: session, theirs: undefined }]);
    });
  }

  it('a session comes twice on one side', () => {
    const [first] = sessions;
    expect(compareSessions(first ? [...sessions, first] : [], dump.sessions)).toEqual([
      { of: first?.sessionId, ours: first, theirs: undefined },
    ]);
  });

  it('a line says it', () => {
    const theirs = dump.sessions.map((session, index) => ({
      ...session,
      ...(index === 0 && { TargetSideIdentifier: '0001' }),
    }));
    expect(differenceLines(compareSessions(sessions, theirs))).toEqual([
      'ffff990fafe34010-4000013700000006: TargetSideIdentifier: the package says "0100", PowerShell "0001"',
    ]);
  });
});

/** An instance shows in each disk, what was negotiated only while there is a connection. */
function howOften(member: string, disks: number, connections: number): number {
  if (member === 'InitiatorInstanceName') return disks;
  return NEGOTIATED.includes(member) && connections === 0 ? 0 : 1;
}

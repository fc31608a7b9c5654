import { getIScsiSessionList, getIScsiSessionListSync, type SessionInfo } from 'iscsidsc';
import { createSimulator, exampleSessions, type Simulator } from 'iscsidsc/simulator';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { assertSessions } from '../fuzz/shape.js';

const simulator: Simulator = createSimulator();
beforeEach(() => {
  simulator.sessions = exampleSessions(3, { connections: 2 });
});
afterAll(() => simulator.dispose());

const list = (charset: 'unicode' | 'ansi' = 'unicode') => getIScsiSessionListSync({ library: simulator, charset });

describe('a result', () => {
  it('is plain data, which survives JSON, structuredClone and the IPC of Electron', () => {
    const sessions = list();
    expect(JSON.parse(JSON.stringify(sessions))).toStrictEqual(sessions);
    expect(structuredClone(sessions)).toStrictEqual(sessions);
  });

  it('always has its members in the same order', async () => {
    simulator.sessions = [...exampleSessions(2, { connections: 2, first: 10 }), ...createSimulator().sessions];
    assertSessions(list());
    assertSessions(list('ansi'));
    assertSessions(await getIScsiSessionList({ library: simulator }));
    expect(Object.keys(list()[0] as SessionInfo)).toEqual([
      'sessionId',
      'initiatorName',
      'targetNodeName',
      'targetName',
      'isid',
      'tsid',
      'connections',
    ]);
  });

  it.each(['unicode', 'ansi'] as const)('does not change when the same buffer serves the next call (%s)', charset => {
    const first = list(charset);
    const copy = structuredClone(first);
    simulator.sessions = exampleSessions(3, { name: 'DISC', first: 7, connections: 2 });
    const second = list(charset);
    expect(first).toStrictEqual(copy);
    expect(second).toStrictEqual(simulator.sessions);
    simulator.sessions = [];
    expect(list(charset)).toEqual([]);
    expect(first).toStrictEqual(copy);
  });

  it('shares nothing that can change with another result', () => {
    const [first, second] = [list(), list()];
    for (const session of first) {
      session.targetName = 'changed';
      for (const connection of session.connections) connection.targetSocket = 1;
      session.connections.pop();
    }
    first.pop();
    expect(second).toStrictEqual(exampleSessions(3, { connections: 2 }));
    expect(list()).toStrictEqual(second);
  });

  it('of one call is not mixed with that of another at the same time', async () => {
    const other = createSimulator({ sessions: exampleSessions(5, { name: 'other' }) });
    const lists = await Promise.all(
      Array.from({ length: 30 }, (_, index) => getIScsiSessionList({ library: index % 2 ? other : simulator })),
    );
    for (const [index, sessions] of lists.entries()) {
      expect(sessions).toStrictEqual(index % 2 ? other.sessions : simulator.sessions);
    }
    other.dispose();
  });
});

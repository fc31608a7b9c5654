import fc from 'fast-check';
import {
  type ExportName,
  getDevicesForIScsiSessionSync,
  getIScsiInitiatorNodeNameSync,
  getIScsiSessionListSync,
  logoutIScsiTarget,
  type SessionInfo,
} from 'iscsidsc';
import { createSimulator, exampleDevices, exampleSessions, type Simulator } from 'iscsidsc/simulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assertSessions } from '../fuzz/shape.js';
import { anyText } from '../fuzz/text.js';

let simulator: Simulator;
beforeEach(() => {
  simulator = createSimulator();
});
afterEach(() => simulator.dispose());

function refusal(message: unknown) {
  return expect.objectContaining({ name: 'IscsidscError', code: 'ERR_ISCSIDSC_INVALID_ARGUMENT', message });
}

describe('the sessions of a simulator, if none are given', () => {
  it('are realistic', () => {
    assertSessions(simulator.sessions);
    expect(getIScsiSessionListSync({ library: simulator })).toEqual(simulator.sessions);
  });

  it('have an IPv6 portal', () => {
    const addresses = simulator.sessions.flatMap(({ connections }) => connections.map(each => each.targetAddress));
    expect(addresses.some(address => address?.includes('::'))).toBe(true);
  });

  it('have one that is reconnecting, one without a node name, one with two connections', () => {
    expect(simulator.sessions.map(({ connections }) => connections.length)).toEqual([2, 1, 0, 1]);
    expect(simulator.sessions.filter(({ targetNodeName }) => targetNodeName === null)).toHaveLength(1);
    for (const { targetName } of simulator.sessions) expect(targetName).toMatch(/^iqn\.\d{4}-\d{2}\..+:.+$/);
  });

  it('have ids of their own', () => {
    const ids = simulator.sessions.flatMap(session => [
      session.sessionId,
      ...session.connections.map(each => each.connectionId),
    ]);
    expect(new Set(ids).size).toBe(8);
  });

  it('belong to one simulator alone', () => {
    simulator.sessions = simulator.sessions.slice(1);
    expect(createSimulator().sessions).toHaveLength(4);
  });
});

const [session] = exampleSessions(1) as [SessionInfo];
const [connection] = session.connections;
const WRONG: readonly [string, unknown, string][] = [
  ['null', null, 'Each of the sessions must be an object, not null.'],
  ['a string', 'x', 'Each of the sessions must be an object, not a string.'],
  [
    'an empty object',
    {},
    'An id is two hexadecimal numbers of 1 to 16 digits with a hyphen between them, not undefined.',
  ],
  [
    'a wrong id',
    { ...session, sessionId: '12' },
    "An id is two hexadecimal numbers of 1 to 16 digits with a hyphen between them, not '12'.",
  ],
  [
    'a name with NUL',
    { ...session, targetName: 'a\0b' },
    "targetName must be null or a string without NUL characters, not 'a\\x00b'.",
  ],
  [
    'a name that is missing',
    { ...session, targetNodeName: undefined },
    'targetNodeName must be null or a string without NUL characters, not undefined.',
  ],
  [
    'a name that is a number',
    { ...session, initiatorName: 5 },
    'initiatorName must be null or a string without NUL characters, not 5.',
  ],
  ['a short ISID', { ...session, isid: '4000' }, "isid must be 6 bytes in hexadecimal, not '4000'."],
  ['a TSID that is a number', { ...session, tsid: 1 }, 'tsid must be 2 bytes in hexadecimal, not 1.'],
  ['a TSID with a line feed', { ...session, tsid: '010\n' }, "tsid must be 2 bytes in hexadecimal, not '010\\n'."],
  ['no connections', { ...session, connections: undefined }, 'The connections must be an array, not undefined.'],
  ['text for connections', { ...session, connections: 'ab' }, "The connections must be an array, not 'ab'."],
  [
    'a connection that is null',
    { ...session, connections: [null] },
    'Each of the connections must be an object, not null.',
  ],
  [
    'a large port',
    { ...session, connections: [{ ...connection, targetSocket: 65536 }] },
    'targetSocket must be a whole number from 0 to 65535, not 65536.',
  ],
  [
    'a port as text',
    { ...session, connections: [{ ...connection, initiatorSocket: '1' }] },
    "initiatorSocket must be a whole number from 0 to 65535, not '1'.",
  ],
  [
    'a CID of three bytes',
    { ...session, connections: [{ ...connection, cid: '010203' }] },
    "cid must be 2 bytes in hexadecimal, not '010203'.",
  ],
  [
    'an address with NUL',
    { ...session, connections: [{ ...connection, targetAddress: '\0' }] },
    "targetAddress must be null or a string without NUL characters, not '\\x00'.",
  ],
];

describe('wrong sessions', () => {
  for (const [what, wrong, message] of WRONG) {
    it(`are refused when given and when set: ${what}`, () => {
      const sessions = [session, wrong] as SessionInfo[];
      expect(() => createSimulator({ sessions })).toThrow(refusal(message));
      expect(() => {
        simulator.sessions = sessions;
      }).toThrow(refusal(message));
      expect(getIScsiSessionListSync({ library: simulator })).toEqual(createSimulator().sessions);
    });
  }

  it.each([[null], [undefined], ['x'], [{}]])('are refused as a whole: %o', sessions => {
    expect(() => {
      simulator.sessions = sessions as never;
    }).toThrow(refusal(expect.stringMatching(/^The sessions must be an array\b.*, not /)));
  });

  it('with one id are refused, in any case of its letters', () => {
    const sessions = [session, { ...session, sessionId: session.sessionId.toUpperCase() }];
    expect(() => createSimulator({ sessions })).toThrow(
      refusal(`The ids of the sessions must differ, not '${session.sessionId}'.`),
    );
  });

  it('fail clearly whatever the text', () => {
    fc.assert(
      fc.property(anyText(), text => {
        for (const wrong of [{ sessionId: `${text}x` }, { isid: `${text}x` }, { targetName: `${text}\0` }]) {
          expect(() => {
            simulator.sessions = [{ ...session, ...wrong }];
          }).toThrow(expect.objectContaining({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' }));
        }
      }),
    );
  });
});

describe('the state of a simulator', () => {
  it('is a copy: what the caller does to its own objects later changes nothing', () => {
    const sessions = exampleSessions(2);
    const devices = exampleDevices(sessions);
    using library = createSimulator({ sessions, devices });
    sessions.pop();
    for (const each of sessions) each.targetName = 'changed';
    for (const list of Object.values(devices)) list.pop();
    expect(getIScsiSessionListSync({ library })).toEqual(exampleSessions(2));
    expect(getDevicesForIScsiSessionSync(session.sessionId, { library })).toHaveLength(1);
  });

  it('does not change the array that was passed', async () => {
    const sessions = exampleSessions(200);
    using library = createSimulator({ sessions, behaviour: { grow: 3, growTimes: 1 } });
    await logoutIScsiTarget(session.sessionId, { library });
    expect(getIScsiSessionListSync({ library })).toHaveLength(202);
    expect(sessions).toEqual(exampleSessions(200));
  });

  it('is frozen, because a change of a part would be lost', () => {
    const { sessions, devices, behaviour } = simulator;
    const id = session.sessionId;
    for (const change of [
      () => (sessions as SessionInfo[]).pop(),
      () => Object.assign(sessions[0] as SessionInfo, { targetName: 'changed' }),
      () => sessions[0]?.connections.pop(),
      () => Object.assign(devices, { [id]: [] }),
      () => (devices[id] as unknown[]).pop(),
      () => Object.assign(behaviour, { status: 'TYPO' }),
    ]) {
      expect(change).toThrow(TypeError);
    }
    expect(getIScsiSessionListSync({ library: simulator })).toEqual(createSimulator().sessions);
  });

  it('has ids in one form: a session that was given in capitals is found', () => {
    const sessionId = session.sessionId.toUpperCase();
    const devices = { [sessionId]: exampleDevices([session])[session.sessionId] ?? [] };
    using library = createSimulator({ sessions: [{ ...session, sessionId }], devices });
    expect(library.sessions).toEqual([session]);
    expect(getDevicesForIScsiSessionSync(sessionId, { library })).toHaveLength(1);
  });

  it('keeps the disks of a session when others come and go', async () => {
    const disksOf = (id: string) => getDevicesForIScsiSessionSync(id, { library: simulator });
    const [first, second] = simulator.sessions as [SessionInfo, SessionInfo];
    const before = disksOf(second.sessionId);
    await logoutIScsiTarget(first.sessionId, { library: simulator });
    expect(disksOf(second.sessionId)).toEqual(before);
    simulator.sessions = [...simulator.sessions, ...exampleSessions(1, { first: 100 })];
    expect(disksOf(second.sessionId)).toEqual(before);
  });

  it('adds the devices of a session some time after its own login', async () => {
    const clock = vi.spyOn(Date, 'now');
    using library = createSimulator({ sessions: exampleSessions(1), behaviour: { devicesAfterMs: 5000 } });
    const disks = () =>
      library.sessions.map(({ sessionId }) => getDevicesForIScsiSessionSync(sessionId, { library }).length);
    const start = Date.now();
    expect(disks()).toEqual([0]);
    clock.mockReturnValue(start + 6000);
    library.sessions = exampleSessions(2);
    expect(disks()).toEqual([1, 0]);
    clock.mockReturnValue(start + 12_000);
    expect(disks()).toEqual([1, 1]);
    clock.mockRestore();
  });

  it('copies what behaviour holds, too', () => {
    const missing: ExportName[] = ['GetIScsiSessionListEx'];
    using library = createSimulator({ behaviour: { missing } });
    missing.push('GetIScsiSessionListW');
    expect(getIScsiSessionListSync({ library })).toHaveLength(4);
  });

  it('refuses devices of one session under two ids', () => {
    const devices = { '1-2': [], '01-02': [] };
    expect(() => createSimulator({ devices })).toThrow(refusal(expect.stringContaining('under one id')));
  });

  it('has a node name of at most 223 characters, whatever the initiator name of its sessions', () => {
    for (const [initiatorName, codePage] of [
      ['x'.repeat(1_000_000), 1252],
      ['ü'.repeat(220), 65001],
    ] as const) {
      using library = createSimulator({ sessions: [{ ...session, initiatorName }], codePage });
      for (const charset of ['unicode', 'ansi'] as const) {
        const name = getIScsiInitiatorNodeNameSync({ library, charset });
        expect(initiatorName.startsWith(name) && name.length > 100).toBe(true);
      }
    }
  });

  it('says that a function is missing that it is not to have', () => {
    using library = createSimulator({ behaviour: { missing: ['AddISNSServerW'] } });
    expect(() => library.func('AddISNSServerW')).toThrow(
      expect.objectContaining({
        code: 'ERR_ISCSIDSC_MISSING_EXPORT',
        hint: expect.stringContaining('behaviour'),
      }),
    );
  });
});

describe('exampleSessions', () => {
  it('makes as many as asked for, each with ids and a target of its own', () => {
    const sessions = exampleSessions(1000, { connections: 2 });
    assertSessions(sessions);
    expect(new Set(sessions.map(({ sessionId }) => sessionId)).size).toBe(1000);
    expect(new Set(sessions.map(({ targetName }) => targetName)).size).toBe(1000);
    expect(new Set(sessions.flatMap(({ connections }) => connections.map(each => each.connectionId))).size).toBe(2000);
  });

  it('names them as wanted, from the number wanted', () => {
    const [one] = exampleSessions(1, { name: 'größe', first: 7, connections: 0 });
    expect(one).toMatchObject({ targetName: 'iqn.2003-01.org.example:größe-7', connections: [] });
    expect(exampleSessions(3).slice(2)).toEqual(exampleSessions(1, { first: 2 }));
  });

  it('can be many: all of them can be listed', () => {
    simulator.sessions = exampleSessions(20_000, { connections: 0 });
    expect(getIScsiSessionListSync({ library: simulator })).toEqual(simulator.sessions);
  });

  it.each([
    [[-1], 'The number of sessions must be a whole number from 0 to 65536, not -1.'],
    [['3'], "The number of sessions must be a whole number from 0 to 65536, not '3'."],
    [[65537], 'The number of sessions must be a whole number from 0 to 65536, not 65537.'],
    [[], 'The number of sessions must be a whole number from 0 to 65536, not undefined.'],
    [[1, null], 'The options must be an object, not null.'],
    [[1, { connections: 256 }], 'connections must be a whole number from 0 to 255, not 256.'],
    [[1, { name: 5 }], 'name must be a string, not 5.'],
    [[1, { first: 0.5 }], 'first must be a whole number from 0 to 65536, not 0.5.'],
    [[1, { count: 1 }], "A member of the options must be one of connections, name, first, not 'count'."],
  ])('refuses %o', (args, message) => {
    expect(() => (exampleSessions as (...args: unknown[]) => unknown)(...args)).toThrow(refusal(message));
  });
});

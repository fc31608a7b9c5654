import {
  addIScsiSendTargetPortal,
  type ConnectedTarget,
  type ConnectTarget,
  connectTarget,
  type IscsidscError,
  type Library,
  type SessionInfo,
} from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import { createSimulator, type SimulatedNetwork, type Simulator } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { answering, answerPortals } from './answering-library.js';
import { disturbed } from './disturbed-library.js';
import { hanging } from './hanging-library.js';

const DISK = 'iqn.2003-01.org.example:disk1';
const [FIRST, SECOND] = ['10.0.0.10', '10.0.1.10'] as const;
const target: ConnectTarget = { targetName: DISK, portals: FIRST };
const SESSION: SessionInfo = {
  ...(createSimulator().sessions[0] as SessionInfo),
  targetName: DISK,
  targetNodeName: DISK,
};
const BOTH = ['iqn.2003-01.org.example:one', 'iqn.2003-01.org.example:two'] as const;
const LIST = 'ReportIScsiSendTargetPortalsW';
const NOTHING = { portals: [], sessions: [], persistentLogins: [] };

function site(targets: SimulatedNetwork['targets'] = [{ targetName: DISK, portalGroups: [[FIRST, SECOND]] }]) {
  return createSimulator({ network: { targets } });
}

function numbersOf({ sendTargetPortals, sessions, persistentLogins }: Simulator): number[] {
  return [sendTargetPortals.length, sessions.length, persistentLogins.length];
}

describe('calls of connectTarget at once', () => {
  it('for one target make everything once, whatever the case of its name', async () => {
    using library = site();
    const wanted = { ...target, portals: [FIRST, SECOND], multipath: true, persistent: true };
    const names = [DISK, DISK.toUpperCase(), DISK];
    const all = await Promise.all(names.map(targetName => connectTarget({ ...wanted, targetName }, { library })));
    expect(numbersOf(library)).toEqual([2, 2, 2]);
    const [first, second, third] = all as [ConnectedTarget, ConnectedTarget, ConnectedTarget];
    expect([second.created, third.created]).toEqual([NOTHING, NOTHING]);
    await Promise.all([first.undo(), first.undo(), second.undo()]);
    expect(numbersOf(library)).toEqual([0, 0, 0]);
  });

  it('for one target do not wait for one that has failed, nor longer than they are allowed to', async () => {
    using simulator = site();
    const library = hanging(simulator, 'LoginIScsiTargetW', call => call === 1);
    // It never ends.
    void connectTarget(target, { library });
    const error = await connectTarget(target, { library, timeoutMs: 50 }).catch((reason: IscsidscError) => reason);
    expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'notStarted', created: NOTHING });
    const failed = await Promise.allSettled([
      connectTarget({ ...target, targetName: 'iqn.x:other' }, { library: simulator }),
      connectTarget({ ...target, targetName: 'iqn.x:other' }, { library: simulator }),
    ]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('through one portal register it once, and it stays until the last of them is undone', async () => {
    const names = ['one', 'two', 'three'].map(each => `iqn.2003-01.org.example:${each}`);
    using simulator = site(
      names.map((targetName, index) => ({
        targetName,
        portalGroups: [[FIRST]],
        luns: index === 0 ? [] : [{ lun: 0 }],
      })),
    );
    let added = 0;
    const library = disturbed(simulator, (_, name) => {
      if (name === 'AddIScsiSendTargetPortalW') added++;
      return undefined;
    });
    const results = await Promise.allSettled(
      names.map(targetName => connectTarget({ targetName, portals: FIRST }, { library })),
    );
    // The first has no LUN, and is undone, but the others need its portal.
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(added).toBe(1);
    expect(numbersOf(simulator)).toEqual([1, 2, 0]);
    for (const result of results) {
      if (result.status !== 'fulfilled') continue;
      expect(simulator.sendTargetPortals).toHaveLength(1);
      expect(result.value.created.portals).toMatchObject([{ address: FIRST }]);
      await result.value.undo();
    }
    expect(numbersOf(simulator)).toEqual([0, 0, 0]);
  });

  it('through one portal see that it was registered while they asked for the list', async () => {
    using simulator = site(BOTH.map(targetName => ({ targetName, portalGroups: [[FIRST]] })));
    let second: Promise<unknown> | undefined;
    const { library, added } = withList(simulator, answer => {
      if (second) return answer();
      // The list is answered after another call has registered the portal.
      second = connectTarget({ targetName: BOTH[1], portals: FIRST }, { library });
      second.then(answer);
    });
    const { created } = await connectTarget({ targetName: BOTH[0], portals: FIRST }, { library });
    expect([added(), created.portals]).toEqual([1, []]);
  });

  it('through one portal register it once also if both see at the same moment that it is missing', async () => {
    using simulator = site(BOTH.map(targetName => ({ targetName, portalGroups: [[FIRST]] })));
    const held: (() => void)[] = [];
    const { library, added } = withList(simulator, answer => {
      held.push(answer);
      if (held.length === 2) for (const each of held) each();
    });
    await Promise.all(BOTH.map(targetName => connectTarget({ targetName, portals: FIRST }, { library })));
    expect(added()).toBe(1);
  });

  it('through one portal try it themselves after it has failed for the first', async () => {
    using simulator = site();
    let added = 0;
    const library = disturbed(simulator, (_, name) =>
      name === 'AddIScsiSendTargetPortalW' && ++added === 1 ? { status: 0xefff0003 } : undefined,
    );
    const results = await Promise.allSettled([
      connectTarget({ ...target, targetName: 'iqn.2003-01.org.example:none' }, { library }),
      connectTarget(target, { library }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(added).toBe(2);
    expect(numbersOf(simulator)).toEqual([1, 1, 0]);
  });
});

it('connectTarget uses a session that another program has made meanwhile', async () => {
  using simulator = site();
  await addIScsiSendTargetPortal(FIRST, { library: simulator });
  const library = answering(simulator, {
    // Windows makes its saved logins, for instance.
    LoginIScsiTargetW: () => {
      if (simulator.sessions.length === 0) simulator.sessions = [SESSION];
      return undefined;
    },
  });
  const { sessions, created, failed } = await connectTarget(target, { library });
  expect(sessions).toMatchObject([{ sessionId: SESSION.sessionId, isNew: false }]);
  expect([created, failed]).toEqual([NOTHING, []]);
});

it('calls of undo at once reject with one error, which says once why', async () => {
  using simulator = site();
  const library = answering(simulator, { LogoutIScsiTarget: () => 0xefff0001 });
  const connected = await connectTarget(target, { library });
  const results = await Promise.allSettled([connected.undo(), connected.undo()]);
  const reasons = results.map(result => (result as PromiseRejectedResult).reason as IscsidscError);
  expect(reasons[0]).toBe(reasons[1]);
  expect(reasons[0]?.undoErrors).toHaveLength(1);
  expect(reasons[0]?.undoErrors?.[0]).not.toHaveProperty('undoErrors');
});

describe('a portal that is named twice', () => {
  it('by its name and its address has one session', async () => {
    using library = site([{ targetName: DISK, portalGroups: [['127.0.0.1', 'localhost']] }]);
    const wanted = { targetName: DISK, multipath: true, portals: ['localhost', '127.0.0.1'] };
    expect((await connectTarget(wanted, { library })).sessions).toHaveLength(1);
    expect(library.sessions).toHaveLength(1);
  });

  it('by Windows has one session', async () => {
    using simulator = site();
    await connectTarget(target, { library: simulator });
    simulator.sessions = [];
    const portals = [FIRST, SECOND, FIRST].map(address => ({ symbolicName: '', address, socket: 3260 }));
    const library = answering(simulator, {
      ReportIScsiTargetPortalsW: (_name, _target, _tag, size, buffer) => answerPortals(portals, size, buffer),
    });
    expect((await connectTarget({ targetName: DISK, multipath: true }, { library })).sessions).toHaveLength(2);
    expect(simulator.sessions).toHaveLength(2);
  });
});

it('undo of connectTarget can be taken out of the result', async () => {
  using library = site();
  const { devices, undo } = await connectTarget(target, { library });
  expect(devices).toHaveLength(1);
  await undo();
  expect(numbersOf(library)).toEqual([0, 0, 0]);
});

/** The answers of the list of portals come when the caller says so. Counts the portals that are added. */
function withList(simulator: Library, onAnswer: (answer: () => void) => void) {
  const native = simulator.func(LIST) as unknown as NativeFunction;
  const async = (...args: unknown[]) => {
    const done = args.at(-1) as (...answer: unknown[]) => void;
    native.async(...(args.slice(0, -1) as never), (...answer: unknown[]) => onAnswer(() => done(...answer)));
  };
  let added = 0;
  const counted = disturbed(simulator, (_, name) => {
    if (name === 'AddIScsiSendTargetPortalW') added++;
    return undefined;
  });
  const func = (name: ExportName) => (name === LIST ? Object.assign(() => 0, { async }) : counted.func(name));
  return { library: { ...counted, func: func as unknown as Library['func'] }, added: () => added };
}

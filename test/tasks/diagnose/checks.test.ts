import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CheckName, diagnose, type Finding, type Library } from 'iscsidsc';
import { createSimulator, exampleDevices, exampleSessions, type SimulatorOptions } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { answering, answerLogins, answerMappings } from '../answering-library.js';
import { byHand, loginTo } from '../initiator-by-hand.js';
import { faulty } from './faulty-library.js';

const DISK = 'iqn.2003-01.org.example:disk-0';
const GONE = 'iqn.2001-05.com.example.retired:old-disk';
const NOTHING: SimulatorOptions = { network: { targets: [] } };

async function findingOf(check: CheckName, library: Library): Promise<Finding> {
  const findings = await diagnose({ library });
  const found = findings.filter(each => each.check === check);
  expect(found).toHaveLength(1);
  return found[0] as Finding;
}

/** What a check finds on a simulated machine. */
async function on(check: CheckName, options: SimulatorOptions): Promise<Finding> {
  using library = createSimulator(options);
  return await findingOf(check, library);
}

/** In a process of its own, where Koffi cannot be loaded. */
function withoutKoffi(...args: string[]): Finding[] {
  const program = fileURLToPath(new URL('programs/without-koffi.mjs', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [program, ...args], { encoding: 'utf8' })) as Finding[];
}

describe('platform', () => {
  it.runIf(process.platform !== 'win32')('is a problem off Windows without a library', async () => {
    const findings = await diagnose();
    expect(findings.map(({ check, level }) => [check, level])).toEqual([
      ['platform', 'problem'],
      ['koffi', 'ok'],
    ]);
    expect(findings[0]?.whatToDo).toContain('iscsidsc/simulate');
  });

  it('is right with a library of the program, and says what the program runs on', async () => {
    const { level, what, details } = await on('platform', {});
    expect(level).toBe('ok');
    expect(what).toContain(process.versions.node);
    expect(details).toMatchObject({ platform: process.platform, arch: process.arch, node: process.versions.node });
  });
});

describe('koffi', () => {
  it('is a problem where it cannot be loaded, and then it is not the functions that are missing', () => {
    const found = withoutKoffi();
    expect(found.find(({ check }) => check === 'koffi')).toMatchObject({
      level: 'problem',
      what: expect.stringMatching(/^Koffi cannot be loaded: .*koffi\.node\.$/),
      whatToDo: expect.stringContaining(`${process.platform}-${process.arch}`),
      details: {
        error: {
          code: 'ERR_ISCSIDSC_LIBRARY_LOAD',
          cause: { code: 'ERR_DLOPEN_FAILED', message: expect.stringContaining('koffi.node') },
        },
      },
    });
    expect(found.find(({ check }) => check === 'dll')).toMatchObject({
      level: 'problem',
      what: expect.not.stringContaining('lacks'),
    });
  });

  it('has no path in an anonymous report', () => {
    const found = withoutKoffi('anonymous').find(({ check }) => check === 'koffi');
    expect(JSON.stringify(found)).not.toContain('koffi.node');
    expect(found?.details).toMatchObject({ error: { cause: { code: 'ERR_DLOPEN_FAILED' } } });
  });

  it('is right where it is', async () => {
    expect(await on('koffi', {})).toMatchObject({ level: 'ok', details: { version: expect.stringMatching(/^\d/) } });
  });
});

describe('dll', () => {
  it('is a warning where functions are missing, with their names', async () => {
    const missing = ['GetIScsiSessionListEx', 'ReportRadiusServerListA'] as const;
    const found = await on('dll', { behaviour: { missing } });
    expect(found).toMatchObject({
      level: 'warning',
      details: { functions: 77, missing: expect.arrayContaining([...missing]) },
    });
    expect(found.what).toContain(missing[0]);
  });

  it('is a problem where its functions cannot be had at all', async () => {
    using simulator = createSimulator();
    const func = () => {
      throw new TypeError('broken');
    };
    const library = { ...faulty(simulator, () => undefined), func };
    expect(await findingOf('dll', library)).toMatchObject({
      level: 'problem',
      details: { error: { message: 'broken' } },
    });
  });

  it('is right with all of them', async () => {
    expect(await on('dll', {})).toMatchObject({ level: 'ok', details: { functions: 79, missing: [], version: null } });
  });

  it.each([
    ['its version', (folder: string) => join(folder, 'iscsidsc.dll'), '10.0.20348.2849'],
    ['none if it has none', (folder: string) => join(folder, 'other.dll'), null],
    ['none if it ends within', (folder: string) => join(folder, 'half.dll'), null],
    ['none if there is no such file', (folder: string) => join(folder, 'no.dll'), null],
    ['none if it is a folder', (folder: string) => folder, null],
  ])('has %s', async (_, pathIn, version) => {
    const folder = mkdtempSync(join(tmpdir(), 'iscsidsc-dll-'));
    try {
      // VS_FIXEDFILEINFO: the signature, the version of the struct, and that of the file.
      const info = Buffer.from('bd04effe' + '00000100' + '00000a00' + '210b7c4f', 'hex');
      writeFileSync(join(folder, 'iscsidsc.dll'), Buffer.concat([Buffer.alloc(1000, 'MZ'), info, Buffer.alloc(1000)]));
      writeFileSync(join(folder, 'half.dll'), info.subarray(0, -1));
      writeFileSync(join(folder, 'other.dll'), 'MZ');
      using simulator = createSimulator();
      const found = await findingOf('dll', { ...faulty(simulator, () => undefined), name: pathIn(folder) });
      expect(found).toMatchObject({ level: 'ok', details: { version } });
      expect(found.what.includes('version')).toBe(version !== null);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('initiatorVersion', () => {
  it('is a warning if the initiator does not tell it', async () => {
    const found = await on('initiatorVersion', { behaviour: { missing: ['GetIScsiVersionInformation'] } });
    expect(found).toMatchObject({ level: 'warning', details: { error: { code: 'ERR_ISCSIDSC_MISSING_EXPORT' } } });
  });

  it('is told', async () => {
    expect((await on('initiatorVersion', {})).what).toBe('The initiator has version 10.0.20348.');
  });
});

describe('elevation', () => {
  it('is a problem if Windows refuses the list, a warning if it does not', async () => {
    const isElevated = false;
    const found = await on('elevation', { elevated: false });
    expect(found).toMatchObject({ level: 'problem', details: { isElevated, canListSessions: false, answered: [] } });
    using simulator = createSimulator();
    // FALSE is the answer, whatever the error.
    const library = faulty(simulator, name => (name === 'IsUserAnAdmin' ? { status: 0 } : undefined));
    const details = { isElevated, canListSessions: true, answered: expect.arrayContaining(['sessions', 'mappings']) };
    expect(await findingOf('elevation', library)).toMatchObject({ level: 'warning', details });
  });

  it('is right for an administrator', async () => {
    expect(await on('elevation', { elevated: true })).toMatchObject({ level: 'ok', details: { isElevated: true } });
  });

  it('is a problem if an administrator is refused', async () => {
    using simulator = createSimulator();
    const library = faulty(simulator, name => (name === 'GetIScsiSessionListW' ? { status: 5 } : undefined));
    expect(await findingOf('elevation', library)).toMatchObject({ level: 'problem' });
  });

  it('is a warning where a library cannot tell', async () => {
    using simulator = createSimulator();
    const { windowsFunc: _, ...library } = answering(simulator, {});
    expect(await findingOf('elevation', library)).toMatchObject({ level: 'warning' });
  });
});

describe('service', () => {
  it('is a problem if it does not run, or is not there', async () => {
    const found = await on('service', { service: { state: 'stopped', startType: 'manual' } });
    expect(found).toMatchObject({ level: 'problem', details: { state: 'stopped', startType: 'manual', answered: [] } });
    expect(found.whatToDo).toContain("'iscsidsc service start'");
    expect(await on('service', { service: null })).toMatchObject({
      level: 'problem',
      what: 'There is no service MSiSCSI.',
    });
  });

  it('is a warning if it is about to run, or if nobody will start it for the persistent logins', async () => {
    expect(await on('service', { service: { state: 'startPending', startMs: 100_000 } })).toMatchObject({
      level: 'warning',
    });
    const found = await on('service', { service: { startType: 'manual' } });
    expect(found).toMatchObject({ level: 'warning', whatToDo: expect.stringContaining('--automatic') });
  });

  it('is right if it runs and will run, or if there is nothing to log in to', async () => {
    expect(await on('service', {})).toMatchObject({
      level: 'ok',
      details: { state: 'running', startType: 'automatic' },
    });
    expect(await on('service', { ...NOTHING, service: { startType: 'manual' } })).toMatchObject({ level: 'ok' });
  });
});

describe('lists', () => {
  it('are a problem if one cannot be had, which the other findings need not repeat', async () => {
    const found = await on('lists', { behaviour: { missing: ['ReportIScsiTargetsW', 'GetIScsiSessionListW'] } });
    expect(found).toMatchObject({
      level: 'problem',
      details: {
        sessions: { count: null, error: { code: 'ERR_ISCSIDSC_MISSING_EXPORT' } },
        targets: { count: null },
        portals: { count: 4, milliseconds: expect.any(Number) },
      },
    });
    expect(found.what).toContain('sessions, targets:');
  });

  it('are right with their numbers and times', async () => {
    const { level, what } = await on('lists', {});
    expect(level).toBe('ok');
    expect(what).toMatch(
      /^The initiator lists 4 sessions in \d+ ms, 4 targets in \d+ ms, 4 portals in \d+ ms, 3 persistent/,
    );
  });
});

describe('portals', () => {
  const portal = '10.0.0.10';
  const machine = (down: boolean) => {
    const library = createSimulator({
      network: {
        targets: [{ targetName: DISK, portalGroups: [[portal]] }],
        portals: [{ address: portal, down, delayMs: 60_000 }],
      },
      sendTargetPortals: [
        {
          ...{ initiatorName: '', initiatorPortNumber: 0xffffffff, symbolicName: '', address: portal, socket: 3260 },
          ...{ securityFlags: [], loginOptions: { loginFlags: [] } },
        },
      ],
    });
    library.restart();
    return library;
  };

  it('are a warning if one has not answered', async () => {
    using library = machine(true);
    const found = await findingOf('portals', library);
    expect(found).toMatchObject({
      level: 'warning',
      details: { portals: [{ portal: '10.0.0.10:3260', hasTargets: false }] },
    });
    expect(found.what).toContain('10.0.0.10:3260');
  });

  it('are right if each has told of a target, and if there is none', async () => {
    using library = machine(false);
    expect(await findingOf('portals', library)).toMatchObject({
      level: 'ok',
      details: { portals: [{ hasTargets: true }] },
    });
    expect(await on('portals', NOTHING)).toMatchObject({ level: 'ok', details: { portals: [] } });
  });

  it('are not asked: nothing of the machine changes, and none that does not answer is waited for', async () => {
    using library = machine(true);
    const called = new Set<string>();
    await diagnose({ library: faulty(library, () => undefined, called as never) });
    expect([...called].filter(name => !/^(Get|Report|Is|Open|Query|Close)/.test(name))).toEqual([]);
  });
});

describe('loginsToGoneTargets', () => {
  it('are a warning', async () => {
    const found = await on('loginsToGoneTargets', {});
    expect(found).toMatchObject({ level: 'warning', details: { logins: 3, goneTargets: [GONE] } });
    expect(found.what).toContain(GONE);
    expect(found.whatToDo).toContain('target forget');
  });

  it('are none if a session or the list has the target, in any case', async () => {
    const sessions = exampleSessions(1);
    const logins = [loginTo(DISK.toUpperCase())];
    expect(await on('loginsToGoneTargets', { ...NOTHING, sessions, persistentLogins: logins })).toMatchObject({
      level: 'ok',
    });
    using simulator = createSimulator(NOTHING);
    const library = byHand(simulator, { targets: { [DISK]: {} }, logins });
    expect(await findingOf('loginsToGoneTargets', library)).toMatchObject({ level: 'ok' });
  });
});

describe('duplicateLogins', () => {
  it('are a warning, with how often each is there', async () => {
    const persistentLogins = [loginTo(DISK, '10.0.0.1'), loginTo(DISK, '10.0.0.1'), loginTo(DISK, '10.0.0.2')];
    const found = await on('duplicateLogins', { ...NOTHING, persistentLogins });
    const duplicates = [{ target: DISK, portal: '10.0.0.1:3260', times: 2 }];
    expect(found).toMatchObject({ level: 'warning', details: { logins: 3, duplicates } });
  });

  it('are none through several portals', async () => {
    const persistentLogins = [loginTo(DISK, '10.0.0.1'), loginTo(DISK, '10.0.0.2'), loginTo(GONE, '10.0.0.1')];
    expect(await on('duplicateLogins', { ...NOTHING, persistentLogins })).toMatchObject({ level: 'ok' });
  });
});

/** Two sessions with one target. */
function paths(connections: readonly [number, number]) {
  return exampleSessions(2).map((session, index) => ({
    ...session,
    targetName: DISK,
    targetNodeName: DISK,
    connections: session.connections.slice(0, connections[index]),
  }));
}

describe('reconnectingSessions', () => {
  it('are a problem, a warning where another session has the target', async () => {
    const sessions = exampleSessions(1, { connections: 0 });
    const found = await on('reconnectingSessions', { ...NOTHING, sessions });
    expect(found).toMatchObject({
      level: 'problem',
      details: { reconnecting: [{ target: DISK, hasOtherPath: false }] },
    });
    expect(await on('reconnectingSessions', { ...NOTHING, sessions: paths([1, 0]) })).toMatchObject({
      level: 'warning',
      details: { reconnecting: [{ hasOtherPath: true }] },
    });
  });

  it('are none if all are connected', async () => {
    expect(await on('reconnectingSessions', { ...NOTHING, sessions: exampleSessions(2) })).toMatchObject({
      level: 'ok',
    });
    expect(await on('reconnectingSessions', NOTHING)).toMatchObject({ level: 'ok' });
  });
});

describe('paths', () => {
  it('are a warning if a target has one where another has two', async () => {
    const [other] = exampleSessions(1, { first: 7 });
    const found = await on('paths', { ...NOTHING, sessions: [...paths([1, 1]), ...(other ? [other] : [])] });
    expect(found).toMatchObject({ level: 'warning', details: { targets: [{ target: DISK, paths: 2 }, { paths: 1 }] } });
    expect(found.what).toContain('disk-7');
    expect(found.what).not.toContain(DISK);
  });

  it('are right if all have one, or all have two', async () => {
    expect(await on('paths', { ...NOTHING, sessions: exampleSessions(3) })).toMatchObject({ level: 'ok' });
    expect(await on('paths', { ...NOTHING, sessions: paths([1, 1]) })).toMatchObject({ level: 'ok' });
  });
});

describe('disksWithoutMpio', () => {
  const sessions = paths([1, 1]);

  it('are a problem: two disks of one target and LUN', async () => {
    const found = await on('disksWithoutMpio', { ...NOTHING, sessions, devices: exampleDevices(sessions) });
    expect(found).toMatchObject({
      level: 'problem',
      details: { twice: [{ target: DISK, lun: 0, deviceNumbers: [1, 2] }] },
    });
    expect(found.what).toContain('disk 1 and disk 2');
  });

  it('are none where MPIO has made one of them, and where one session has two LUNs', async () => {
    expect(await on('disksWithoutMpio', { ...NOTHING, sessions })).toMatchObject({
      level: 'ok',
      details: { disks: 1 },
    });
    const one = exampleSessions(1);
    const found = await on('disksWithoutMpio', { ...NOTHING, sessions: one, devices: exampleDevices(one, 2) });
    expect(found).toMatchObject({ level: 'ok', details: { disks: 2 } });
  });

  it('are not judged if the devices of a session are not known', async () => {
    const found = await on('disksWithoutMpio', {
      ...NOTHING,
      sessions,
      behaviour: { missing: ['GetDevicesForIScsiSessionW'] },
    });
    expect(found).toMatchObject({ level: 'warning', what: expect.stringMatching(/^Not checked/) });
  });
});

describe('initiatorSocketOrder', () => {
  const withSocket = (initiatorSocket: number) => ({
    ...NOTHING,
    sessions: exampleSessions(1).map(session => ({
      ...session,
      connections: session.connections.map(connection => ({ ...connection, initiatorSocket })),
    })),
  });

  it('is a warning if a port is one only as it is reported', async () => {
    const found = await on('initiatorSocketOrder', withSocket(0xc001));
    expect(found).toMatchObject({ level: 'warning', details: { shows: 'as reported' } });
    expect(found.details).toMatchObject({ sockets: [{ asReported: 0xc001, swapped: 0x01c0 }] });
  });

  it('is right if it is one only with its bytes swapped, and if nothing shows', async () => {
    expect(await on('initiatorSocketOrder', withSocket(0x01c0))).toMatchObject({
      level: 'ok',
      details: { shows: 'swapped' },
    });
    expect(await on('initiatorSocketOrder', withSocket(0xe5df))).toMatchObject({
      level: 'ok',
      details: { shows: 'nothing' },
    });
    expect(await on('initiatorSocketOrder', NOTHING)).toMatchObject({ level: 'ok', details: { shows: 'nothing' } });
  });
});

describe('portalGroupSizes', () => {
  it('are a warning if an answer fits neither reading', async () => {
    const found = await on('portalGroupSizes', { behaviour: { reportSlack: 9 } });
    expect(found).toMatchObject({ level: 'warning', details: { shows: 'nothing' } });
  });

  it('are told by groups with two portals', async () => {
    expect(await on('portalGroupSizes', {})).toMatchObject({ level: 'ok', details: { shows: 'iscsicli' } });
    expect(await on('portalGroupSizes', NOTHING)).toMatchObject({
      level: 'ok',
      details: { shows: 'nothing', answers: [] },
    });
  });
});

describe('loginPasswords', () => {
  const password = 'a secret of a login';
  const withLogins = (options: object) => {
    const simulator = createSimulator(NOTHING);
    const logins = [{ ...loginTo(DISK), loginOptions: { loginFlags: [], ...options } }];
    const library = answering(simulator, {
      ReportIScsiPersistentLoginsW: (count, buffer, size) => answerLogins(logins, count, buffer, size),
    });
    return { library, [Symbol.dispose]: () => simulator.dispose() };
  };

  it('are a warning if there is one, which is not read', async () => {
    using machine = withLogins({ password });
    const findings = await diagnose({ library: machine.library });
    expect(findings.find(({ check }) => check === 'loginPasswords')).toMatchObject({
      level: 'warning',
      details: { logins: 1, withPassword: 1 },
    });
    expect(JSON.stringify(findings)).not.toContain(password);
  });

  it('are none with a user name alone', async () => {
    using machine = withLogins({ username: 'somebody', authType: 'chap' });
    expect(await findingOf('loginPasswords', machine.library)).toMatchObject({
      level: 'ok',
      details: { logins: 1, withPassword: 0 },
    });
    expect(await on('loginPasswords', NOTHING)).toMatchObject({ level: 'ok' });
  });
});

describe('loginSessions', () => {
  const sessions = exampleSessions(1);
  const withSession = (sessionId: string) => ({
    ...NOTHING,
    sessions,
    persistentLogins: [{ ...loginTo(DISK), mappings: { sessionId, osBusNumber: 0, osTargetNumber: 0, lunList: [] } }],
  });

  it('are a warning if one is not live', async () => {
    expect(await on('loginSessions', withSession('1-2'))).toMatchObject({
      level: 'warning',
      details: { withMappings: 1, withSession: 1, withLiveSession: 0 },
    });
  });

  it('are right if they are live, and if there are none', async () => {
    const found = await on('loginSessions', withSession(sessions[0]?.sessionId ?? ''));
    expect(found).toMatchObject({ level: 'ok', details: { withSession: 1, withLiveSession: 1 } });
    expect(await on('loginSessions', {})).toMatchObject({ level: 'ok', details: { withSession: 0 } });
  });
});

describe('discoveryMechanisms', () => {
  const withMechanism = async (mechanism: string) => {
    using simulator = createSimulator(NOTHING);
    return await findingOf(
      'discoveryMechanisms',
      byHand(simulator, { targets: { [DISK]: { aliases: { [mechanism]: '' } } } }),
    );
  };

  it('are a warning if a portal is written in another way', async () => {
    expect(await withMechanism('SendTargets:10.0.0.10')).toMatchObject({ level: 'warning' });
  });

  it('are right as they are known, and are shown without the names in them', async () => {
    expect(await withMechanism('SendTargets:*10.61.169.28 0003260 Root\\ISCSIPRT\\0000_0 ')).toMatchObject({
      level: 'ok',
      details: { shapes: { 'SendTargets:*x 0000000 x ': 1 } },
    });
    expect(await withMechanism('iSNS:isns.corp.example ')).toMatchObject({
      level: 'ok',
      details: { shapes: { 'iSNS:x ': 1 } },
    });
  });
});

describe('lunNumbers', () => {
  const withLun = async (osLun: number, targetLun: string) => {
    using simulator = createSimulator(NOTHING);
    const mapping = {
      ...{ initiatorName: '', targetName: DISK, osDeviceName: '', sessionId: '1-2', osBusNumber: 0, osTargetNumber: 0 },
      lunList: [{ osLun, targetLun }],
    };
    const library = answering(simulator, {
      ReportActiveIScsiTargetMappingsW: (size, count, buffer) => answerMappings([mapping], size, count, buffer),
    });
    return await findingOf('lunNumbers', library);
  };

  it('are a warning if one is a plain number', async () => {
    expect(await withLun(3, '3')).toMatchObject({
      level: 'warning',
      details: { luns: [{ osLun: 3, targetLun: '3' }] },
    });
  });

  it('are right as a target is sent them, and if none shows', async () => {
    expect(await withLun(3, '300')).toMatchObject({ level: 'ok', what: 'Mappings have LUNs as expected.' });
    expect(await withLun(0, '0')).toMatchObject({ level: 'ok', what: expect.stringContaining('none shows') });
  });
});

describe('diskAddresses', () => {
  const withMappings = async (osTargetNumber: number, isMultipath: boolean) => {
    const sessions = paths([1, 1]).slice(0, isMultipath ? 2 : 1);
    using simulator = createSimulator({ ...NOTHING, sessions });
    const mappings = sessions.map(({ sessionId }, index) => ({
      ...{ initiatorName: '', targetName: DISK, osDeviceName: '', sessionId, osBusNumber: 0 },
      ...{ osTargetNumber: osTargetNumber + index, lunList: [{ osLun: 0, targetLun: '0' }] },
    }));
    const library = answering(simulator, {
      ReportActiveIScsiTargetMappingsW: (size, count, buffer) => answerMappings(mappings, size, count, buffer),
    });
    return await findingOf('diskAddresses', library);
  };

  it('are a warning if a disk is where no LUN is', async () => {
    expect(await withMappings(7, false)).toMatchObject({
      level: 'warning',
      details: { disks: 1, disksOfMpio: 0, elsewhere: 1, elsewhereOfMpio: 0 },
    });
    const found = await withMappings(7, true);
    expect(found.details).toEqual({ disks: 2, disksOfMpio: 2, elsewhere: 2, elsewhereOfMpio: 2 });
    expect(found.what).toBe('2 of 2 disks at a SCSI address that no mapping has, 2 of them made by MPIO.');
  });

  it('are right if each is where a LUN is, and if there is none', async () => {
    expect(await withMappings(0, true)).toMatchObject({ level: 'ok', details: { disksOfMpio: 2, elsewhere: 0 } });
    expect(await on('diskAddresses', NOTHING)).toMatchObject({ level: 'ok', details: { disks: 0 } });
  });
});

it('has one finding for each check, in the same order whatever is wrong', async () => {
  using good = createSimulator(NOTHING);
  using bad = createSimulator({ behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } });
  const names = (await diagnose({ library: good })).map(({ check }) => check);
  expect(new Set(names).size).toBe(names.length);
  expect((await diagnose({ library: bad })).map(({ check }) => check)).toEqual(names);
});

it('says what to do of all that is not ok, and why of everything', async () => {
  using library = createSimulator({ behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } });
  for (const { level, what, why, whatToDo } of [...(await diagnose({ library })), ...(await diagnose())]) {
    for (const sentence of [what, why, ...(whatToDo === null ? [] : [whatToDo])]) expect(sentence).toMatch(/^\S.*\.$/);
    expect(whatToDo === null).toBe(level === 'ok');
  }
});

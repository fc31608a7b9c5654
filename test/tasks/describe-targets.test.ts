import { describeTarget, describeTargets } from 'iscsidsc';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { answerText } from './answering-library.js';
import { hanging } from './hanging-library.js';
import { byHand, loginTo } from './initiator-by-hand.js';

const DISK = 'iqn.2003-01.org.example:disk-0';
const GONE = 'iqn.2001-05.com.example.retired:old-disk';
const SEND_TARGETS = 'SendTargets:*10.0.0.10 0003260 Root\\ISCSIPRT\\0000_0 ';
const PORTAL = { symbolicName: '', address: '10.0.0.10', socket: 3260 };
const FAILED = 0xefff0001;

describe('describeTargets', () => {
  it('describes a target with all that belongs to it', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(1) });
    const logins = [loginTo(DISK), loginTo(DISK)];
    const targets = { [DISK]: { aliases: { [SEND_TARGETS]: 'Disk 0' }, portals: [PORTAL] } };
    const library = byHand(simulator, { targets, logins });
    expect(await describeTargets({ library })).toEqual([
      {
        targetName: DISK,
        isDiscovered: true,
        isConnected: true,
        targetAlias: 'Disk 0',
        targetAliasError: null,
        discoveryMechanisms: [SEND_TARGETS],
        discoveryMechanismsError: null,
        portals: [PORTAL],
        portalsError: null,
        sessions: simulator.sessions,
        sessionsError: null,
        persistentLogins: logins,
        persistentLoginsError: null,
      },
    ]);
  });

  it('describes targets that only a session or a persistent login names, and asks Windows nothing about them', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(2, { connections: 0 }) });
    const calls: string[] = [];
    const library = byHand(
      simulator,
      {
        targets: { 'iqn.2003-01.org.example:new': {} },
        logins: [loginTo(GONE)],
      },
      {},
      calls,
    );
    const described = await describeTargets({ library });
    expect(
      described.map(({ targetName, isDiscovered, isConnected }) => [targetName, isDiscovered, isConnected]),
    ).toEqual([
      ['iqn.2003-01.org.example:new', true, false],
      [GONE, false, false],
      [DISK, false, false],
      ['iqn.2003-01.org.example:disk-1', false, false],
    ]);
    expect(described[1]).toMatchObject({ portals: [], portalsError: null, discoveryMechanisms: [], targetAlias: null });
    expect(described[1]).toMatchObject({ persistentLogins: [loginTo(GONE)], sessions: [] });
    expect(described[2]).toMatchObject({ persistentLogins: [], sessions: [{ targetName: DISK }] });
    expect(calls.filter(name => name === 'ReportIScsiTargetPortalsW')).toHaveLength(1);
  });

  it('takes names that differ in case alone for one target, and writes it as the list of targets does', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(1) });
    const library = byHand(simulator, { targets: { [DISK.toUpperCase()]: {} }, logins: [loginTo(DISK)] });
    const [target, ...others] = await describeTargets({ library });
    expect(others).toEqual([]);
    expect(target).toMatchObject({ targetName: DISK.toUpperCase(), sessions: [{}], persistentLogins: [{}] });
  });

  it('takes the first alias that is not empty, and null where all of them are', async () => {
    using simulator = createSimulator({ sessions: [] });
    const targets = {
      second: { aliases: { 'a ': '', 'b ': 'Second', 'c ': 'Third' } },
      none: { aliases: { 'a ': '' } },
      failedOnce: { aliases: { 'a ': FAILED, 'b ': 'There' } },
      failed: { aliases: { 'a ': '', 'b ': FAILED } },
    };
    const library = byHand(simulator, { targets });
    const described = await describeTargets({ library });
    expect(described.map(({ targetAlias, targetAliasError }) => [targetAlias, targetAliasError?.code])).toEqual([
      ['Second', undefined],
      [null, undefined],
      ['There', undefined],
      [null, 'ISDSC_NON_SPECIFIC_ERROR'],
    ]);
  });

  it('has null with the reason for each part that fails, and the rest', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(1) });
    const fails = () => FAILED;
    const known = { targets: { [DISK]: { portals: [PORTAL] } }, logins: [loginTo(DISK)] };
    const failing = async (name: string) =>
      describeTarget(DISK, { library: byHand(simulator, known, { [name]: fails }) });
    const reason = { code: 'ISDSC_NON_SPECIFIC_ERROR', errno: FAILED };
    const whole = await describeTarget(DISK, { library: byHand(simulator, known) });
    expect(await failing('ReportIScsiTargetPortalsW')).toEqual({
      ...whole,
      portals: null,
      portalsError: expect.objectContaining(reason),
    });
    expect(await failing('GetIScsiTargetInformationW')).toEqual({
      ...whole,
      discoveryMechanisms: null,
      discoveryMechanismsError: expect.objectContaining(reason),
      targetAliasError: expect.objectContaining(reason),
    });
    expect(await failing('GetIScsiSessionListW')).toEqual({
      ...whole,
      isConnected: null,
      sessions: null,
      sessionsError: expect.objectContaining({ ...reason, syscall: 'GetIScsiSessionListW' }),
    });
    expect(await failing('ReportIScsiPersistentLoginsW')).toEqual({
      ...whole,
      persistentLogins: null,
      persistentLoginsError: expect.objectContaining(reason),
    });
  });

  it('never passes off a list that failed as no target', async () => {
    using simulator = createSimulator({ sessions: [] });
    const error = { code: 'ISDSC_NON_SPECIFIC_ERROR', syscall: 'ReportIScsiPersistentLoginsW' };
    const library = byHand(simulator, { logins: FAILED });
    await expect(describeTargets({ library })).rejects.toMatchObject(error);
    await expect(describeTarget(GONE, { library })).rejects.toMatchObject(error);
    const none = byHand(simulator, { targets: FAILED });
    await expect(describeTargets({ library: none })).rejects.toMatchObject({
      code: 'ISDSC_NON_SPECIFIC_ERROR',
      syscall: 'ReportIScsiTargetsW',
    });
    expect(await describeTargets({ library: byHand(simulator, {}) })).toEqual([]);
    expect(await describeTarget(GONE, { library: byHand(simulator, {}) })).toBeNull();
  });

  it('asks for the lists once, and for the details of the described target alone', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(3) });
    const targets = { [DISK]: { aliases: { 'a ': '' } }, other: {}, another: {} };
    const calls: string[] = [];
    const library = byHand(simulator, { targets }, {}, calls);
    expect(await describeTarget(DISK.toUpperCase(), { library })).toMatchObject({
      targetName: DISK,
      isConnected: true,
    });
    const counts = Object.fromEntries(calls.map(name => [name, calls.filter(each => each === name).length]));
    // The mechanisms, and one alias.
    expect(counts).toEqual({
      ReportIScsiTargetsW: 1,
      GetIScsiSessionListW: 1,
      ReportIScsiPersistentLoginsW: 1,
      ReportIScsiTargetPortalsW: 1,
      GetIScsiTargetInformationW: 2,
    });
  });

  it('asks the network once where it must', async () => {
    using simulator = createSimulator({ sessions: [] });
    const forced: unknown[] = [];
    const more = {
      ReportIScsiTargetsW: (...[force, size, buffer]: unknown[]) => {
        forced.push(force);
        return answerText([], size, buffer, 2);
      },
    };
    const library = byHand(simulator, {}, more);
    await describeTargets({ library, forceUpdate: true });
    await describeTargets({ library });
    expect(forced).toEqual([1, 0]);
  });

  it('keeps what it has when a call hangs until the deadline, and says of each part how far it came', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(1) });
    const made = byHand(simulator, { targets: { [DISK]: { portals: [PORTAL] }, second: {} } });
    const library = hanging(made, 'GetIScsiTargetInformationW', () => true);
    const [first, second] = await describeTargets({ library, timeoutMs: 500 });
    expect(first).toMatchObject({
      portals: [PORTAL],
      discoveryMechanisms: null,
      discoveryMechanismsError: { code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'running' },
      targetAliasError: { code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'notStarted' },
      sessionsError: null,
    });
    expect(second).toMatchObject({ portals: null, portalsError: { pending: 'notStarted' }, sessions: [] });
  });

  it('rejects when it does not even have the list of targets, and when its signal fires', async () => {
    using simulator = createSimulator();
    const made = byHand(simulator, { targets: { [DISK]: {} } });
    const late = describeTargets({ library: hanging(made, 'ReportIScsiTargetsW', () => true), timeoutMs: 20 });
    await expect(late).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'running' });
    const end = new AbortController();
    const library = hanging(made, 'ReportIScsiTargetPortalsW', () => {
      setImmediate(() => end.abort());
      return true;
    });
    await expect(describeTargets({ library, signal: end.signal })).rejects.toMatchObject({ code: 'ABORT_ERR' });
  });

  it('refuses what cannot be the name of a target', async () => {
    using library = createSimulator();
    for (const name of ['', 'x'.repeat(224), 'a\0b', 7]) {
      const error = { code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' };
      await expect(describeTarget(name as string, { library })).rejects.toMatchObject(error);
    }
  });
});

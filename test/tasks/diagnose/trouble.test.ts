import { setImmediate } from 'node:timers/promises';
import { type DiagnoseOptions, diagnose, type Finding, type WindowsFunctionName } from 'iscsidsc';
import type { ExportName } from 'iscsidsc/raw';
import { createSimulator, type SimulatorOptions } from 'iscsidsc/simulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CALLED, type Fault, faulty } from './faulty-library.js';

/** Lets the time pass until it is settled. */
async function settled<Value>(promise: Promise<Value>): Promise<Value> {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  while (!isSettled) {
    await vi.advanceTimersByTimeAsync(20);
    await setImmediate();
  }
  return await promise;
}

async function diagnosed(
  fault: (name: string) => Fault | undefined,
  options: DiagnoseOptions = {},
): Promise<Finding[]> {
  using simulator = createSimulator();
  return await settled(diagnose({ library: faulty(simulator, fault), ...options }));
}

const levels = (findings: readonly Finding[]) => Object.fromEntries(findings.map(({ check, level }) => [check, level]));
const notOk = (findings: readonly Finding[], good: readonly Finding[]) =>
  findings.filter(({ check, level }) => level !== 'ok' && levels(good)[check] === 'ok').map(({ check }) => check);

/** The checks that lack something without an answer of these functions. */
const NEEDED_BY: Readonly<Record<string, readonly string[]>> = {
  GetIScsiVersionInformation: ['initiatorVersion'],
  GetIScsiSessionListW: ['lists', 'disksWithoutMpio', 'initiatorSocketOrder', 'loginSessions', 'diskAddresses'],
  GetIScsiSessionListEx: [],
  ReportIScsiTargetsW: ['lists', 'portals', 'portalGroupSizes', 'discoveryMechanisms'],
  ReportIScsiSendTargetPortalsW: ['lists', 'portals'],
  ReportIScsiPersistentLoginsW: ['lists', 'duplicateLogins', 'loginPasswords', 'loginSessions'],
  ReportActiveIScsiTargetMappingsW: ['lunNumbers', 'diskAddresses'],
  GetDevicesForIScsiSessionW: ['disksWithoutMpio', 'diskAddresses'],
  GetIScsiTargetInformationW: ['portals', 'portalGroupSizes', 'discoveryMechanisms'],
  IsUserAnAdmin: ['elevation'],
  OpenSCManagerW: ['service'],
  OpenServiceW: ['service'],
  QueryServiceStatusEx: ['service'],
  QueryServiceConfigW: ['service'],
  CloseServiceHandle: ['service'],
};

describe('a call', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(CALLED)('%s that hangs ends the checks that need it, and no other', async name => {
    const good = await diagnosed(() => undefined);
    const begin = performance.now();
    const findings = await diagnosed(each => (each === name ? 'hangs' : undefined));
    expect(performance.now() - begin).toBeLessThan(11_000);
    expect(findings.map(({ check }) => check)).toEqual(good.map(({ check }) => check));
    expect(notOk(findings, good).sort()).toEqual([...(NEEDED_BY[name] ?? ['not in the table'])].sort());
    const errors = JSON.stringify(findings).match(/"pending":"\w+"/g) ?? [];
    if (NEEDED_BY[name]?.length !== 0) expect(errors).toContain('"pending":"running"');
  });

  it.each(CALLED)('%s that fails does the same', async name => {
    const good = await diagnosed(() => undefined);
    for (const fault of [{ status: 0xefff0001 }, { throws: new TypeError('not of this package') }]) {
      const findings = await diagnosed(each => (each === name ? fault : undefined));
      // IsUserAnAdmin has an answer, and no status.
      const needed = name === 'IsUserAnAdmin' && 'status' in fault ? ['elevation'] : (NEEDED_BY[name] ?? []);
      expect(notOk(findings, good).sort()).toEqual([...needed].sort());
    }
  });

  it('is not made in vain when all of them hang: it ends within the time of three', async () => {
    const begin = performance.now();
    const findings = await diagnosed(() => 'hangs');
    expect(performance.now() - begin).toBeLessThan(31_000);
    expect(findings.filter(({ level }) => level === 'ok').map(({ check }) => check)).toEqual([
      'platform',
      'koffi',
      'dll',
    ]);
    expect(JSON.stringify(findings)).toContain('hold all turns');
  });

  it('can end all of it, at timeoutMs, with what is there', async () => {
    const findings = await diagnosed(name => (name === 'GetIScsiSessionListW' ? 'hangs' : undefined), {
      timeoutMs: 300,
    });
    expect(findings.find(({ check }) => check === 'initiatorVersion')?.level).toBe('ok');
    expect(findings.find(({ check }) => check === 'duplicateLogins')).toMatchObject({
      level: 'warning',
      details: { error: { code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'notStarted' } },
    });
  });

  it('that is slow is a warning of the lists', async () => {
    using simulator = createSimulator({ behaviour: { delayMs: 2001 } });
    const findings = await settled(diagnose({ library: simulator }));
    const lists = findings.find(({ check }) => check === 'lists');
    expect(lists).toMatchObject({ level: 'warning', details: { sessions: { count: 4 } } });
    simulator.behaviour = { delayMs: 1500 };
    const faster = await settled(diagnose({ library: simulator }));
    expect(faster.find(({ check }) => check === 'lists')?.level).toBe('ok');
  });
});

describe('replies that cannot be right', () => {
  it.each([
    'pointer-low',
    'array-huge-null',
    'count-huge-null',
    'count-unwritten',
    'unterminated',
    'never-satisfied',
    'size-large',
  ] as const)('never reject: %s', async fault => {
    using library = createSimulator({ behaviour: { fault } });
    const findings = await diagnose({ library });
    expect(new Set(findings.map(({ level }) => level))).toContain('warning');
  });
});

describe('diagnose', () => {
  it('calls no function that these tests do not know', async () => {
    using simulator = createSimulator();
    const called = new Set<ExportName | WindowsFunctionName>();
    await diagnose({ library: faulty(simulator, () => undefined, called) });
    expect([...called].sort()).toEqual([...CALLED].sort());
  });

  it('rejects when its signal fires', async () => {
    using simulator = createSimulator();
    const end = new AbortController();
    const library = faulty(simulator, name => {
      if (name === 'ReportIScsiTargetsW') end.abort();
      return undefined;
    });
    await expect(diagnose({ library, signal: end.signal })).rejects.toMatchObject({ code: 'ABORT_ERR' });
    await expect(diagnose({ library, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORT_ERR' });
  });

  it('refuses options that are wrong, also off Windows', async () => {
    for (const options of [{ anonymous: 1 }, { timeoutMs: 0 }, { name: 'x' }, { library: {} }, null]) {
      const error = { code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' };
      await expect(diagnose(options as DiagnoseOptions)).rejects.toMatchObject(error);
    }
  });

  it('hands warnings on, and rejects with what is thrown then', async () => {
    const machine: SimulatorOptions = { behaviour: { status: 'ISDSC_OPERATION_NOT_ALL_SUCCESS' } };
    using library = createSimulator(machine);
    const warned: string[] = [];
    await diagnose({ library, onWarning: ({ syscall }) => warned.push(syscall) });
    expect(warned).toContain('GetIScsiSessionListW');
    const mine = new Error('mine');
    const onWarning = () => {
      throw mine;
    };
    await expect(diagnose({ library, onWarning })).rejects.toBe(mine);
  });

  it('asks in the A forms, too', async () => {
    using simulator = createSimulator();
    const called = new Set<ExportName | WindowsFunctionName>();
    const library = faulty(simulator, () => undefined, called);
    const findings = await diagnose({ library, charset: 'ansi' });
    expect([...called].filter(name => /^(Get|Report).*W$/.test(name))).toEqual([]);
    expect(levels(findings)).toEqual(levels(await diagnose({ library: simulator })));
  });
});

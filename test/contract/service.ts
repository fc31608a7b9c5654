import assert from 'node:assert/strict';
import {
  getInitiatorService,
  getInitiatorServiceSync,
  type InitiatorService,
  isElevated,
  isElevatedSync,
  type Library,
  startInitiatorService,
} from 'iscsidsc';
import { errorOf, guardedEqual } from './outcome.js';
import type { Declare } from './subject.js';

/** A service as a rule needs it. Null for a machine without one. */
export type ServiceScenario = {
  readonly state: 'running' | 'stopped';
  readonly startType: 'automatic' | 'manual' | 'disabled';
  /** Milliseconds from its start until it runs. */
  readonly startMs?: number;
  /** A start ends with this error. */
  readonly win32ExitCode?: number;
} | null;

/** A machine whose service can be put into any of these. The program has the rights of an administrator. */
export interface ServiceSubject {
  arrange(service: ServiceScenario): Library | Promise<Library>;
}

const MANUAL = { state: 'stopped', startType: 'manual' } as const;
const NO_CHANGE = { started: false, changedStartType: false };

/** What is promised of the service and the rights. */
export function serviceContract(subject: ServiceSubject, declare: Declare): void {
  const rule = (text: string, scenario: ServiceScenario, check: (library: Library) => Promise<void>) =>
    declare(`service: ${text}`, async () => check(await subject.arrange(scenario)));

  rule('its absence is an error of its own', null, async library => {
    for (const call of [getInitiatorService, startInitiatorService]) {
      const error = await errorOf(call({ library }));
      assert.deepEqual(
        [error.code, error.errno, error.syscall],
        ['ERROR_SERVICE_DOES_NOT_EXIST', 1060, 'OpenServiceW'],
      );
    }
    assert.throws(() => getInitiatorServiceSync({ library }), { code: 'ERROR_SERVICE_DOES_NOT_EXIST' });
  });
  for (const startType of ['manual', 'automatic', 'disabled'] as const) {
    rule(`it is shown as it is, stopped and ${startType}`, { state: 'stopped', startType }, async library => {
      const stopped = { state: 'stopped', startType, processId: null };
      await guardedEqual(() => getInitiatorService({ library }), stopped);
      await guardedEqual(async () => getInitiatorServiceSync({ library }), stopped);
    });
  }
  rule('it is shown as it is, running', { state: 'running', startType: 'automatic' }, async library => {
    const service = await getInitiatorService({ library });
    assertRunning(service, 'automatic');
    assert.deepEqual(getInitiatorServiceSync({ library }), service);
  });
  rule('a start makes it run, and leaves its start type', MANUAL, async library => {
    const { started, changedStartType, ...service } = await startInitiatorService({ library });
    assert.deepEqual({ started, changedStartType }, { ...NO_CHANGE, started: true });
    assertRunning(service, 'manual');
    assert.deepEqual(await getInitiatorService({ library }), service);
  });
  rule('a start waits until it runs', { ...MANUAL, startMs: 600 }, async library => {
    const began = performance.now();
    const starting = startInitiatorService({ library });
    assertRunning(await starting, 'manual');
    assert.ok(performance.now() - began > 500);
  });
  rule('two starts at once wait for one service', { ...MANUAL, startMs: 600 }, async library => {
    const both = await Promise.all([startInitiatorService({ library }), startInitiatorService({ library })]);
    assert.deepEqual(both.map(({ started }) => started).sort(), [false, true]);
    assert.deepEqual(both[0]?.processId, both[1]?.processId);
  });
  rule('a start that does not end in time says what it waited for', { ...MANUAL, startMs: 4000 }, async library => {
    const error = await errorOf(startInitiatorService({ library, timeoutMs: 700 }));
    assert.deepEqual([error.code, error.done], ['ERR_ISCSIDSC_TIMEOUT', { ...NO_CHANGE, started: true }]);
    assert.match(error.message, /did not run within 700 ms: its state was startPending/);
  });
  rule('one that runs is not started again', { state: 'running', startType: 'manual' }, async library => {
    const service = await getInitiatorService({ library });
    assert.deepEqual(await startInitiatorService({ library }), { ...service, ...NO_CHANGE });
  });
  rule('one that runs can be made automatic', { state: 'running', startType: 'manual' }, async library => {
    const service = await getInitiatorService({ library });
    const expected = { ...service, startType: 'automatic', started: false, changedStartType: true };
    assert.deepEqual(await startInitiatorService({ library, automatic: true }), expected);
    assert.equal((await getInitiatorService({ library })).startType, 'automatic');
    const again = await startInitiatorService({ library, automatic: true });
    assert.deepEqual(again, { ...expected, changedStartType: false });
  });
  rule('one that is disabled is not started', { state: 'stopped', startType: 'disabled' }, async library => {
    const error = await errorOf(startInitiatorService({ library }));
    assert.deepEqual([error.code, error.syscall, error.done], ['ERROR_SERVICE_DISABLED', 'StartServiceW', NO_CHANGE]);
    assert.match(String(error.hint), /automatic/);
  });
  rule('one that is disabled is made automatic and started', { ...MANUAL, startType: 'disabled' }, async library => {
    const { started, changedStartType, ...service } = await startInitiatorService({ library, automatic: true });
    assert.deepEqual([started, changedStartType], [true, true]);
    assertRunning(service, 'automatic');
  });
  rule('one that stops again ends the start with its exit code', { ...MANUAL, win32ExitCode: 1068 }, async library => {
    const error = await errorOf(startInitiatorService({ library, automatic: true }));
    assert.deepEqual([error.code, error.win32ExitCode], ['ERR_ISCSIDSC_SERVICE_NOT_STARTED', 1068]);
    assert.deepEqual(error.done, { started: true, changedStartType: true });
    assert.match(error.message, /exit code 1068, ERROR_SERVICE_DEPENDENCY_FAIL/);
    assert.deepEqual(await getInitiatorService({ library }), {
      state: 'stopped',
      startType: 'automatic',
      processId: null,
    });
  });
  rule('the program has the rights of an administrator', null, async library => {
    assert.equal(await isElevated({ library }), true);
    assert.equal(isElevatedSync({ library }), true);
  });
}

function assertRunning({ state, startType, processId }: InitiatorService, expected: string): void {
  assert.deepEqual([state, startType], ['running', expected]);
  assert.ok(Number.isInteger(processId) && Number(processId) > 0);
}

import assert from 'node:assert/strict';
import type { AsyncOptions, StatusWarning, SyncOptions } from 'iscsidsc';
import type { Fault } from 'iscsidsc/simulator';
import { guardedEqual, guardedErrorOf } from './outcome.js';
import type { Scenario } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { WAYS } from './ways.js';

/** A function that returns what a call has written to a buffer, and what is expected of it. */
export interface Report<Value> {
  readonly title: string;
  /** Without the letter of its form. */
  readonly syscall: string;
  readonly async: (options: AsyncOptions) => Promise<Value>;
  readonly sync: (options: SyncOptions) => Value;
  readonly expected: (scenario: Scenario) => Value;
  /** Answers of all sorts. */
  readonly scenarios: readonly Scenario[];
  /** An answer that no first buffer holds. */
  readonly many: Scenario;
  /** Answers that cannot be right, and the members that show it. */
  readonly faults: readonly (readonly [Scenario & { readonly fault: Fault }, string])[];
}

const STATUSES = [
  [0xefff003e, 'ISDSC_SERVICE_NOT_RUNNING'],
  [5, 'ERROR_ACCESS_DENIED'],
  [0xefff0029, 'ISDSC_TARGET_NOT_FOUND'],
] as const;

/** The rules of every function that reports something. */
export function reportContract<Value>(arrange: Arrange, rule: Declare, report: Report<Value>): void {
  const { title, expected, scenarios, many, faults } = report;
  for (const { name, form, call } of WAYS) {
    const ask = (options: SyncOptions) => call(report.async, report.sync, options);
    const given = (text: string, check: () => Promise<void>) => rule(`${title}: ${text} (${name})`, check);
    const gives = (scenario: Scenario) => guardedEqual(() => ask({ library: arrange(scenario) }), expected(scenario));
    const fails = (scenario: Scenario) => guardedErrorOf(() => ask({ library: arrange(scenario) }));
    const syscall = `${report.syscall}${form}`;

    for (const scenario of scenarios) {
      given(`returned unchanged: ${shown(scenario)}`, () => gives(scenario));
    }
    given('a buffer too small is made larger, and its size is remembered', async () => {
      const library = arrange(many);
      for (const calls of [2, 3]) {
        await guardedEqual(() => ask({ library }), expected(many));
        assert.equal(library.calls, calls);
      }
    });
    for (const odd of [{ askExactly: 1 }, { insufficient: 0x8007007a }, { slack: 1000 }, { refuseAbove: 10_000 }]) {
      given(`a call too many is made: ${shown(odd)}`, () => gives({ ...odd, ...('refuseAbove' in odd ? {} : many) }));
    }
    given('more can be reported than used', () => gives({ ...many, reportSlack: 100 }));
    given('a call that is never satisfied is an error', async () => {
      const error = await fails({ fault: 'never-satisfied' });
      assert.deepEqual([error.code, error.syscall], ['ERR_ISCSIDSC_BUFFER_RETRIES', syscall]);
    });
    given('a warning is told, and the answer returned', async () => {
      const warnings: StatusWarning[] = [];
      const scenario = { ...many, status: 0xafff002e };
      const onWarning = (warning: StatusWarning) => warnings.push(warning);
      await guardedEqual(() => ask({ library: arrange(scenario), onWarning }), expected(scenario));
      assert.deepEqual(
        warnings.map(warning => [warning.code, warning.syscall]),
        [['ISDSC_OPERATION_NOT_ALL_SUCCESS', syscall]],
      );
    });
    for (const [status, code] of STATUSES) {
      given(`a status is an error: ${code}`, async () => {
        const error = await fails({ status });
        assert.deepEqual([error.name, error.code, error.errno, error.syscall], ['StatusError', code, status, syscall]);
      });
    }
    for (const [scenario, member] of faults) {
      given(`a faulty reply is an error: ${shown(scenario)}`, async () => {
        const error = await fails(scenario);
        assert.deepEqual([error.code, error.member], ['ERR_ISCSIDSC_MALFORMED_REPLY', member], String(error));
        assert.equal(error.syscall, syscall);
      });
    }
  }
}

function shown({ name, ...scenario }: Scenario): string {
  return JSON.stringify({ ...scenario, ...(name && { name: name.slice(0, 10) }) });
}

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
  readonly async: (options: AsyncOptions, scenario: Scenario) => Promise<Value>;
  readonly sync: (options: SyncOptions, scenario: Scenario) => Value;
  readonly expected: (scenario: Scenario) => Value;
  /** Answers of all sorts. */
  readonly scenarios: readonly Scenario[];
  /** An answer that no first buffer holds, if there can be one. */
  readonly many?: Scenario;
  /** Any answer that has bytes. Defaults to `many`. */
  readonly some?: Scenario;
  /** Whether the size is the number of structs. */
  readonly countsStructs?: boolean;
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
  const { title, expected, scenarios, many, some = many, faults } = report;
  for (const { name, form, call } of WAYS) {
    const ask = (scenario: Scenario, options: SyncOptions) =>
      call<Value>(
        more => report.async(more, scenario),
        more => report.sync(more, scenario),
        options,
      );
    const given = (text: string, check: () => Promise<void>) => rule(`${title}: ${text} (${name})`, check);
    const gives = (scenario: Scenario) =>
      guardedEqual(() => ask(scenario, { library: arrange(scenario) }), expected(scenario));
    const fails = (scenario: Scenario) => guardedErrorOf(() => ask(scenario, { library: arrange(scenario) }));
    const syscall = `${report.syscall}${form}`;

    for (const scenario of scenarios) {
      given(`returned unchanged: ${shown(scenario)}`, () => gives(scenario));
    }
    if (many) {
      given('a buffer too small is made larger, and its size is remembered', async () => {
        const library = arrange(many);
        for (const calls of [2, 3]) {
          await guardedEqual(() => ask(many, { library }), expected(many));
          assert.equal(library.calls, calls);
        }
      });
      for (const asked of [{ askExactly: 1 }, { insufficient: 0x8007007a }, { slack: 1000 }]) {
        given(`what is asked for can be odd: ${shown(asked)}`, () => gives({ ...many, ...asked }));
      }
    }
    given('a buffer too large for this Windows is tried at its exact size', () => gives({ refuseAbove: 10_000 }));
    if (!report.countsStructs) {
      given('more can be reported than used', () => gives({ ...some, reportSlack: 100 }));
    }
    given('a call that is never satisfied is an error', async () => {
      const error = await fails({ fault: 'never-satisfied' });
      assert.deepEqual([error.code, error.syscall], ['ERR_ISCSIDSC_BUFFER_RETRIES', syscall]);
    });
    given('onWarning is called, and the answer returned', async () => {
      const warnings: StatusWarning[] = [];
      const scenario = { ...some, status: 0xafff002e };
      const onWarning = (warning: StatusWarning) => warnings.push(warning);
      await guardedEqual(() => ask(scenario, { library: arrange(scenario), onWarning }), expected(scenario));
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

/** The same scenario, once for each fault. */
export function withFaults(
  scenario: Scenario,
  faults: readonly Fault[],
  member: string,
): (readonly [Scenario & { readonly fault: Fault }, string])[] {
  return faults.map(fault => [{ ...scenario, fault }, member]);
}

/** What can be wrong with a pointer. */
export const POINTER_FAULTS: readonly Fault[] = ['pointer-low', 'pointer-end', 'pointer-wrap', 'pointer-structs'];

/** What can be wrong with the pointer to an array, and its count. */
export const ARRAY_FAULTS: readonly Fault[] = [
  'array-low',
  'array-null',
  'array-huge-null',
  'array-count',
  'array-overrun',
];

function shown({ name, ...scenario }: Scenario): string {
  return JSON.stringify({ ...scenario, ...(name && { name: name.slice(0, 10) }) });
}

import assert from 'node:assert/strict';
import fc, { type IAsyncProperty } from 'fast-check';
import type { Library } from 'iscsidsc';
import type { Arrangement } from 'iscsidsc/simulator';
import { withGuards } from '../contract/guards.js';
import { MutatingLibrary } from './mutating-library.js';
import { anyMutations, type Mutation } from './mutation.js';
import { REPORTS, type Report } from './reports.js';
import { TableLibrary } from './table-library.js';
import type { Extent } from './values.js';

type CodePage = Pick<Library, 'decodeAnsi' | 'encodeAnsi'>;

/** The form in which a library answers, and the text that it can hold. */
export interface ReplyText {
  readonly charset: 'unicode' | 'ansi';
  readonly text: () => fc.Arbitrary<string>;
}

interface Asked {
  readonly name: string;
  readonly value: unknown;
  readonly arrangement: Arrangement;
  readonly async: boolean;
}

/** Any answer of one of the functions comes back as it was written, however it lies in memory. */
export function reportRoundTrip(
  replyText: ReplyText,
  codePage: CodePage,
  names: readonly string[] = Object.keys(REPORTS),
): IAsyncProperty<[Asked]> {
  return fc.asyncProperty(anyAsked(replyText, names), asked =>
    withGuards(async () => {
      const report = reportOf(asked.name);
      const expected = report.result(asked.value);
      assert.deepEqual(await outcome(report, replyText, tableOf(report, asked, codePage), asked.async), expected);
    }),
  );
}

/** A changed answer gives plain data of the right shape, or ERR_ISCSIDSC_MALFORMED_REPLY, and nothing else. */
export function mutatedReport(
  replyText: ReplyText,
  codePage: CodePage,
  seen: { add(outcome: 'list' | 'error'): unknown } = new Set(),
): IAsyncProperty<[readonly [Asked, Mutation[]]]> {
  const form = replyText.charset === 'ansi' ? 'A' : 'W';
  const any = anyAsked(replyText, Object.keys(REPORTS)).chain(asked =>
    fc.tuple(fc.constant(asked), anyMutations(reportOf(asked.name).struct, form)),
  );
  return fc.asyncProperty(any, ([asked, mutations]) =>
    withGuards(async () => {
      const report = reportOf(asked.name);
      const library = new MutatingLibrary(tableOf(report, asked, codePage), mutations);
      const result = await outcome(report, replyText, library, asked.async);
      assert.ok(library.calls <= 3, `${library.calls} calls`);
      if (result === MALFORMED) return void seen.add('error');
      seen.add('list');
      report.check(result);
      assert.deepEqual(structuredClone(result), result);
      assert.ok(!/guard|畧慵摲|慵摲/.test(JSON.stringify(result)), 'a string goes on behind the buffer');
    }),
  );
}

const MALFORMED = 'ERR_ISCSIDSC_MALFORMED_REPLY';

function reportOf(name: string): Report<unknown> {
  return REPORTS[name] ?? assert.fail(name);
}

function anyAsked({ charset, text }: ReplyText, names: readonly string[]): fc.Arbitrary<Asked> {
  const extent: Extent = { form: charset === 'ansi' ? 'A' : 'W', text: text(), inner: 3 };
  return fc.constantFrom(...names).chain(name =>
    fc.record({
      name: fc.constant(name),
      value: reportOf(name).any(extent),
      arrangement: fc.record({ order: fc.constantFrom('forward', 'backward'), odd: fc.boolean() } as const),
      async: fc.boolean(),
    }),
  );
}

function tableOf(report: Report<unknown>, { value, arrangement }: Asked, codePage: CodePage): TableLibrary {
  return new TableLibrary(codePage, text => report.reply(value, text), arrangement);
}

/** What the function returns, or the code of the error that refuses the answer. */
async function outcome(
  report: Report<unknown>,
  { charset }: ReplyText,
  library: Library,
  async: boolean,
): Promise<unknown> {
  try {
    return async ? await report.call({ library, charset }) : report.callSync({ library, charset });
  } catch (error) {
    const { code, stack } = error as Error & { code?: unknown };
    assert.equal(code, MALFORMED, stack);
    return MALFORMED;
  }
}

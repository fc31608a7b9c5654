import assert from 'node:assert/strict';
import type { AsyncOptions, Library, SyncOptions } from 'iscsidsc';
import { WAYS } from '../ways.js';
import { untilNotBusy } from './steady.js';

/**
 * What a function gives: the same in all four ways, and it goes through JSON and structuredClone. The A form has only the
 * characters of its code page: where there are others than ASCII, it need not agree.
 */
export async function sameInAllWays<Answer>(
  library: Library,
  async: (options: AsyncOptions) => Promise<Answer>,
  sync: (options: SyncOptions) => Answer,
): Promise<Answer> {
  const answers: Answer[] = [];
  for (const { form, name, call } of WAYS) {
    const answer = await untilNotBusy(() => call(async, sync, { library }));
    const [first = answer] = answers;
    if (form === 'W' || isAscii(first)) assert.deepEqual(answer, first, name);
    answers.push(answer);
  }
  const [answer] = answers;
  assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer);
  assert.deepEqual(structuredClone(answer), answer);
  return answer as Answer;
}

function isAscii(value: unknown): boolean {
  return /^[ -~]*$/.test(JSON.stringify(value));
}

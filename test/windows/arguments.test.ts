import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCall } from '../arguments/any-call.js';
import { withAnySizes } from '../arguments/any-sizes.js';
import { charactersOf, WIDE } from '../arguments/characters.js';
import { expectedRecords } from '../arguments/expected-record.js';
import { App } from './app.js';
import { type CallRecord, readRecords } from './records.js';
import { tierOrReason } from './required.js';

const MARK = 'GetIScsiVersionInformation';
const numRuns = Number(process.env.ISCSIDSC_RUNS ?? 1500);
// Another one each day: a failure names it.
const seed = Number(process.env.ISCSIDSC_SEED ?? Math.floor(Date.now() / 86_400_000));

const tier = tierOrReason();

describe.skipIf(!tier.ok)(`any arguments, seed ${seed}`, () => {
  if (!tier.ok) return;
  const app = new App(tier);

  it.each([1252, 932, 65001] as const)(
    'are refused before any native call, or arrive at the DLL as they were given (code page %i)',
    async codePage => {
      const log = `arguments-${process.pid}-${codePage}.jsonl`;
      const env = { ISCSIDSC_STANDIN: `log=${log}` };
      const program = await app.program('any-calls');
      const args = [program, ...[codePage, seed, numRuns].map(String)];
      const { stdout, stderr } = await app.run(args, { env, codePage });
      expect(stderr).toBe('');
      const codes: unknown[] = JSON.parse(stdout);
      const records = recordsOfEach(readRecords(app.read(log)));
      rmSync(join(tier.appFolder, log));

      const calls = fc.sample(anyCall(codePage), { seed, numRuns });
      const characters = charactersOf(codePage);
      expect([codes.length, records.length]).toEqual([calls.length, calls.length]);
      for (const [index, call] of calls.entries()) {
        const expected = expectedRecords(call, characters, WIDE);
        const given = records[index] ?? [];
        const what = `call ${index}, ${call.name}, ${codes[index]}`;
        expect(codes[index] === 'ERR_ISCSIDSC_INVALID_ARGUMENT', what).toBe(expected === null);
        expect(given.map(withAnySizes), what).toEqual(expected ?? []);
      }
      expect(codes.filter(code => code === 'ERR_ISCSIDSC_INVALID_ARGUMENT').length).toBeGreaterThan(numRuns / 10);
    },
  );
});

/** The records between the marks. */
function recordsOfEach(records: readonly CallRecord[]): CallRecord[][] {
  const each: CallRecord[][] = [[]];
  for (const record of records) {
    if (record.export === MARK) each.push([]);
    else each.at(-1)?.push(record);
  }
  return each.slice(0, -1);
}

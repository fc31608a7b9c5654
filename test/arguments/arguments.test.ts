import fc from 'fast-check';
import { createSimulator } from 'iscsidsc/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { withGuards } from '../contract/guards.js';
import { anyCall } from './any-call.js';
import { withAnySizes } from './any-sizes.js';
import { charactersOf, WIDE } from './characters.js';
import { expectedRecords } from './expected-record.js';
import { codeOf } from './made-call.js';
import { type GivenCall, RecordingLibrary } from './recording-library.js';

const numRuns = Number(process.env.ISCSIDSC_RUNS ?? 3000);

describe.each([1252, 932, 65001] as const)('any arguments, code page %i', codePage => {
  const simulator = createSimulator({ codePage });
  afterAll(() => simulator.dispose());
  const characters = charactersOf(codePage);

  it('are refused before any native call, or arrive as they were given', async () => {
    const seen = { refused: 0, arrived: 0 };
    const property = fc.asyncProperty(anyCall(codePage), async call => {
      const library = new RecordingLibrary({ codePage: simulator, answer: nothing });
      const expected = expectedRecords(call, characters, WIDE);
      const code = await guarded(() => codeOf(call, library));
      const records = library.calls.map(({ export: name, parameters }) => ({ export: name, parameters }));
      if (expected === null) {
        seen.refused++;
        expect({ code, records }).toEqual({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT', records: [] });
      } else {
        seen.arrived++;
        expect(code).not.toBe('ERR_ISCSIDSC_INVALID_ARGUMENT');
        expect(records.map(withAnySizes)).toEqual(expected);
      }
    });
    await fc.assert(property, { numRuns });
    expect(Math.min(seen.refused, seen.arrived)).toBeGreaterThan(numRuns / 10);
  });
});

/** Answers that there is nothing to report. */
function nothing({ args }: GivenCall): number {
  for (const each of args) if (each instanceof Uint32Array) each[0] = 0;
  return 0;
}

async function guarded<Result>(action: () => Promise<Result>): Promise<Result | undefined> {
  let result: Result | undefined;
  await withGuards(async () => {
    result = await action();
  });
  return result;
}

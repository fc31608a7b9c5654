import fc from 'fast-check';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { deviceRoundTrip, mutatedFamilyReply } from './family.js';
import { mutatedReply, roundTrip, TEXTS } from './properties.js';

// The long form is `npm run fuzz`; ISCSIDSC_RUNS makes this one longer.
const numRuns = Number(process.env.ISCSIDSC_RUNS ?? 300);

describe.each(TEXTS)('$name', text => {
  const simulator = createSimulator({ codePage: text.codePage });
  afterAll(() => simulator.dispose());

  it('any list of sessions is read as it was written', () => fc.assert(roundTrip(text, simulator), { numRuns }));
  it('any change of a reply is a list or ERR_ISCSIDSC_MALFORMED_REPLY', async () => {
    const seen = new Set<'list' | 'error'>();
    await fc.assert(mutatedReply(text, simulator, seen), { numRuns });
    // Neither does the package refuse all of them, nor take all.
    expect([...seen].sort()).toEqual(['error', 'list']);
  });
});

describe('the functions around the list', () => {
  const simulator = createSimulator({ sessions: exampleSessions(4, { connections: 2 }) });
  afterAll(() => simulator.dispose());

  it('any change of a reply is plain data or ERR_ISCSIDSC_MALFORMED_REPLY', () =>
    fc.assert(mutatedFamilyReply(simulator), { numRuns: 3 * numRuns }));

  for (const { name, charset, codePage, text } of TEXTS) {
    it(`any devices are read as they were written (${name})`, async () => {
      using machine = createSimulator({ sessions: exampleSessions(1), codePage });
      await fc.assert(deviceRoundTrip(charset, text(), machine), { numRuns: Math.ceil(numRuns / 5) });
    });
  }
});

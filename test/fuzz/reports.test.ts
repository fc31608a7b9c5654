import fc from 'fast-check';
import { createSimulator } from 'iscsidsc/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { TEXTS } from './properties.js';
import { mutatedReport, reportRoundTrip } from './report-properties.js';
import { REPORTS } from './reports.js';

// The long form is `npm run fuzz`; ISCSIDSC_RUNS makes this one longer.
const numRuns = Number(process.env.ISCSIDSC_RUNS ?? 300);

describe.each(TEXTS)('what portals, targets, logins, servers and devices are reported with ($name)', text => {
  const simulator = createSimulator({ codePage: text.codePage });
  afterAll(() => simulator.dispose());

  it.each(Object.keys(REPORTS))('%s is read as it was written', name =>
    fc.assert(reportRoundTrip(text, simulator, [name]), { numRuns: Math.ceil(numRuns / 5) }),
  );

  it('any change of a reply is plain data of its shape or ERR_ISCSIDSC_MALFORMED_REPLY', async () => {
    const seen = new Set<'list' | 'error'>();
    await fc.assert(mutatedReport(text, simulator, seen), { numRuns: 3 * numRuns });
    expect([...seen].sort()).toEqual(['error', 'list']);
  });
});

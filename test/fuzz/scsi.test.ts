import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScsiReply } from './scsi-properties.js';

// The long form is `npm run fuzz`; ISCSIDSC_RUNS makes this one longer.
const numRuns = 4 * Number(process.env.ISCSIDSC_RUNS ?? 300);

describe('SCSI commands', () => {
  it('any answer is plain data, ERR_ISCSIDSC_MALFORMED_REPLY or the status of Windows', async () => {
    const seen = new Set<string>();
    await fc.assert(anyScsiReply(seen), { numRuns });
    expect([...seen].sort()).toEqual(['answer', 'failure', 'malformed']);
  });
});

import { describe, it } from 'vitest';
import { agreement } from './agreement.js';
import { dumpNow, realInitiator } from './initiator.js';

describe("the package and Microsoft's cmdlets", () => {
  const initiator = realInitiator();
  if (!initiator.ok) {
    it('they say the same of every session', ({ skip }) => skip(initiator.reason));
    return;
  }
  const hasOwnTargets = Boolean(process.env.ISCSIDSC_REAL_TARGETS);
  agreement({ library: initiator.library, dumpNow, hasOwnTargets, say: console.log });
});

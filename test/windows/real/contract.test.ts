import { describe, it } from 'vitest';
import { anyLastErrorContract } from '../../contract/any/last-error.js';
import { anyServiceContract } from '../../contract/any/service.js';
import { anyInitiatorContract } from '../../contract/any-initiator.js';
import { unknownSessionContract } from '../../contract/initiator/unknown-session.js';
import { realInitiator } from './initiator.js';

describe("Windows' own iscsidsc.dll keeps the contract", () => {
  const initiator = realInitiator();
  if (initiator.ok) {
    anyInitiatorContract(() => initiator.library, it);
    anyServiceContract(() => initiator.library, it);
    anyLastErrorContract(() => initiator.library, it);
    unknownSessionContract(() => initiator.library, it);
  } else it('with the sessions that this machine has', ({ skip }) => skip(initiator.reason));
});

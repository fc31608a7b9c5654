import { anyArgumentsContract } from './any/arguments.js';
import { anyDevicesContract } from './any/devices.js';
import { anyInitiatorItselfContract } from './any/initiator.js';
import { anyParametersContract } from './any/parameters.js';
import { anyPatienceContract } from './any/patience.js';
import { anySessionsContract } from './any/sessions.js';
import type { Declare, Open } from './subject.js';

/**
 * The promises that hold for an initiator as it is, whatever sessions it has. They only read: the initiator may be a
 * machine in use.
 */
export function anyInitiatorContract(open: Open, promise: Declare): void {
  anySessionsContract(open, promise);
  anyParametersContract(open, promise);
  anyDevicesContract(open, promise);
  anyInitiatorItselfContract(open, promise);
  anyPatienceContract(open, promise);
  anyArgumentsContract(open, promise);
}

import { anyArgumentsContract } from './any/arguments.js';
import { anyDeadlinesContract } from './any/deadlines.js';
import { anyDevicesContract } from './any/devices.js';
import { anyDisksContract } from './any/disks.js';
import { anyInitiatorItselfContract } from './any/initiator.js';
import { anyParametersContract } from './any/parameters.js';
import { anySessionsContract } from './any/sessions.js';
import type { Declare, Open } from './subject.js';

/**
 * The promises that hold for an initiator as it is, whatever sessions it has. They only read: the initiator may be a
 * machine in use.
 */
export function anyInitiatorContract(open: Open, rule: Declare): void {
  anySessionsContract(open, rule);
  anyParametersContract(open, rule);
  anyDevicesContract(open, rule);
  anyDisksContract(open, rule);
  anyInitiatorItselfContract(open, rule);
  anyDeadlinesContract(open, rule);
  anyArgumentsContract(open, rule);
}

import { anyInitiatorContract } from './any-initiator.js';
import { AS_THEY_ARE } from './as-they-are.js';
import { changesContract } from './changes.js';
import { codePageContract } from './code-page.js';
import { connectTasksContract } from './connect-tasks.js';
import { CountedLibrary } from './counted-library.js';
import { deadlinesContract } from './deadlines.js';
import { devicesContract } from './devices.js';
import { diskTasksContract } from './disk-tasks.js';
import { initiatorsContract } from './initiators.js';
import { loginsContract } from './logins.js';
import { logoutContract } from './logout.js';
import { mappingsContract } from './mappings.js';
import { persistentLoginsContract } from './persistent-logins.js';
import { portalChangesContract } from './portal-changes.js';
import type { Scenario } from './scenario.js';
import { scsiContract } from './scsi.js';
import { sendTargetPortalsContract } from './send-target-portals.js';
import { serversContract } from './servers.js';
import { sessionListContract } from './session-list.js';
import { sessionParametersContract } from './session-parameters.js';
import { changingSessionsContract, sessionTasksContract } from './session-tasks.js';
import { settersContract } from './setters.js';
import type { Declare, Subject } from './subject.js';
import { targetInformationContract } from './target-information.js';
import { targetTasksContract } from './target-tasks.js';
import { targetsContract } from './targets.js';
import { tracesContract } from './traces.js';
import { warningsContract } from './warnings.js';

/**
 * The rules about calls and bytes, for the simulator and for every DLL, one that only answers what it is told included.
 * Those about the state of an initiator are in initiator/contract.ts.
 */
export function contract(subject: Subject, rule: Declare): void {
  const arrange = (scenario: Scenario) => new CountedLibrary(subject.arrange(scenario));
  sessionListContract(arrange, rule);
  deadlinesContract(arrange, rule);
  devicesContract(arrange, rule);
  sessionParametersContract(arrange, rule);
  mappingsContract(arrange, rule);
  initiatorsContract(arrange, rule);
  logoutContract(arrange, rule);
  sendTargetPortalsContract(arrange, rule);
  targetsContract(arrange, rule);
  targetInformationContract(arrange, rule);
  persistentLoginsContract(arrange, rule);
  serversContract(arrange, rule);
  scsiContract(arrange, rule);
  settersContract(arrange, rule);
  changesContract(arrange, rule);
  portalChangesContract(arrange, rule);
  loginsContract(arrange, rule);
  codePageContract(arrange, rule);
  sessionTasksContract(arrange, rule);
  changingSessionsContract(arrange, rule);
  targetTasksContract(arrange, rule);
  diskTasksContract(arrange, rule);
  connectTasksContract(arrange, rule);
  for (const scenario of AS_THEY_ARE) {
    const open = () => subject.arrange(scenario);
    anyInitiatorContract(open, (text, check) => rule(`any initiator: ${text}: ${JSON.stringify(scenario)}`, check));
  }
  warningsContract(arrange, rule);
  tracesContract(arrange, rule);
}

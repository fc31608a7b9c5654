import { anyInitiatorContract } from './any-initiator.js';
import { CountedLibrary } from './counted-library.js';
import { deadlinesContract } from './deadlines.js';
import { devicesContract } from './devices.js';
import { initiatorsContract } from './initiators.js';
import { logoutContract } from './logout.js';
import { mappingsContract } from './mappings.js';
import type { Scenario } from './scenario.js';
import { sessionListContract } from './session-list.js';
import { sessionParametersContract } from './session-parameters.js';
import { changingSessionsContract, sessionTasksContract } from './session-tasks.js';
import type { Declare, Subject } from './subject.js';
import { warningsContract } from './warnings.js';

// Initiators of all sorts: what is promised of any must hold for each.
const AS_THEY_ARE: readonly Scenario[] = [
  { sessions: 0 },
  { sessions: 40, connections: 2, devices: 2 },
  { sessions: 2, name: 'größe', backwards: true },
  { sessions: 2, connections: 0, devices: 0, nulls: ['targetNodeName', 'targetName', 'initiatorName'] },
  { sessions: 1, nulls: ['initiatorAddress', 'targetAddress'] },
];

/** All rules, kept by the simulator and by every DLL alike. */
export function contract(subject: Subject, rule: Declare): void {
  const arrange = (scenario: Parameters<Subject['arrange']>[0]) => new CountedLibrary(subject.arrange(scenario));
  sessionListContract(arrange, rule);
  deadlinesContract(arrange, rule);
  devicesContract(arrange, rule);
  sessionParametersContract(arrange, rule);
  mappingsContract(arrange, rule);
  initiatorsContract(arrange, rule);
  logoutContract(arrange, rule);
  sessionTasksContract(arrange, rule);
  changingSessionsContract(arrange, rule);
  for (const scenario of AS_THEY_ARE) {
    const open = () => subject.arrange(scenario);
    anyInitiatorContract(open, (text, check) => rule(`any initiator: ${text}: ${JSON.stringify(scenario)}`, check));
  }
  warningsContract(arrange, rule);
}

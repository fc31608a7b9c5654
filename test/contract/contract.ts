import { CountedLibrary } from './counted-library.js';
import { devicesContract } from './devices.js';
import { initiatorsContract } from './initiators.js';
import { logoutContract } from './logout.js';
import { mappingsContract } from './mappings.js';
import { patienceContract } from './patience.js';
import { sessionJoinsContract } from './session-joins.js';
import { sessionListContract } from './session-list.js';
import { sessionParametersContract } from './session-parameters.js';
import type { Declare, Subject } from './subject.js';

/** All promises, kept by the simulator and by every DLL alike. */
export function contract(subject: Subject, promise: Declare): void {
  const arrange = (scenario: Parameters<Subject['arrange']>[0]) => new CountedLibrary(subject.arrange(scenario));
  sessionListContract(arrange, promise);
  patienceContract(arrange, promise);
  devicesContract(arrange, promise);
  sessionParametersContract(arrange, promise);
  mappingsContract(arrange, promise);
  initiatorsContract(arrange, promise);
  logoutContract(arrange, promise);
  sessionJoinsContract(arrange, promise);
}

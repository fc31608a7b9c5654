import { CountedLibrary } from './counted-library.js';
import { patienceContract } from './patience.js';
import { sessionListContract } from './session-list.js';
import type { Declare, Subject } from './subject.js';

/** All promises, kept by the simulator and by every DLL alike. */
export function contract(subject: Subject, promise: Declare): void {
  const arrange = (scenario: Parameters<Subject['arrange']>[0]) => new CountedLibrary(subject.arrange(scenario));
  sessionListContract(arrange, promise);
  patienceContract(arrange, promise);
}

import { AS_THEY_ARE } from '../as-they-are.js';
import { CountedLibrary } from '../counted-library.js';
import type { InitiatorScenario } from '../scenario.js';
import type { Declare, Subject } from '../subject.js';
import { connectContract } from './connect.js';
import { connectionsContract } from './connections.js';
import { loginsContract } from './logins.js';
import { mutualChapContract } from './mutual-chap.js';
import { persistentLoginsContract } from './persistent-logins.js';
import { portalsContract } from './portals.js';
import { scsiContract } from './scsi.js';
import { securityContract } from './security.js';
import { serversContract } from './servers.js';
import { sessionStateContract } from './session-state.js';
import { sessionStateTasksContract } from './session-state-tasks.js';
import type { Sites } from './site.js';
import { staticTargetsContract } from './static-targets.js';
import { targetTasksContract } from './target-tasks.js';
import { unknownSessionContract } from './unknown-session.js';
import { volumesContract } from './volumes.js';

/** Rules about the state of an initiator, on top of those of ../contract.ts: what a call changes, later calls show. */
export function initiatorContract(subject: Subject<InitiatorScenario>, rule: Declare): void {
  const arrange = (scenario: InitiatorScenario) => new CountedLibrary(subject.arrange(scenario));
  sessionStateContract(arrange, rule);
  sessionStateTasksContract(arrange, rule);
  for (const scenario of AS_THEY_ARE) {
    const open = () => subject.arrange(scenario);
    unknownSessionContract(open, (text, check) => rule(`any initiator: ${text}: ${JSON.stringify(scenario)}`, check));
  }
}

/** Rules about an initiator on a network: portals, targets, who may log in, and what a restart leaves. */
export function networkContract(sites: Sites, rule: Declare): void {
  siteContract(sites, rule);
  staticTargetsContract(sites, rule);
  connectionsContract(sites, rule);
  securityContract(sites, rule);
  serversContract(sites, rule);
  targetTasksContract(sites, rule);
  connectContract(sites, rule);
}

/** Those of them that run on a Windows Server, too. */
export function siteContract(sites: Sites, rule: Declare): void {
  portalsContract(sites, rule);
  loginsContract(sites, rule);
  persistentLoginsContract(sites, rule);
  scsiContract(sites, rule);
  mutualChapContract(sites, rule);
  volumesContract(sites, rule);
}

// Prints which disks belong to which session. `--simulate` works without an iscsidsc.dll.
import { describeSessions } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

const simulator = process.argv.includes('--simulate') ? createSimulator() : undefined;

for (const session of await describeSessions(simulator && { library: simulator })) {
  const disks = session.devices?.map(({ legacyName }) => legacyName).join(', ');
  console.log(`${session.sessionId}  ${session.targetName}  ${disks || 'no disk'}`);
  if (session.devicesError) console.log(`  ${session.devicesError.message}`);
}
simulator?.dispose();

// Prints which disks belong to which session.
//   node disks-of-sessions.mjs [--simulate]
import { parseArgs } from 'node:util';
import { describeSessions } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

try {
  const { simulate } = parseArgs({ options: { simulate: { type: 'boolean' } } }).values;
  const simulator = simulate ? createSimulator() : undefined;
  if (simulator) console.log('SIMULATED: these sessions are made up.');
  for (const session of await describeSessions({ library: simulator })) {
    // One session without an answer does not hide the others.
    const disks = session.devices?.map(({ legacyName }) => legacyName).join(', ') ?? session.devicesError.message;
    console.log(`${session.sessionId}  ${session.targetName}  ${disks || 'no disk'}`);
  }
  simulator?.dispose();
} catch (error) {
  if (!error.code) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

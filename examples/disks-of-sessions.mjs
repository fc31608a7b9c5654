// Prints which disks belong to which session.
import { parseArgs } from 'node:util';
import { describeSessions } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

const USAGE = 'usage: node disks-of-sessions.mjs [--simulate]\nPrints which disks belong to which session.';

try {
  const options = { simulate: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } };
  const { simulate, help } = parseArgs({ options }).values;
  if (help) console.log(USAGE);
  else await printDisks(simulate);
} catch (error) {
  if (!error.code) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function printDisks(simulate) {
  const simulator = simulate ? createSimulator() : undefined;
  if (simulator) console.log('SIMULATED: these sessions are made up.');
  for (const session of await describeSessions({ library: simulator })) {
    // One session without an answer does not hide the others.
    const disks = session.devices?.map(({ legacyName }) => legacyName).join(', ') ?? session.devicesError.message;
    console.log(`${session.sessionId}  ${session.targetName}  ${disks || 'no disk'}`);
  }
  simulator?.dispose();
}

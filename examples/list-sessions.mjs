// Lists the active iSCSI sessions: this machine's own, or simulated ones where there is no iscsidsc.dll.
import { parseArgs } from 'node:util';
import { getIScsiSessionList } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

const USAGE = 'usage: node list-sessions.mjs [--simulate]\nLists the active iSCSI sessions.';
const NO_DLL = ['ERR_ISCSIDSC_UNSUPPORTED_PLATFORM', 'ERR_ISCSIDSC_LIBRARY_LOAD'];

try {
  const options = { simulate: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } };
  const { simulate, help } = parseArgs({ options }).values;
  if (help) console.log(USAGE);
  else print(simulate ? await simulated('as you asked') : await ownOrSimulated());
} catch (error) {
  if (!error.code) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function ownOrSimulated() {
  try {
    return await getIScsiSessionList();
  } catch (error) {
    if (!NO_DLL.includes(error.code)) throw error;
    return simulated('there is no iscsidsc.dll on this machine');
  }
}

async function simulated(reason) {
  console.log(`SIMULATED: ${reason}, so these sessions are made up.`);
  const library = createSimulator();
  try {
    return await getIScsiSessionList({ library });
  } finally {
    library.dispose();
  }
}

function print(sessions) {
  if (sessions.length === 0) console.log('No session.');
  for (const { sessionId, targetNodeName, targetName, connections } of sessions) {
    const portals = connections.map(({ targetAddress, targetSocket }) => `${targetAddress} port ${targetSocket}`);
    console.log(`${sessionId}  ${targetNodeName ?? targetName}  ${portals.join(', ') || 'reconnecting'}`);
  }
}

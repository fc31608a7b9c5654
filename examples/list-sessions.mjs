// Lists the active iSCSI sessions: this machine's own, or simulated ones where there is no iscsidsc.dll.
import { getIScsiSessionList } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

const NO_DLL = ['ERR_ISCSIDSC_UNSUPPORTED_PLATFORM', 'ERR_ISCSIDSC_LIBRARY_LOAD'];

try {
  print(await getIScsiSessionList());
} catch (error) {
  if (!NO_DLL.includes(error.code)) throw error;
  console.log('SIMULATED: there is no iscsidsc.dll on this machine, so these sessions are made up.');
  const library = createSimulator();
  print(await getIScsiSessionList({ library }));
  library.dispose();
}

function print(sessions) {
  for (const { sessionId, targetNodeName, targetName, connections } of sessions) {
    const portals = connections.map(({ targetAddress, targetSocket }) => `${targetAddress} port ${targetSocket}`);
    console.log(`${sessionId}  ${targetNodeName ?? targetName}  ${portals.join(', ') || 'reconnecting'}`);
  }
}

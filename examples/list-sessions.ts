// Lists the active iSCSI sessions, in TypeScript that Node.js 22.18 and later run as it is.
//   node list-sessions.ts [--simulate]
import { parseArgs } from 'node:util';
import { type ConnectionInfo, getIScsiSessionList, type SessionInfo } from 'iscsidsc';
import { createSimulator, type Simulator } from 'iscsidsc/simulator';

try {
  const { simulate } = parseArgs({ options: { simulate: { type: 'boolean' } } }).values;
  const simulator: Simulator | undefined = simulate ? createSimulator() : undefined;
  if (simulator) console.log('SIMULATED: these sessions are made up.');
  const sessions = await getIScsiSessionList(simulator && { library: simulator });
  simulator?.dispose();
  console.log(sessions.map(lineOf).join('\n') || 'No session.');
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!code) throw error;
  console.error(message);
  process.exitCode = 1;
}

function lineOf({ sessionId, targetNodeName, targetName, connections }: SessionInfo): string {
  const portals = connections.map(portalOf).join(', ');
  return `${sessionId}  ${targetNodeName ?? targetName}  ${portals || 'reconnecting'}`;
}

function portalOf({ targetAddress, targetSocket }: ConnectionInfo): string {
  return `${targetAddress} port ${targetSocket}`;
}

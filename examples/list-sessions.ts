// Lists the active iSCSI sessions, in TypeScript that Node.js 22.18 and later run as it is.
import { parseArgs } from 'node:util';
import { type ConnectionInfo, getIScsiSessionList, type SessionInfo } from 'iscsidsc';
import { createSimulator, type Simulator } from 'iscsidsc/simulator';

const USAGE = 'usage: node list-sessions.ts [--simulate]\nLists the active iSCSI sessions.';

try {
  const { simulate, help } = parseArgs({
    options: { simulate: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  }).values;
  if (help) console.log(USAGE);
  else await list(simulate);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!code) throw error;
  console.error(message);
  process.exitCode = 1;
}

async function list(simulate: boolean | undefined): Promise<void> {
  const simulator: Simulator | undefined = simulate ? createSimulator() : undefined;
  if (simulator) console.log('SIMULATED: these sessions are made up.');
  const sessions = await getIScsiSessionList(simulator && { library: simulator });
  simulator?.dispose();
  console.log(sessions.map(lineOf).join('\n') || 'No session.');
}

function lineOf({ sessionId, targetNodeName, targetName, connections }: SessionInfo): string {
  const portals = connections.map(portalOf).join(', ');
  return `${sessionId}  ${targetNodeName ?? targetName}  ${portals || 'reconnecting'}`;
}

function portalOf({ targetAddress, targetSocket }: ConnectionInfo): string {
  return `${targetAddress} port ${targetSocket}`;
}

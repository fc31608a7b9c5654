// Prints a line for each change of the iSCSI sessions, until Ctrl+C. The first lines are what is there.
//   node watch-sessions.mjs [--interval SECONDS] [--simulate]
import { parseArgs } from 'node:util';
import { watchSessions } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

// These do not pass while the machine is what it is.
const LASTING = ['ERR_ISCSIDSC_UNSUPPORTED_PLATFORM', 'ERR_ISCSIDSC_LIBRARY_LOAD'];

try {
  const options = { interval: { type: 'string', default: '2' }, simulate: { type: 'boolean' } };
  const { interval, simulate } = parseArgs({ options }).values;
  const intervalMs = Math.round(Number(interval) * 1000);
  const simulator = simulate ? createSimulator() : undefined;

  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end.abort());
  process.stdout.on('error', () => end.abort()); // Nobody reads on, as with `| head`.

  const changes = watchSessions({ library: simulator, intervalMs, timeoutMs: 30_000, signal: end.signal });
  const goOn = simulator ? storyOf(simulator) : () => {};
  if (simulator) console.log('SIMULATED: these sessions are made up.');
  for await (const change of changes) {
    if (LASTING.includes(change.error?.code)) throw change.error;
    // Names come from the network: a line break in one must not look like a line of ours.
    console.log(lineOf(change).replace(/\p{C}/gu, '?'));
    goOn(change.type);
  }
  simulator?.dispose();
  // On Windows a call that hangs keeps the process until it returns, and only this ends it.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1000).unref();
} catch (error) {
  if (!error.code) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function lineOf({ type, error, session, before, after = session }) {
  const time = new Date().toISOString();
  if (error) return `${time}  ${type}  ${error.message}`;
  const was = before ? `, was ${stateOf(before)}` : '';
  return `${time}  ${type}  ${after.sessionId}  ${after.targetNodeName ?? after.targetName}  ${stateOf(after)}${was}`;
}

function stateOf({ connections }) {
  return connections.length > 0 ? `connections: ${connections.length}` : 'reconnecting';
}

// Something to see with --simulate: the first session loses its connections, goes, and comes back.
function storyOf(simulator) {
  const [first, ...others] = simulator.sessions;
  const after = { added: [{ ...first, connections: [] }, ...others], changed: others, removed: [first, ...others] };
  return change => {
    simulator.sessions = after[change] ?? simulator.sessions;
  };
}

// Prints a line for each change of the iSCSI sessions, until Ctrl+C. The first lines are what is there.
import { parseArgs } from 'node:util';
import { watchSessions } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

const USAGE = `usage: node watch-sessions.mjs [--interval SECONDS] [--simulate]
Prints a line for each change of the iSCSI sessions, every 2 seconds unless --interval is given, until Ctrl+C.`;
// These do not pass while the program runs.
const LASTING = ['ERR_ISCSIDSC_UNSUPPORTED_PLATFORM', 'ERR_ISCSIDSC_LIBRARY_LOAD', 'ERROR_ACCESS_DENIED'];

try {
  const options = {
    interval: { type: 'string', default: '2' },
    simulate: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  };
  const { interval, simulate, help } = parseArgs({ options }).values;
  if (help) console.log(USAGE);
  else await watch(interval, simulate);
} catch (error) {
  if (!error.code) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function watch(interval, simulate) {
  const intervalMs = Math.round(Number(interval) * 1000);
  const simulator = simulate ? createSimulator() : undefined;

  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end.abort());
  process.stdout.on('error', () => end.abort()); // Nobody reads on, as with `| head`.

  const rounds = watchSessions({ library: simulator, intervalMs, timeoutMs: 30_000, signal: end.signal });
  const goOn = simulator ? storyOf(simulator) : () => {};
  if (simulator) console.log('SIMULATED: these sessions are made up.');
  let known; // The code of the error that has been printed: a service can be stopped for hours.
  for await (const round of rounds) {
    const { error } = round;
    if (LASTING.includes(error?.code)) throw error;
    const lines = error ? (error.code === known ? [] : [`error  ${error.message}`]) : linesOf(round);
    known = error?.code;
    const time = new Date().toISOString();
    // Names come from the network: a line break in one must not look like a line of ours.
    for (const line of lines) console.log(`${time}  ${line}`.replace(/\p{C}/gu, '?'));
    if (!error) goOn(round);
  }
  simulator?.dispose();
  // On Windows a call that hangs keeps the process until it returns, and only this ends it.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1000).unref();
}

function linesOf({ added, removed, changed }) {
  return [
    ...removed.map(session => `removed  ${textOf(session)}`),
    ...added.map(session => `added  ${textOf(session)}`),
    ...changed.map(({ before, after }) => `changed  ${textOf(after)}, was ${stateOf(before)}`),
  ];
}

function textOf(session) {
  return `${session.sessionId}  ${session.targetNodeName ?? session.targetName}  ${stateOf(session)}`;
}

function stateOf({ connections }) {
  return connections.length > 0 ? `connections: ${connections.length}` : 'reconnecting';
}

// Something to see with --simulate: the first session loses its connections, goes, and comes back.
function storyOf(simulator) {
  const all = simulator.sessions;
  const [first, ...others] = all;
  return ({ added, changed, removed }) => {
    if (added.length > 0) simulator.sessions = [{ ...first, connections: [] }, ...others];
    if (changed.length > 0) simulator.sessions = others;
    if (removed.length > 0) simulator.sessions = all;
  };
}

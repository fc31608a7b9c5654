// Checks that a target has enough connections, for Icinga, Nagios or a scheduled task. The exit status says it:
// 0 OK, 1 WARNING (fewer than wanted), 2 CRITICAL (none), 3 UNKNOWN (the initiator cannot be asked, or wrong usage).
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findSessions } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

const USAGE = 'usage: node check-connections.mjs --target IQN [--connections N] [--timeout SECONDS] [--simulate]';
const STATUS = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 };

try {
  const request = readArguments();
  // A call that hangs ends only with its process, and a process that ends itself so cannot choose its exit status.
  // So a child asks, and this process waits for it as long as it wants to.
  if (request.help) console.log(`${USAGE}\nChecks that a target has enough connections.`);
  else if (process.env.CHECK_CONNECTIONS_ASKS) await answerParent(request);
  else report(request, await askInChild(request));
} catch (error) {
  say('UNKNOWN', error.message);
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        target: { type: 'string' },
        connections: { type: 'string', default: '1' },
        timeout: { type: 'string', default: '10' },
        simulate: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const { target, simulate, connections, timeout, help } = values;
    if (help) return { help };
    const [wanted, timeoutMs] = [Number(connections), Number(timeout) * 1000];
    if (!target) throw new Error('--target is missing');
    if (!(Number.isInteger(wanted) && wanted >= 1)) throw new Error('--connections must be a whole number from 1');
    if (!(timeoutMs >= 1 && timeoutMs < 2 ** 31)) throw new Error('--timeout must be a number of seconds above 0');
    return { target, wanted, timeoutMs, simulate };
  } catch (error) {
    throw new Error(`${error.message}; ${USAGE}`);
  }
}

async function answerParent({ target, simulate }) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  try {
    const library = simulate ? createSimulator() : undefined;
    process.send({ sessions: await findSessions({ targetName: target }, { library }) });
  } catch (error) {
    process.send({ problem: error.message });
  }
}

function askInChild({ timeoutMs }) {
  const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), {
    env: { ...process.env, CHECK_CONNECTIONS_ASKS: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let timer;
  const answer = new Promise((resolve, reject) => {
    const late = `The initiator has not answered within ${timeoutMs / 1000} s. The service MSiSCSI may hang.`;
    timer = setTimeout(() => reject(new Error(late)), timeoutMs);
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', () => reject(new Error('The process that asks the initiator has ended without an answer.')));
  });
  return answer.finally(() => {
    clearTimeout(timer);
    child.kill('SIGKILL');
    child.unref();
    child.channel?.unref();
  });
}

function report({ target, wanted, simulate }, { sessions, problem }) {
  if (problem) throw new Error(problem);
  // Several paths to a target are several sessions, or several connections of one.
  const count = sessions.reduce((sum, { connections }) => sum + connections.length, 0);
  const status = count >= wanted ? 'OK' : count > 0 ? 'WARNING' : 'CRITICAL';
  const text = `connections to ${target}: ${count}, wanted: ${wanted}${simulate ? ' (simulated)' : ''}`;
  // label=value;warning;critical;minimum;maximum, where `2:` is the range that is fine: from 2 on.
  say(status, text, ` | connections=${count};${wanted}:;1:;0 sessions=${sessions.length};;;0`);
}

function say(status, text, performance = '') {
  // One line, where a bar would begin the performance data.
  console.log(`ISCSI ${status}: ${text.replace(/[|\s\p{C}]+/gu, ' ')}${performance}`);
  process.exitCode = STATUS[status];
}

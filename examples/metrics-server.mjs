// Metrics of the initiator for Prometheus, at http://127.0.0.1:9860/metrics until Ctrl+C.
import { tracingChannel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { reportIScsiPersistentLogins, reportIScsiTargets, watchSessions } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

const USAGE = `usage: node metrics-server.mjs [--port N] [--host ADDRESS] [--interval SECONDS] [--timeout SECONDS] [--simulate]
Serves metrics of the initiator for Prometheus, at http://127.0.0.1:9860/metrics unless told otherwise, until Ctrl+C.`;
// A stopped service can come back: until then the metrics say `iscsi_up 0`. These do not pass.
const LASTING = ['ERR_ISCSIDSC_UNSUPPORTED_PLATFORM', 'ERR_ISCSIDSC_LIBRARY_LOAD', 'ERR_ISCSIDSC_INVALID_ARGUMENT'];
// Upper bounds of the histogram, in seconds: a list takes milliseconds, a login to a portal that is gone a minute.
const BUCKETS = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60];
const OPTIONS = {
  port: { type: 'string', default: '9860' },
  host: { type: 'string', default: '127.0.0.1' },
  interval: { type: 'string', default: '5' },
  timeout: { type: 'string', default: '5' },
  simulate: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};

/** Counts and times the native calls of this process. */
class NativeCalls {
  #running = new Map();
  #durations = new Map();

  constructor() {
    const { start, end, asyncEnd } = tracingChannel('iscsidsc:call');
    start.subscribe(({ syscall }) => this.#count(syscall, 1));
    const returned = ({ syscall, durationMs, statusName = 'none' }) => {
      // `end` of an async call only says that it has been started.
      if (durationMs === undefined) return;
      this.#count(syscall, -1);
      this.#observe(syscall, statusName, durationMs / 1000);
    };
    end.subscribe(returned);
    asyncEnd.subscribe(returned);
  }

  metrics() {
    const running = [...this.#running].map(([syscall, count]) => [count, { syscall }]);
    return [
      gauge('iscsi_native_calls_running', 'Native calls that have not returned.', running),
      histogram('iscsi_native_call_duration_seconds', 'Duration of native calls.', [...this.#durations.values()]),
    ].join('');
  }

  #count(syscall, change) {
    this.#running.set(syscall, (this.#running.get(syscall) ?? 0) + change);
  }

  #observe(syscall, status, seconds) {
    const key = `${syscall} ${status}`;
    const series = this.#durations.get(key) ?? {
      labels: { syscall, status },
      counts: BUCKETS.map(() => 0),
      count: 0,
      sum: 0,
    };
    this.#durations.set(key, series);
    for (const [index, bound] of BUCKETS.entries()) if (seconds <= bound) series.counts[index]++;
    series.count++;
    series.sum += seconds;
  }
}

try {
  const { help, ...settings } = parseArgs({ options: OPTIONS }).values;
  if (help) console.log(USAGE);
  else await serve(settings);
} catch (error) {
  if (!error.code) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function serve({ port, host, interval, timeout, simulate }) {
  const simulator = simulate ? createSimulator() : undefined;
  const [intervalMs, timeoutMs] = [interval, timeout].map(seconds => Math.round(Number(seconds) * 1000));
  const calls = new NativeCalls();
  const rounds = watchSessions({ library: simulator, intervalMs, timeoutMs });
  let { value: round } = await rounds.next();
  if (LASTING.includes(round.error?.code)) throw round.error;
  if (round.error) console.error(round.error.message);
  let logins = await savedLogins(round, { library: simulator, timeoutMs });

  const server = createServer((request, response) =>
    answer(request, response, () => [metricsOf(round, logins), calls.metrics()].join('')),
  );
  server.listen(Number(port), host);
  await once(server, 'listening');

  const stop = () => {
    rounds.return();
    server.close(() => simulator?.dispose());
    server.closeAllConnections();
    // On Windows a call that hangs keeps the process until it returns, and only this ends it.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1000).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);

  const { address, family, port: actualPort } = server.address();
  const origin = `http://${family === 'IPv6' ? `[${address}]` : address}:${actualPort}`;
  console.log(`${simulator ? 'SIMULATED ' : ''}metrics at ${origin}/metrics`);

  // Scrapes are answered from the last round: they do not wait for the initiator, and make it no work.
  for await (const next of rounds) {
    round = next;
    logins = await savedLogins(round, { library: simulator, timeoutMs });
  }
}

/** The saved logins and the targets that Windows lists. Not asked for while the initiator does not answer. */
async function savedLogins(round, options) {
  if (round.error) return { error: round.error };
  try {
    return { logins: await reportIScsiPersistentLogins(options), targets: await reportIScsiTargets(options) };
  } catch (error) {
    return { error };
  }
}

function answer({ method, url }, response, metrics) {
  if (url.split('?')[0] !== '/metrics') return response.writeHead(404).end('See /metrics\n');
  if (method !== 'GET' && method !== 'HEAD') return response.writeHead(405, { Allow: 'GET, HEAD' }).end();
  // 200 also when the initiator does not answer: Prometheus can tell that from a server that is gone.
  response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(metrics());
}

function metricsOf({ sessions, error }, logins) {
  return error ? failureMetrics(error) : sessionMetrics(sessions) + loginMetrics(sessions, logins);
}

function sessionMetrics(sessions) {
  const targets = new Map();
  const connections = [];
  for (const session of sessions) {
    const target = nameOf(session);
    const counts = targets.get(target) ?? { sessions: 0, reconnecting: 0, portals: new Set() };
    targets.set(target, counts);
    counts.sessions++;
    if (session.connections.length === 0) counts.reconnecting++;
    for (const { initiatorAddress, targetAddress, targetSocket } of session.connections) {
      counts.portals.add(JSON.stringify([initiatorAddress, targetAddress, targetSocket]));
    }
    connections.push([session.connections.length, { target, session_id: session.sessionId }]);
  }
  const each = count => [...targets].map(([target, counts]) => [count(counts), { target }]);
  return [
    gauge('iscsi_up', 'Whether the initiator has answered.', [[1]]),
    gauge(
      'iscsi_sessions',
      'Sessions with a target.',
      each(counts => counts.sessions),
    ),
    gauge(
      'iscsi_sessions_reconnecting',
      'Sessions with a target that have no connection.',
      each(counts => counts.reconnecting),
    ),
    gauge(
      'iscsi_target_paths',
      'Pairs of addresses with a connection to a target.',
      each(counts => counts.portals.size),
    ),
    gauge('iscsi_session_connections', 'Connections of a session, 0 while it is reconnecting.', connections),
  ].join('');
}

/** A saved login is dead if its target is neither listed nor connected: Windows tries it again and again. */
function loginMetrics(sessions, { logins, targets, error }) {
  const up = gauge('iscsi_logins_up', 'Whether the saved logins and the targets are known.', [[error ? 0 : 1]]);
  if (error) return up;
  const known = new Set([...targets.map(plainName), ...sessions.map(nameOf)]);
  const counts = new Map();
  for (const target of logins.map(({ targetName }) => plainName(targetName))) {
    const count = counts.get(target) ?? { saved: 0, dead: 0 };
    counts.set(target, count);
    count.saved++;
    if (!known.has(target)) count.dead++;
  }
  const each = count => [...counts].map(([target, saved]) => [count(saved), { target }]);
  return [
    up,
    gauge(
      'iscsi_persistent_logins',
      'Logins to a target that Windows makes when it starts.',
      each(({ saved }) => saved),
    ),
    gauge(
      'iscsi_persistent_logins_dead',
      'Those whose target is neither listed nor connected.',
      each(({ dead }) => dead),
    ),
  ].join('');
}

function nameOf({ targetName, targetNodeName }) {
  return plainName(targetName ?? targetNodeName ?? '(null)');
}

/** Windows changes the case of names, which means nothing in them. */
function plainName(name) {
  return name.toWellFormed().toLowerCase();
}

function failureMetrics({ code, message }) {
  return [
    gauge('iscsi_up', 'Whether the initiator has answered.', [[0]]),
    gauge('iscsi_error', 'Why it has not.', [[1, { code: String(code) }]]),
    `# ${message.replace(/\s+/g, ' ')}\n`,
  ].join('');
}

function gauge(name, help, samples) {
  const lines = samples.map(([value, labels]) => `${name}${labels ? labelText(labels) : ''} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines, ''].join('\n');
}

function histogram(name, help, series) {
  const lines = series.flatMap(({ labels, counts, count, sum }) => [
    ...BUCKETS.map((le, index) => `${name}_bucket${labelText({ ...labels, le: String(le) })} ${counts[index]}`),
    `${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${count}`,
    `${name}_sum${labelText(labels)} ${sum}`,
    `${name}_count${labelText(labels)} ${count}`,
  ]);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`, ...lines, ''].join('\n');
}

function labelText(labels) {
  const escaped = text => text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n');
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${escaped(text)}"`);
  return `{${pairs.join(',')}}`;
}

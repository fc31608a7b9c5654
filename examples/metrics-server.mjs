// Session counts for Prometheus, at http://127.0.0.1:9860/metrics until Ctrl+C.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { watchSessions } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

const USAGE = `usage: node metrics-server.mjs [--port N] [--host ADDRESS] [--interval SECONDS] [--timeout SECONDS] [--simulate]
Serves session counts for Prometheus, at http://127.0.0.1:9860/metrics unless told otherwise, until Ctrl+C.`;
// A stopped service can come back: until then the metrics say `iscsi_up 0`. These do not pass.
const LASTING = ['ERR_ISCSIDSC_UNSUPPORTED_PLATFORM', 'ERR_ISCSIDSC_LIBRARY_LOAD', 'ERR_ISCSIDSC_INVALID_ARGUMENT'];
const OPTIONS = {
  port: { type: 'string', default: '9860' },
  host: { type: 'string', default: '127.0.0.1' },
  interval: { type: 'string', default: '5' },
  timeout: { type: 'string', default: '5' },
  simulate: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};

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
  const rounds = watchSessions({ library: simulator, intervalMs, timeoutMs });
  let { value: round } = await rounds.next();
  if (LASTING.includes(round.error?.code)) throw round.error;
  if (round.error) console.error(round.error.message);

  const server = createServer((request, response) => answer(request, response, round));
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
  for await (const next of rounds) round = next;
}

function answer({ method, url }, response, { sessions, error }) {
  if (url.split('?')[0] !== '/metrics') return response.writeHead(404).end('See /metrics\n');
  if (method !== 'GET' && method !== 'HEAD') return response.writeHead(405, { Allow: 'GET, HEAD' }).end();
  // 200 also when the initiator does not answer: Prometheus can tell that from a server that is gone.
  const body = error ? failureMetrics(error) : sessionMetrics(sessions);
  response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body);
}

function sessionMetrics(sessions) {
  const counts = new Map();
  const connections = [];
  for (const session of sessions) {
    // Windows changes the case of names, which means nothing in them.
    const target = (session.targetName ?? session.targetNodeName ?? '(null)').toWellFormed().toLowerCase();
    counts.set(target, (counts.get(target) ?? 0) + 1);
    connections.push([session.connections.length, { target, session_id: session.sessionId }]);
  }
  return [
    gauge('iscsi_up', 'Whether the initiator has answered.', [[1]]),
    gauge(
      'iscsi_sessions',
      'Sessions with a target.',
      [...counts].map(([target, count]) => [count, { target }]),
    ),
    gauge('iscsi_session_connections', 'Connections of a session, 0 while it is reconnecting.', connections),
  ].join('');
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

function labelText(labels) {
  const escaped = text => text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n');
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${escaped(text)}"`);
  return `{${pairs.join(',')}}`;
}

import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { exampleSessions } from 'iscsidsc/simulator';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { asHistograms, type Metric, parseExposition } from './exposition.js';
import type { Running } from './running.js';
import { type Machine, UsersProject } from './users-project.js';

const project = new UsersProject();
afterAll(() => project.remove());

const servers: Running[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.signal('SIGKILL');
    await server.ended;
  }
});

const start = (args: readonly string[], machine: Machine = {}) => {
  const server = project.start('metrics-server.mjs', ['--simulate', '--port', '0', ...args], {
    tells: 'by messages',
    ...machine,
  });
  servers.push(server);
  return server;
};

/** Starts a server, and waits until it listens. */
async function serve(machine: Machine = {}, ...args: string[]) {
  const server = start(args, machine);
  const [, address = ''] = /^SIMULATED metrics at (http:\/\/\S+\/metrics)$/.exec(await server.line()) ?? [];
  return { server, address };
}

async function scrape(address: string): Promise<Map<string, Metric>> {
  const response = await fetch(address);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return parseExposition(await response.text());
}

const values = (metrics: Map<string, Metric>, name: string) =>
  metrics.get(name)?.samples.map(({ labels, value }) => [...Object.values(labels), value]);

describe('metrics-server.mjs', () => {
  it('counts the sessions of each target and the connections of each session', async () => {
    const { address } = await serve();
    const metrics = await scrape(address);
    expect([...metrics].map(([name, { type }]) => [name, type])).toEqual([
      ['iscsi_up', 'gauge'],
      ['iscsi_sessions', 'gauge'],
      ['iscsi_sessions_reconnecting', 'gauge'],
      ['iscsi_target_paths', 'gauge'],
      ['iscsi_session_connections', 'gauge'],
      ['iscsi_logins_up', 'gauge'],
      ['iscsi_persistent_logins', 'gauge'],
      ['iscsi_persistent_logins_dead', 'gauge'],
      ['iscsi_native_calls_running', 'gauge'],
      ['iscsi_native_call_duration_seconds', 'histogram'],
    ]);
    expect(values(metrics, 'iscsi_up')).toEqual([[1]]);
    expect(values(metrics, 'iscsi_sessions')).toEqual([
      ['iqn.1992-08.com.example.san:vol-sql', 1],
      ['iqn.2005-10.org.example.nas:backup', 1],
      ['iqn.2004-04.com.example.archive:lun0', 1],
      ['iqn.1991-05.com.microsoft:filer-quorum-target', 1],
    ]);
    expect(metrics.get('iscsi_session_connections')?.samples).toContainEqual({
      name: 'iscsi_session_connections',
      labels: { target: 'iqn.1992-08.com.example.san:vol-sql', session_id: 'ffffe00112345010-4000013700000000' },
      value: 2,
    });
    expect(values(metrics, 'iscsi_session_connections')?.map(sample => sample.at(-1))).toEqual([2, 1, 0, 1]);
  });

  it('tells the paths of each target, and the sessions that are reconnecting', async () => {
    const { address } = await serve();
    const metrics = await scrape(address);
    expect(values(metrics, 'iscsi_target_paths')?.map(sample => sample.at(-1))).toEqual([2, 1, 0, 1]);
    expect(values(metrics, 'iscsi_sessions_reconnecting')?.map(sample => sample.at(-1))).toEqual([0, 0, 1, 0]);

    // Two sessions with one target: through one pair of addresses they are one path.
    const [one, other, third] = exampleSessions(3);
    if (!one || !other || !third) throw new Error('there are three');
    const { targetName, targetNodeName } = one;
    const same = { targetName, targetNodeName };
    const sessions = [one, { ...other, ...same, connections: one.connections }, { ...third, ...same }];
    const twice = await scrape((await serve({ sessions })).address);
    expect(values(twice, 'iscsi_sessions')).toEqual([[targetName, 3]]);
    expect(values(twice, 'iscsi_target_paths')).toEqual([[targetName, 2]]);
  });

  it('tells the saved logins that are dead: their target is neither listed nor connected', async () => {
    const { address } = await serve();
    const metrics = await scrape(address);
    expect(values(metrics, 'iscsi_persistent_logins_dead')).toEqual([
      ['iqn.1992-08.com.example.san:vol-sql', 0],
      ['iqn.2005-10.org.example.nas:backup', 0],
      ['iqn.2001-05.com.example.retired:old-disk', 1],
    ]);
    expect(values(metrics, 'iscsi_persistent_logins')?.map(sample => sample.at(-1))).toEqual([1, 1, 1]);
  });

  it('has the durations of native calls as histograms', async () => {
    const { server, address } = await serve({}, '--interval', '0.02');
    await server.called(7);
    const metrics = await scrape(address);
    const histograms = asHistograms(metrics.get('iscsi_native_call_duration_seconds'));
    expect(histograms.map(({ labels }) => [labels.syscall, labels.status])).toEqual([
      ['GetIScsiSessionListW', 'ERROR_SUCCESS'],
      ['ReportIScsiPersistentLoginsW', 'ERROR_SUCCESS'],
      ['ReportIScsiTargetsW', 'ERROR_SUCCESS'],
    ]);
    for (const { count, sum } of histograms) {
      expect(count).toBeGreaterThan(1);
      expect(sum).toBeGreaterThan(0);
    }
  });

  it('counts a call that hangs among those that run', async () => {
    const { server, address } = await serve({ behaviour: { delayMs: 2 ** 31 - 1 } }, '--timeout', '0.05');
    await server.called(1);
    const metrics = await scrape(address);
    expect(values(metrics, 'iscsi_native_calls_running')).toEqual([['GetIScsiSessionListW', 1]]);
    expect(values(metrics, 'iscsi_native_call_duration_seconds')).toEqual([]);
  });

  it('keeps every name of a target what it is', async () => {
    const names = [
      '"',
      '\\',
      '\n',
      '\\n',
      '\\"',
      'a"} 1\niscsi_up 0',
      '{,}',
      '\r',
      '\u2028',
      'größe-日本語-😀',
      '# HELP',
    ];
    const sessions = exampleSessions(names.length).map((session, index) => ({
      ...session,
      targetName: names[index] ?? '',
    }));
    const { address } = await serve({ sessions });
    const metrics = await scrape(address);
    expect(values(metrics, 'iscsi_sessions')).toEqual(names.map(name => [name.toLowerCase(), 1]));
    expect(values(metrics, 'iscsi_up')).toEqual([[1]]);
  });

  it('takes names for one that differ only in case, or in what UTF-8 cannot say, and says (null) for none', async () => {
    const names = ['iqn.a:X', 'IQN.A:x', 'iqn.b:\ud800', 'iqn.b:\udc00', null];
    const sessions = exampleSessions(names.length).map((session, index) => {
      const name = names[index] ?? null;
      return { ...session, targetName: name, targetNodeName: name };
    });
    const { address } = await serve({ sessions });
    const metrics = await scrape(address);
    expect(values(metrics, 'iscsi_sessions')).toEqual([
      ['iqn.a:x', 2],
      ['iqn.b:\ufffd', 2],
      ['(null)', 1],
    ]);
    expect(values(metrics, 'iscsi_session_connections')).toHaveLength(5);
  });

  it('has no sample of a session when there is none', async () => {
    const { address } = await serve({ sessions: [] });
    const metrics = await scrape(address);
    expect(values(metrics, 'iscsi_up')).toEqual([[1]]);
    expect(values(metrics, 'iscsi_sessions')).toEqual([]);
  });

  it('answers 200 with iscsi_up 0 and the reason while the service is stopped', async () => {
    const { server, address } = await serve(
      { behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } },
      '--interval',
      '0.02',
    );
    const metrics = await scrape(address);
    expect([...metrics.keys()].slice(0, 2)).toEqual(['iscsi_up', 'iscsi_error']);
    expect(metrics.has('iscsi_logins_up')).toBe(false);
    const [failed] = asHistograms(metrics.get('iscsi_native_call_duration_seconds'));
    expect(failed?.labels).toEqual({ syscall: 'GetIScsiSessionListW', status: 'ISDSC_SERVICE_NOT_RUNNING' });
    expect(values(metrics, 'iscsi_up')).toEqual([[0]]);
    expect(values(metrics, 'iscsi_error')).toEqual([['ISDSC_SERVICE_NOT_RUNNING', 1]]);
    expect(await (await fetch(address)).text()).toMatch(/^# ISDSC_SERVICE_NOT_RUNNING: .*net start MSiSCSI/m);
    await server.arrange({ behaviour: {} });
    while (values(await scrape(address), 'iscsi_error')) await sleep(20);
    expect(values(await scrape(address), 'iscsi_up')).toEqual([[1]]);
  });

  it('asks the initiator at its own interval, however many scrape', async () => {
    const { server, address } = await serve({}, '--interval', '86400');
    for (let round = 0; round < 5; round++) expect(values(await scrape(address), 'iscsi_up')).toEqual([[1]]);
    await server.arrange({});
    expect(server.calls).toEqual(['GetIScsiSessionListW', 'ReportIScsiPersistentLoginsW', 'ReportIScsiTargetsW']);
  });

  it('shows what has changed since', async () => {
    const { server, address } = await serve({ sessions: exampleSessions(2) }, '--interval', '0.02');
    expect(values(await scrape(address), 'iscsi_sessions')).toHaveLength(2);
    await server.arrange({ sessions: exampleSessions(1) });
    while (values(await scrape(address), 'iscsi_sessions')?.length !== 1) await sleep(20);
  });

  it('answers while calls hang, makes no third call, and ends all the same', async () => {
    const times = ['--timeout', '0.05', '--interval', '0.01'];
    const { server, address } = await serve({ behaviour: { delayMs: 2 ** 31 - 1 } }, ...times);
    await server.called(2);
    for (let round = 0; round < 4; round++) {
      expect(values(await scrape(address), 'iscsi_error')).toEqual([['ERR_ISCSIDSC_TIMEOUT', 1]]);
      await sleep(60);
    }
    await server.arrange({});
    expect(server.calls).toHaveLength(2);
    server.signal('SIGTERM');
    expect((await server.ended).stderr).toMatch(/^The initiator did not answer within 50 ms\. [^\n]+\n$/);
  });

  it('has nothing but /metrics, for GET and HEAD', async () => {
    const { address } = await serve();
    const { origin } = new URL(address);
    expect((await fetch(origin)).status).toBe(404);
    expect((await fetch(`${address}/more`)).status).toBe(404);
    expect((await fetch(`${address}?debug=1`)).status).toBe(200);
    expect((await fetch(address, { method: 'POST', body: 'x' })).status).toBe(405);
    const head = await fetch(address, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('survives a path that is no URL', async () => {
    const { address } = await serve();
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    socket.write('GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 404 /);
    expect(values(await scrape(address), 'iscsi_up')).toEqual([[1]]);
  });

  it('listens on this machine alone unless told otherwise', async () => {
    expect(new URL((await serve()).address).hostname).toBe('127.0.0.1');
    expect(new URL((await serve({}, '--host', 'localhost')).address).hostname).toMatch(/^(127\.0\.0\.1|\[::1\])$/);
  });

  it('says that its port is taken', async () => {
    const { address } = await serve();
    const second = start(['--port', new URL(address).port]);
    expect(await second.ended).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^listen EADDRINUSE[^\n]+\n$/),
    });
  });

  it.each([
    [['--port', '99999'], /^options\.port should be /],
    [['--timeout', 'long'], /^timeoutMs must be a number above 0/],
    [['--interval', 'often'], /^intervalMs must be a whole number from 1/],
  ])('refuses %j', async (args, reason) => {
    expect(await start(args).ended).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(reason) });
  });

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
    'ends well on %s, with a connection that is kept open and a request that never ends',
    async signal => {
      const { server, address } = await serve();
      await scrape(address);
      const { hostname, port } = new URL(address);
      const socket = connect(Number(port), hostname).on('error', () => {});
      await once(socket, 'connect');
      socket.write('GET /metrics HTTP/1.1\r\n');
      await scrape(address);
      server.signal(signal);
      expect(await server.ended).toMatchObject({ status: 0, signal: null, stderr: '' });
    },
  );
});

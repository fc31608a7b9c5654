import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { getIScsiInitiatorNodeName } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../src/simulator.js';
import { type NamedMachine, namedMachine, namesIn } from '../tasks/diagnose/named-machine.js';
import { SIMULATED } from './run.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const PACKAGE = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

describe('dist/cli.js as a program', () => {
  it('is what the package calls iscsidsc, with a shebang', () => {
    expect(PACKAGE.bin).toEqual({ iscsidsc: 'dist/cli.js' });
    expect(readFileSync(CLI, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    if (process.platform !== 'win32') expect(statSync(CLI).mode & 0o111).toBe(0o111);
  });

  it('has the version of the package', async () => {
    expect(await execute(['--version'])).toEqual({ status: 0, stdout: `${PACKAGE.version}\n`, stderr: '' });
  });

  it('prints the simulated sessions, in a pipe without colour and whole', async () => {
    const { status, stdout, stderr } = await execute(['sessions', '--simulate']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: SIMULATED });
    expect(stdout).toMatch(/^SESSION ID {2,}TARGET {2,}STATE {2,}PORTALS\n/);
    for (const { targetName } of createSimulator().sessions) expect(stdout).toContain(`  ${targetName}  `);
  });

  it('has colours in a pipe with FORCE_COLOR', async () => {
    const { stdout } = await execute(['sessions', '--simulate'], { ...process.env, FORCE_COLOR: '1' });
    expect(stdout).toContain('\x1b[1mSESSION ID\x1b[22m');
  });

  it('prints them as JSON', async () => {
    const { status, stdout } = await execute(['sessions', '--simulate', '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(createSimulator().sessions);
  });

  it.skipIf(process.platform === 'win32')('says off Windows that there is no initiator', async () => {
    const text = await execute(['sessions']);
    expect(text).toMatchObject({ status: 1, stdout: '' });
    expect(text.stderr).toMatch(
      /^iscsidsc: iscsidsc\.dll is a part of Windows, and this is [^\n]+ --simulate [^\n]+\n$/,
    );
    const json = await execute(['sessions', '--json']);
    expect(json).toMatchObject({ status: 1, stdout: '' });
    expect(JSON.parse(json.stderr)).toMatchObject({ code: 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM' });
  });

  it('ends with status 2 when called wrongly', async () => {
    expect(await execute(['sessions', '--nope'])).toEqual({
      status: 2,
      stdout: '',
      stderr: "iscsidsc: Unknown option '--nope'. See 'iscsidsc help session list'.\n",
    });
    expect(await execute([])).toMatchObject({ status: 2, stdout: '' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'session watch prints the sessions, and ends with status 130 on %s',
    // Windows ends a process at these without asking it.
    { skip: process.platform === 'win32' },
    async signal => {
      const child = spawn(process.execPath, [CLI, 'session', 'watch', '--simulate', '--json']);
      const lines: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        lines.push(line);
        if (lines.length === 1) child.kill(signal);
      }
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ first: true, sessions: createSimulator().sessions });
      expect(await ended(child)).toEqual({ status: 130, signal: null });
    },
  );

  it('session wait ends with status 3 when the time is over', async () => {
    const argv = ['session', 'wait', '--simulate', '--target', 'iqn.none', '--timeout', '0.2', '--json'];
    const result = await execute(argv);
    expect(result).toMatchObject({ status: 3, stdout: '' });
    expect(JSON.parse(result.stderr)).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT' });
  });

  it('session logout without a terminal wants --yes', async () => {
    const argv = ['session', 'logout', '--simulate', createSimulator().sessions[0]?.sessionId ?? ''];
    expect(await execute(argv)).toEqual({
      status: 2,
      stdout: '',
      stderr: `${SIMULATED}iscsidsc: There is no terminal to ask on. Give --yes to log out without a question. See 'iscsidsc help session logout'.\n`,
    });
    expect(await execute([...argv, '--yes'])).toMatchObject({ status: 0, stderr: SIMULATED });
  });

  it('reads a secret from stdin, and keeps the simulated machine from command to command', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iscsidsc-built-'));
    try {
      const env = { ...process.env, ISCSIDSC_SIMULATED_STATE: join(folder, 'state.json') };
      expect(await execute(['portal', 'add', '10.0.0.10', '--simulate'], env)).toMatchObject({ status: 0 });
      const chap = ['--chap-user', 'backup-host', '--chap-secret-file', '-'];
      const line = ['target', 'login', 'iqn.2003-01.org.example:disk2', ...chap, '--simulate'];
      const { status, stdout } = await execute(line, env, 'initiator-12345\n');
      expect(stdout).toContain('PhysicalDrive');
      expect(status).toBe(0);
      expect(await execute(line, env, 'another-12345\n')).toMatchObject({ status: 1, stdout: '' });
      const noSecret = await execute(['portal', 'add', '10.0.0.10', '--chap-user', 'u', '--simulate'], env);
      expect(noSecret.stderr).toContain('There is no terminal to ask for the CHAP secret on.');
      expect(noSecret.status).toBe(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('doctor --json has nothing of the names of a machine in it, and with --full it has them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iscsidsc-built-'));
    try {
      const stateFile = join(folder, 'state.json');
      const [machine] = fc.sample(namedMachine, { numRuns: 1, seed: 5 }) as [NamedMachine];
      using library = createSimulator({ ...machine.options, stateFile });
      // A call writes the file.
      await getIScsiInitiatorNodeName({ library });
      const env = { ...process.env, ISCSIDSC_SIMULATED_STATE: stateFile };
      const anonymous = await execute(['doctor', '--simulate', '--json'], env);
      expect(JSON.parse(anonymous.stdout)).toMatchObject({ version: PACKAGE.version, findings: expect.any(Array) });
      expect(namesIn(anonymous.stdout, machine)).toEqual([]);
      const full = await execute(['doctor', '--simulate', '--json', '--full'], env);
      const addresses = library.sendTargetPortals.map(({ address }) => address);
      const targets = library.persistentLogins.map(({ targetName }) => targetName);
      expect(Math.min(addresses.length, targets.length)).toBeGreaterThan(0);
      expect(namesIn(full.stdout, machine)).toEqual(expect.arrayContaining([...addresses, ...targets]));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([[['sessions']], [['session', 'watch']]])('%j ends quietly when the reader goes away', async words => {
    const child = spawn(process.execPath, [CLI, ...words, '--simulate'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text;
    });
    expect(await ended(child)).toEqual({ status: 0, signal: null });
    expect(stderr).toBe(SIMULATED);
  });
});

function ended(child: ChildProcess): Promise<{ status: unknown; signal: unknown }> {
  const { exitCode: status, signalCode: signal } = child;
  if (status !== null || signal !== null) return Promise.resolve({ status, signal });
  return new Promise(resolve => child.once('close', (...[status, signal]) => resolve({ status, signal })));
}

function execute(
  args: readonly string[],
  env = process.env,
  input = '',
): Promise<{ status: unknown; stdout: string; stderr: string }> {
  return new Promise(resolve => {
    const child = execFile(process.execPath, [CLI, ...args], { env }, (error, stdout, stderr) => {
      resolve({ status: error ? error.code : 0, stdout, stderr });
    });
    // A command that does not read it may be gone already.
    child.stdin?.on('error', () => {}).end(input);
  });
}

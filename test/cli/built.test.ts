import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../src/simulator.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const PACKAGE = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

describe('dist/cli.js as a program', () => {
  it('is what the package calls iscsidsc, with a shebang', () => {
    expect(PACKAGE.bin).toEqual({ iscsidsc: 'dist/cli.js' });
    expect(readFileSync(CLI, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    if (process.platform !== 'win32') expect(statSync(CLI).mode & 0o111).toBe(0o111);
  });

  it('has the version of the package', async () => {
    expect(await execute('--version')).toEqual({ status: 0, stdout: `${PACKAGE.version}\n`, stderr: '' });
  });

  it('prints the simulated sessions, in a pipe without colour and whole', async () => {
    const { status, stdout } = await execute('sessions', '--simulate');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^The sessions are simulated[^\n]*\nSESSION ID {2,}TARGET {2,}PORTALS {2,}CONNECTIONS {2,}STATE\n/,
    );
    for (const { targetName } of createSimulator().sessions) expect(stdout).toContain(`  ${targetName}  `);
  });

  it('prints them as JSON', async () => {
    const { status, stdout } = await execute('sessions', '--simulate', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(createSimulator().sessions);
  });

  it.skipIf(process.platform === 'win32')('says off Windows that there is no initiator', async () => {
    const text = await execute('sessions');
    expect(text).toMatchObject({ status: 1, stdout: '' });
    expect(text.stderr).toMatch(
      /^iscsidsc: iscsidsc\.dll is a part of Windows, and this is [^\n]+ --simulate [^\n]+\n$/,
    );
    const json = await execute('sessions', '--json');
    expect(json).toMatchObject({ status: 1, stdout: '' });
    expect(JSON.parse(json.stderr)).toMatchObject({ code: 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM' });
  });

  it('ends with status 2 when called wrongly', async () => {
    expect(await execute('sessions', '--nope')).toEqual({
      status: 2,
      stdout: '',
      stderr: "iscsidsc: Unknown option '--nope'. See 'iscsidsc sessions --help'.\n",
    });
    expect(await execute()).toMatchObject({ status: 2, stdout: '' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'watch prints a line for each session, and ends with status 0 on %s',
    // Windows ends a process at these without asking it.
    { skip: process.platform === 'win32' },
    async signal => {
      const child = spawn(process.execPath, [CLI, 'watch', '--simulate', '--json']);
      const lines: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        lines.push(line);
        if (lines.length === createSimulator().sessions.length) child.kill(signal);
      }
      expect(lines.map(line => JSON.parse(line).session)).toEqual(createSimulator().sessions);
      expect(await ended(child)).toEqual({ status: 0, signal: null });
    },
  );

  it('wait ends with status 1 when the time is over', async () => {
    const result = await execute('wait', '--simulate', '--target', 'iqn.none', '--timeout', '0.2', '--json');
    expect(result).toMatchObject({ status: 1, stdout: '' });
    expect(JSON.parse(result.stderr.split('\n')[1] ?? '')).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT' });
  });

  it('logout without a terminal wants --yes', async () => {
    const argv = ['logout', '--simulate', createSimulator().sessions[0]?.sessionId ?? ''];
    expect(await execute(...argv)).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'iscsidsc: There is no terminal to ask on: give --yes to log out without a question. ' +
        "See 'iscsidsc logout --help'.\n",
    });
    expect(await execute(...argv, '--yes')).toMatchObject({ status: 0, stderr: '' });
  });

  it.each(['sessions', 'watch'])('%s ends quietly when nobody reads on', async command => {
    const child = spawn(process.execPath, [CLI, command, '--simulate'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text;
    });
    expect(await ended(child)).toEqual({ status: 0, signal: null });
    expect(stderr).toBe('');
  });
});

function ended(child: ChildProcess): Promise<{ status: unknown; signal: unknown }> {
  const { exitCode: status, signalCode: signal } = child;
  if (status !== null || signal !== null) return Promise.resolve({ status, signal });
  return new Promise(resolve => child.once('close', (...[status, signal]) => resolve({ status, signal })));
}

function execute(...args: string[]): Promise<{ status: unknown; stdout: string; stderr: string }> {
  return new Promise(resolve => {
    execFile(process.execPath, [CLI, ...args], (error, stdout, stderr) => {
      resolve({ status: error ? error.code : 0, stdout, stderr });
    });
  });
}

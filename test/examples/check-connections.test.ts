import { exampleSessions } from 'iscsidsc/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { type Machine, UsersProject } from './users-project.js';

const project = new UsersProject();
afterAll(() => project.remove());

const TARGET = 'iqn.2003-01.org.example:disk-0';
const PERFORMANCE = / \| connections=(?<value>\d+);(?<warning>\d+):;(?<critical>\d+):;0 sessions=\d+;;;0$/;

/** Runs the check, and holds what it prints against what monitoring expects of any plugin. */
async function check(machine: Machine, ...args: string[]) {
  const { status, signal, stdout, stderr } = await project.run(
    'check-connections.mjs',
    ['--simulate', ...args],
    machine,
  );
  expect({ signal, stderr }).toEqual({ signal: null, stderr: '' });
  expect(stdout).toMatch(/^ISCSI [^\n]+\n$/);
  const line = stdout.trimEnd();
  expect(line.split('|').length).toBeLessThanOrEqual(2);
  const [, word = ''] = /^ISCSI (OK|WARNING|CRITICAL|UNKNOWN): \S/.exec(line) ?? [];
  expect(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'][status ?? 4]).toBe(word);
  // The ranges of the performance data must give the same verdict: outside of a range is an alert.
  const { value, warning, critical } = PERFORMANCE.exec(line)?.groups ?? {};
  if (value === undefined) expect(word).toBe('UNKNOWN');
  else if (Number(value) < Number(critical)) expect(word).toBe('CRITICAL');
  else expect(word).toBe(Number(value) < Number(warning) ? 'WARNING' : 'OK');
  return { status, line };
}

describe('check-connections.mjs', () => {
  const one = exampleSessions(1);
  const two = exampleSessions(1, { connections: 2 });
  const paths = [
    ...one,
    ...exampleSessions(1, { first: 1 }).map(path => ({ ...path, targetName: TARGET.toUpperCase() })),
  ];
  const performance = (text: string) => expect.stringMatching(new RegExp(` \\| ${text}$`));

  it.each([
    ['OK: as many as wanted', two, '2', 0, 'connections=2;2:;1:;0 sessions=1;;;0'],
    ['OK: more than wanted', two, '1', 0, 'connections=2;1:;1:;0 sessions=1;;;0'],
    ['OK: two paths are two sessions', paths, '2', 0, 'connections=2;2:;1:;0 sessions=2;;;0'],
    ['WARNING: fewer than wanted', one, '2', 1, 'connections=1;2:;1:;0 sessions=1;;;0'],
    ['CRITICAL: reconnecting', exampleSessions(1, { connections: 0 }), '2', 2, 'connections=0;2:;1:;0 sessions=1;;;0'],
    ['CRITICAL: no session', [], '1', 2, 'connections=0;1:;1:;0 sessions=0;;;0'],
  ])('says %s', async (_, sessions, connections, status, text) => {
    const result = await check({ sessions }, '--target', TARGET, '--connections', connections);
    expect(result).toEqual({ status, line: performance(text) });
    expect(result.line).toContain(` connections to ${TARGET}: `);
    expect(result.line).toContain('(simulated)');
  });

  it('wants one connection unless told otherwise, of the target in any case', async () => {
    expect((await check({ sessions: one }, '--target', TARGET.toUpperCase())).status).toBe(0);
  });

  it('says UNKNOWN when the call hangs, and leaves no process behind', async () => {
    const result = await check({ behaviour: { delayMs: 2 ** 31 - 1 } }, '--target', TARGET, '--timeout', '2');
    expect(result).toEqual({
      status: 3,
      line: 'ISCSI UNKNOWN: The initiator has not answered within 2 s. The service MSiSCSI may hang.',
    });
  });

  it('leaves no process behind when it is killed itself while the call hangs', async () => {
    const machine = { behaviour: { delayMs: 2 ** 31 - 1 }, tells: 'on stderr' } as const;
    const running = project.start('check-connections.mjs', ['--simulate', '--target', TARGET], machine);
    await running.says('called GetIScsiSessionListW');
    running.signal('SIGKILL');
    expect(await running.ended).toMatchObject({ stdout: '' });
  });

  it('says UNKNOWN when the process that asks dies', async () => {
    expect(await check({ crash: true }, '--target', TARGET)).toEqual({
      status: 3,
      line: 'ISCSI UNKNOWN: The process that asks the initiator has ended without an answer.',
    });
  });

  it('says UNKNOWN with what to do when access is denied', async () => {
    const { line } = await check({ behaviour: { status: 'ERROR_ACCESS_DENIED' } }, '--target', TARGET);
    expect(line).toMatch(/^ISCSI UNKNOWN: ERROR_ACCESS_DENIED: .*Run the program as an administrator/);
  });

  it('keeps its line and its performance data whole, whatever the target is called', async () => {
    const { line } = await check({}, '--target', 'a|b=9;\nc\x1b[2J');
    expect(line).toContain(' connections to a b=9; c [2J: 0,');
  });

  it.each([
    ['no target', [], '--target is missing'],
    ['no number', ['--target', TARGET, '--connections', 'many'], '--connections must be a whole number from 1'],
    ['no connection', ['--target', TARGET, '--connections', '0'], '--connections must be a whole number from 1'],
    ['no time', ['--target', TARGET, '--timeout', '0'], '--timeout must be a number of seconds above 0'],
    ['what it does not know', ['--target', TARGET, '--critical', '1'], "Unknown option '--critical'"],
    ['an operand', ['--target', TARGET, TARGET], 'Unexpected argument'],
  ])('says UNKNOWN with its usage when given %s', async (_, args, reason) => {
    const { status, line } = await check({}, ...args);
    expect(status).toBe(3);
    expect(line).toContain(`ISCSI UNKNOWN: ${reason}`);
    expect(line).toMatch(/; usage: node check-connections\.mjs --target IQN /);
  });
});

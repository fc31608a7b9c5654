import { describe, expect, it } from 'vitest';
import { answering, machine } from './run.js';

const SQL = 'iqn.1992-08.com.example.san:vol-sql';
const BACKUP = 'iqn.2005-10.org.example.nas:backup';
const ID = 'ffffe00112345010-4000013700000000';

function connectionsOf(on: ReturnType<typeof machine>) {
  return on.library.sessions[0]?.connections.map(({ connectionId, targetAddress }) => [connectionId, targetAddress]);
}

describe('connection remove and connection add', () => {
  it.each([[ID], [`--target ${SQL}`], ['700000000']])('take a connection from %s, and give it one', async session => {
    using on = machine();
    expect(await on.run(`connection remove ${session} ffffe00112345010-2 --yes`)).toMatchObject({
      status: 0,
      stdout: `Removed: connection ffffe00112345010-2 (192.168.2.108:3260) of session ${ID}.\n`,
      stderr: '',
    });
    expect(connectionsOf(on)).toEqual([['ffffe00112345010-1', '192.168.1.108']]);
    const { stdout, status } = await on.run(`connection add ${session} 192.168.2.108:3260`);
    const [, added] = connectionsOf(on) ?? [];
    expect(added?.[1]).toBe('192.168.2.108');
    expect(stdout).toBe(`Added: connection ${added?.[0]} of session ${ID} (192.168.2.108:3260).\n`);
    expect(status).toBe(0);
  });

  it('print JSON with --json', async () => {
    using on = machine();
    const connection = on.library.sessions[0]?.connections[1];
    expect(JSON.parse((await on.run(`connection remove ${ID} 2 --yes --json`)).stdout)).toEqual({
      sessionId: ID,
      connection,
    });
    const { sessionId, connectionId, targetPortal } = JSON.parse(
      (await on.run(`connection add ${ID} 192.168.2.108 --json`)).stdout,
    );
    expect(sessionId).toBe(ID);
    expect(connectionId).toBe(connectionsOf(on)?.[1]?.[0]);
    expect(targetPortal).toEqual({ address: '192.168.2.108', socket: 3260 });
  });
});

describe('connection remove', () => {
  it('asks before', async () => {
    using on = machine();
    const no = answering('');
    expect(await on.run(`connection remove ${ID} 2`, no)).toMatchObject({ status: 1, stdout: '' });
    expect(no.questions).toEqual([
      `Remove connection ffffe00112345010-2 (192.168.2.108:3260) of session ${ID} with ${SQL}? [y/N] `,
    ]);
    expect(connectionsOf(on)).toHaveLength(2);
  });

  it('ends with status 4 if the session has no such connection', async () => {
    using on = machine();
    expect(await on.run(`connection remove ${ID} 7 --yes`)).toMatchObject({
      status: 4,
      stderr: `iscsidsc: There is no connection of session ${ID} whose id is or ends in 7. 'iscsidsc session show ${ID}' lists the connections.\n`,
    });
  });

  it('refuses an end that several have, and prints them', async () => {
    using on = machine();
    const [session, ...others] = on.library.sessions;
    if (session === undefined) throw new Error('There is no session.');
    const connections = session.connections.map((each, index) => ({ ...each, connectionId: `${index + 1}-a2` }));
    on.library.sessions = [{ ...session, connections }, ...others];
    const { stderr, status } = await on.run(`connection remove ${ID} 2 --yes`);
    expect(stderr).toBe(`\
iscsidsc: There are 2 connections of session ${ID} whose id is or ends in 2. Give more of the id.
  1-a2  192.168.1.108:3260
  2-a2  192.168.2.108:3260
`);
    expect(status).toBe(2);
    expect(await on.run(`connection remove ${ID} 0002-00A2 --yes`)).toMatchObject({ status: 0 });
  });

  it.each([
    [`${ID} 1`, /ISDSC_CANNOT_REMOVE_LEADING_CONNECTION: .* 'iscsidsc session logout SESSION'/],
    [`--target ${BACKUP} 3`, /ISDSC_CANT_REMOVE_LAST_CONNECTION: .* 'iscsidsc session logout SESSION' ends /],
  ])('of %s fails, and says what to do', async (which, message) => {
    using on = machine();
    const { stderr, status } = await on.run(`connection remove ${which} --yes`);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });
});

describe('connection add', () => {
  it('says what to do if the target allows no more', async () => {
    using on = machine();
    const { stderr, status } = await on.run(`connection add --target ${BACKUP} fd00:10:20::5`);
    expect(stderr).toMatch(/ISDSC_TOO_MANY_CONNECTIONS: .* 'iscsidsc target login IQN --portal ADDR --multipath'/);
    expect(status).toBe(1);
  });

  it('ends with status 4 if there is no such session', async () => {
    using on = machine();
    expect((await on.run('connection add --target iqn.none 10.0.0.5')).status).toBe(4);
    expect((await on.run('connection add 1-2 10.0.0.5')).status).toBe(4);
  });

  it.each([
    ['connection add', 'SESSION or --target is missing.'],
    [`connection add ${ID}`, 'ADDR[:PORT] is missing.'],
    [`connection add --target ${SQL}`, 'ADDR[:PORT] is missing.'],
    [`connection add ${ID} 10.0.0.5 --target ${SQL}`, 'Give SESSION or --target, not both.'],
    ['connection add 10.0.0.5', 'SESSION must be an id'],
    [`connection remove ${ID}`, 'CONNECTION is missing.'],
    [`connection remove ${ID} x`, 'CONNECTION must be an id'],
    [`connection remove ${ID} 2`, 'Give --yes to remove the connection without a question.'],
  ])('%s is wrong usage', async (line, problem) => {
    using on = machine();
    const { stderr, status } = await on.run(line);
    expect(stderr).toContain(problem);
    expect(status).toBe(2);
  });
});

import { describe, expect, it } from 'vitest';
import { answering as answeringLibrary } from '../tasks/answering-library.js';
import { answering, machine } from './run.js';

const ISNS = 'isns.corp.example';
const DISK = 'iqn.2003-01.org.example:disk1';

describe.each([
  ['isns', 'iSNS', ISNS],
  ['radius', 'RADIUS', '10.0.0.9'],
])('%s', (noun, kind, server) => {
  it('list has one server in each line', async () => {
    using on = machine();
    expect((await on.run(`${noun} list`)).stdout).toBe(`No ${kind} server is registered.\n`);
    expect(JSON.parse((await on.run(`${noun} list --json`)).stdout)).toEqual([]);
    await on.run(`${noun} add ${server}`);
    await on.run(`${noun} add fd00::9`);
    expect(await on.run(`${noun} list`)).toEqual({
      status: 0,
      hanging: false,
      stdout: `${server}\nfd00::9\n`,
      stderr: '',
    });
    expect(JSON.parse((await on.run(`${noun} list --json --ansi`)).stdout)).toEqual([server, 'fd00::9']);
  });

  it('remove asks before, and removes the server as it is registered, however it is written', async () => {
    using on = machine();
    await on.run(`${noun} add ${server}`);
    await on.run(`${noun} add fd00::9`);
    const no = answering('n');
    expect(await on.run(`${noun} remove ${server.toUpperCase()}`, no)).toMatchObject({ status: 1, stdout: '' });
    expect(no.questions).toEqual([expect.stringMatching(`^Remove the ${kind} server ${server}\\? .+ \\[y/N\\] $`)]);
    expect((await on.run(`${noun} remove ${server.toUpperCase()} --yes`)).stdout).toBe(
      `Removed: ${kind} server ${server}.\n`,
    );
    const removed = await on.run(`${noun} remove [fd00:0::9] --json`, answering('y'));
    expect(JSON.parse(removed.stdout)).toEqual({ server: 'fd00::9' });
    expect((await on.run(`${noun} list --json`)).stdout).toBe('[]\n');
  });

  it('remove ends with status 4 if the server is not registered, and does not ask', async () => {
    using on = machine();
    const terminal = answering('y');
    const { stdout, stderr, status } = await on.run(`${noun} remove ${server}`, terminal);
    expect(stderr).toBe(
      `iscsidsc: There is no registered ${kind} server ${server}. 'iscsidsc ${noun} list' lists the registered servers.\n`,
    );
    expect({ stdout, status, questions: terminal.questions }).toEqual({ stdout: '', status: 4, questions: [] });
    const json = await on.run(`${noun} remove ${server} --yes --json`);
    expect(JSON.parse(json.stderr)).toMatchObject({ code: `ERR_ISCSIDSC_${kind.toUpperCase()}_SERVER_NOT_FOUND` });
  });

  it('remove wants --yes where nobody can answer', async () => {
    using on = machine();
    await on.run(`${noun} add ${server}`);
    const { stderr, status } = await on.run(`${noun} remove ${server}`);
    expect(stderr).toContain('Give --yes to remove the server without a question.');
    expect(status).toBe(2);
    expect((await on.run(`${noun} list`)).stdout).not.toContain('No ');
  });

  it.each(['add', 'remove'])('%s needs a server', async verb => {
    using on = machine();
    for (const words of ['', ' --', ' -- ']) {
      const { stderr, status } = await on.run(`${noun} ${verb}${words}`);
      expect(stderr).toMatch(/SERVER (is missing|must be a name or an address, not '')/);
      expect(status).toBe(2);
    }
  });

  it('add says what SERVER must be, if Windows does not take it', async () => {
    using on = machine();
    const invalid = () => 87;
    const library = answeringLibrary(on.library, { AddISNSServerW: invalid, AddRadiusServerW: invalid });
    const { stderr, status } = await on.run(`${noun} add 10.0.0.9:3205`, { library });
    expect(stderr).toMatch(/ERROR_INVALID_PARAMETER: .* SERVER must be the name or the address of a host/);
    expect(status).toBe(1);
  });
});

describe('isns add', () => {
  it('prints the targets that the server tells of', async () => {
    using on = machine();
    expect(await on.run(`isns add ${ISNS}`)).toEqual({
      status: 0,
      hanging: false,
      stdout: `Registered: ${ISNS}. New targets:\n  ${DISK}\n`,
      stderr: '',
    });
    expect((await on.run(`isns add ${ISNS}`)).stdout).toMatch(/ No new targets: Windows knows \d, as before\.\n$/);
  });

  it('prints them with --json', async () => {
    using on = machine();
    const { targets, ...rest } = JSON.parse((await on.run(`isns add ${ISNS} --json`)).stdout);
    expect(rest).toEqual({ server: ISNS, newTargets: [DISK] });
    expect(targets).toContain(DISK);
  });

  it('says where to look if the server does not answer', async () => {
    using on = machine();
    const { stdout, stderr, status } = await on.run('isns add isns.nowhere.example');
    expect(stderr).toMatch(/^iscsidsc: WSAETIMEDOUT: .+\. Check the address.+ 'iscsidsc isns list' shows it\.\n$/);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });
});

describe('isns refresh', () => {
  it('asks all servers, or one', async () => {
    using on = machine();
    await on.run(`isns add ${ISNS}`);
    await on.run('isns add fd00::9');
    const { network } = on.library;
    const added = { targetName: 'iqn.2003-01.org.example:new', portalGroups: [['10.0.0.10']] };
    const isnsServers = [
      { address: ISNS, targets: [DISK, added.targetName] },
      { address: 'fd00::9', targets: [] },
    ];
    on.library.network = { ...network, targets: [...network.targets, added], isnsServers };
    expect((await on.run('isns refresh [fd00::9]')).stdout).toMatch(/^Asked: fd00::9\. No new targets: /);
    expect((await on.run('isns refresh')).stdout).toBe(
      `Asked: ${ISNS}, fd00::9. New targets:\n  ${added.targetName}\n`,
    );
    const { servers, newTargets } = JSON.parse((await on.run(`isns refresh ${ISNS} --json`)).stdout);
    expect({ servers, newTargets }).toEqual({ servers: [ISNS], newTargets: [] });
  });

  it('ends with status 4 if there is nobody to ask', async () => {
    using on = machine();
    expect(await on.run('isns refresh')).toMatchObject({
      stderr: "iscsidsc: No iSNS server is registered. 'iscsidsc isns add SERVER' registers one.\n",
      status: 4,
    });
    await on.run(`isns add ${ISNS}`);
    expect(await on.run('isns refresh isns.nowhere.example')).toMatchObject({ status: 4 });
  });
});

describe('isns remove', () => {
  it('leaves the targets that the server told of', async () => {
    using on = machine();
    await on.run(`isns add ${ISNS}`);
    await on.run(`isns remove ${ISNS} --yes`);
    expect((await on.run('targets')).stdout).toContain(DISK);
    expect((await on.run('targets --refresh')).stdout).not.toContain(DISK);
  });
});

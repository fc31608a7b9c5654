import { describe, expect, it } from 'vitest';
import { answering as answeringLibrary } from '../tasks/answering-library.js';
import { answering, machine } from './run.js';

const bound = async (on: ReturnType<typeof machine>) => JSON.parse((await on.run('device list --json')).stdout);

describe('device list', () => {
  it('has one volume in each line', async () => {
    using on = machine();
    expect((await on.run('device list')).stdout).toBe('No volume is bound.\n');
    await on.run('device bind E:');
    await on.run('device bind F:\\');
    expect(await on.run('device list --ansi')).toEqual({ status: 0, hanging: false, stdout: 'E:\nF:\\\n', stderr: '' });
    expect(await bound(on)).toEqual(['E:', 'F:\\']);
  });
});

describe('device bind', () => {
  it('binds a volume of a target whose login is saved, until it is unbound', async () => {
    using on = machine();
    expect(await on.run('device bind E:')).toEqual({ status: 0, hanging: false, stdout: 'Bound: E:\n', stderr: '' });
    on.library.restart();
    expect(await bound(on)).toEqual(['E:']);
    expect(JSON.parse((await on.run('device bind F: --json')).stdout)).toEqual({ device: 'F:' });
  });

  it('says what is missing for another volume', async () => {
    using on = machine();
    const { stdout, stderr, status } = await on.run('device bind C:');
    expect(stderr).toMatch(
      /^iscsidsc: ISDSC_DEVICE_NOT_ISCSI_OR_PERSISTENT: .* 'iscsidsc target login IQN --save-only'\.\n$/,
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  it('fails for one that is bound', async () => {
    using on = machine();
    await on.run('device bind E:');
    const { stderr, status } = await on.run('device bind e:\\');
    expect(stderr).toContain('ISDSC_DEVICE_ALREADY_PERSISTENTLY_BOUND');
    expect(status).toBe(1);
  });

  it('needs a volume', async () => {
    using on = machine();
    expect(await on.run('device bind')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('DEVICE is missing.'),
    });
  });
});

describe('device bind-all', () => {
  it('binds all, and says so', async () => {
    using on = machine();
    expect((await on.run('device bind-all --yes')).stdout).toBe('Bound: E:\\, F:\\\n');
    expect(await bound(on)).toEqual(['E:\\', 'F:\\']);
  });

  it('asks before, and says what it replaces', async () => {
    using on = machine();
    const question = 'Bind the volumes of all targets that are logged in now?';
    const no = answering('n');
    expect(await on.run('device bind-all', no)).toMatchObject({ status: 1, stdout: '' });
    await on.run('device bind E:');
    expect(await on.run('device bind-all', no)).toMatchObject({ status: 1, stdout: '' });
    expect(no.questions).toEqual([`${question} [y/N] `, `${question} They replace those that are bound: E:. [y/N] `]);
    expect(await bound(on)).toEqual(['E:']);
    expect((await on.run('device bind-all')).stderr).toContain('Give --yes to replace the list without a question.');
  });

  it('says what is no longer bound', async () => {
    using on = machine();
    await on.run('device bind E:');
    await on.run('device bind F:');
    await on.run('session logout --target iqn.1992-08.com.example.san:vol-sql --yes');
    expect((await on.run('device bind-all --yes')).stdout).toBe('Bound: F:\\\nNo longer bound: E:\n');
    await on.run('device bind-all --yes');
    expect(JSON.parse((await on.run('device bind-all --yes --json')).stdout)).toEqual({
      before: ['F:\\'],
      bound: ['F:\\'],
    });
  });

  it('says that it has bound them, if the list fails afterwards', async () => {
    using on = machine();
    let isDone = false;
    const library = answeringLibrary(on.library, {
      SetupPersistentIScsiDevices() {
        isDone = true;
        return undefined;
      },
      ReportPersistentIScsiDevicesW: () => (isDone ? 5 : undefined),
    });
    const { stdout, stderr, status } = await on.run('device bind-all --yes', { library });
    expect(stdout).toBe('Bound: all\n');
    expect(stderr).toContain('ERROR_ACCESS_DENIED');
    expect(status).toBe(5);
  });
});

describe('device unbind', () => {
  it('unbinds one', async () => {
    using on = machine();
    await on.run('device bind-all --yes');
    const no = answering('n');
    expect(await on.run('device unbind E:', no)).toMatchObject({ status: 1, stdout: '' });
    expect(no.questions).toEqual(['Unbind E:? Services that need it may start without it. [y/N] ']);
    expect(await on.run('device unbind E: --yes')).toMatchObject({ status: 0, stdout: 'Unbound: E:\n' });
    expect(await bound(on)).toEqual(['F:\\']);
  });

  it('ends with status 4 for one that is not bound', async () => {
    using on = machine();
    const { stderr, status } = await on.run('device unbind E: --yes');
    expect(stderr).toMatch(/^iscsidsc: ISDSC_DEVICE_NOT_FOUND: .* 'iscsidsc device list' lists the bound volumes/);
    expect(status).toBe(4);
  });
});

describe('device clear', () => {
  it('unbinds all, and says which', async () => {
    using on = machine();
    await on.run('device bind-all --yes');
    const no = answering('n');
    expect(await on.run('device clear', no)).toMatchObject({ status: 1, stdout: '' });
    expect(no.questions).toEqual(['Unbind E:\\, F:\\? Services that need them may start without them. [y/N] ']);
    expect((await on.run('device clear')).stderr).toContain('Give --yes to unbind all volumes without a question.');
    expect((await on.run('device clear --yes')).stdout).toBe('Unbound: E:\\, F:\\\n');
    expect(await bound(on)).toEqual([]);
  });

  it('asks nothing if there is nothing to lose', async () => {
    using on = machine();
    const no = answering('n');
    expect(await on.run('device clear', no)).toMatchObject({ status: 0, stdout: 'Unbound: nothing\n' });
    expect(no.questions).toEqual([]);
    expect(JSON.parse((await on.run('device clear --yes --json')).stdout)).toEqual({ unbound: [] });
  });
});

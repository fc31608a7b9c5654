import { describe, expect, it } from 'vitest';
import { answering as answeringLibrary } from '../tasks/answering-library.js';
import { answering, machine } from './run.js';

const BEFORE = 'iqn.1991-05.com.microsoft:win-server01.corp.example';
const NAME = 'iqn.2003-01.org.example:host';

describe('initiator rename', () => {
  it('changes the name, which stays after a restart', async () => {
    using on = machine();
    expect(await on.run(`initiator rename ${NAME} --yes`)).toEqual({
      status: 0,
      hanging: false,
      stdout: `The initiator is ${NAME}. It was ${BEFORE} before.\n`,
      stderr: '',
    });
    on.library.restart();
    expect((await on.run('initiator show')).stdout).toContain(NAME);
  });

  it("brings Windows' own name back with --default", async () => {
    using on = machine();
    await on.run(`initiator rename ${NAME} --yes`);
    expect(JSON.parse((await on.run('initiator rename --default --yes --json')).stdout)).toEqual({
      before: NAME,
      nodeName: BEFORE,
    });
  });

  it('asks before', async () => {
    using on = machine();
    const no = answering('n');
    for (const words of [NAME, '--default'])
      expect(await on.run(`initiator rename ${words}`, no)).toMatchObject({ status: 1, stdout: '' });
    const question = `Change the name of the initiator from ${BEFORE} to`;
    expect(no.questions).toEqual([
      `${question} ${NAME}? Targets may know the old name only. [y/N] `,
      `${question} Windows' own? Targets may know the old name only. [y/N] `,
    ]);
    expect((await on.run(`initiator rename ${NAME}`)).stderr).toContain('Give --yes to rename the initiator');
    expect((await on.run('initiator show')).stdout).toContain(BEFORE);
  });

  it.each([
    ['', 'NAME or --default is missing.'],
    [` ${NAME} --default`, 'Give NAME or --default, not both.'],
    [` ${NAME} ${NAME}`, 'Unexpected argument'],
    [` iqn.2003-01.org.example:${'x'.repeat(250)}`, 'at most 223'],
  ])('%j is wrong usage', async (words, problem) => {
    using on = machine();
    const { stderr, status } = await on.run(`initiator rename${words} --yes`);
    expect(stderr).toContain(problem);
    expect(status).toBe(2);
  });

  it('says what a name must be like', async () => {
    using on = machine();
    const { stderr, status } = await on.run('initiator rename host --yes');
    expect(stderr).toMatch(/^iscsidsc: ISDSC_INVALID_ISCSI_NAME: .* Use a name like iqn\./);
    expect(status).toBe(1);
  });

  it('passes on that an adapter wants a restart', async () => {
    using on = machine();
    const library = answeringLibrary(on.library, { SetIScsiInitiatorNodeNameW: () => 0xafff003b });
    const { stdout, stderr, status } = await on.run(`initiator rename ${NAME} --yes`, { library });
    expect(stdout).toBe(`The initiator is still ${BEFORE}.\n`);
    expect(stderr).toMatch(/^iscsidsc: warning: ISDSC_OPERATION_REQUIRES_REBOOT: /);
    expect(status).toBe(0);
  });

  it('says that it has renamed it, if the name cannot be read afterwards', async () => {
    using on = machine();
    let reads = 0;
    const library = answeringLibrary(on.library, { GetIScsiInitiatorNodeNameW: () => (++reads === 2 ? 5 : undefined) });
    const { stdout, stderr, status } = await on.run(`initiator rename ${NAME} --yes`, { library });
    expect(stdout).toBe(`The initiator is renamed. It was ${BEFORE} before.\n`);
    expect(stderr).toContain('ERROR_ACCESS_DENIED');
    expect(status).toBe(5);
  });
});

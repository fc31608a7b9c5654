import { afterEach, describe, expect, it, vi } from 'vitest';
import { startApp } from '../../examples/electron/app/app.mjs';
import { PAGE_URL } from '../../examples/electron/app/page-files.mjs';
import { FakeElectron, topFrame } from './fake-electron.js';
import { UtilityProcess } from './utility-process.js';

const TIMEOUT = { timeout: 120_000 };
const running: { electron: FakeElectron; children: UtilityProcess[] }[] = [];

/** The main process, with a real process of the calls. */
async function start(...switches: string[]) {
  const children: UtilityProcess[] = [];
  const forked: unknown[] = [];
  const electron = new FakeElectron((path, args, options) => {
    const child = new UtilityProcess(path, args, options?.env);
    children.push(child);
    forked.push({ file: path.replace(/.*[/\\]/, ''), args, serviceName: options?.serviceName });
    return child;
  });
  running.push({ electron, children });
  await startApp(electron, ['electron', '.', '--no-sandbox', '--simulate', ...switches]);
  const window = await electron.window();
  const invoke = (name: string, ...args: unknown[]) =>
    electron.invoke(`initiator:${name}`, topFrame(PAGE_URL), ...args);
  const overviews: { parts: { targets: { value?: object[]; error?: { code: string } } } }[] = [];
  window.webContents.on('sent:initiator:overview', overview => overviews.push(overview));
  return { electron, children, forked, invoke, overviews };
}

afterEach(async () => {
  for (const { electron, children } of running.splice(0)) {
    electron.app.quit();
    for (const child of children) child.process.kill('SIGKILL');
  }
});

const gone = (child: UtilityProcess | undefined) =>
  vi.waitUntil(() => child?.process.exitCode !== null || child?.process.signalCode !== null, TIMEOUT);

describe('the process of the calls of the Electron example', () => {
  it('starts when the page asks, once, and answers with the simulated machine', async () => {
    const { forked, invoke, overviews } = await start('--delay-ms=1');
    expect(forked).toEqual([]);
    await Promise.all([invoke('refresh'), invoke('refresh')]);
    expect(forked).toEqual([{ file: 'simulated-process.mjs', args: ['{"delayMs":1}'], serviceName: 'iSCSI calls' }]);
    expect(overviews.at(-1)?.parts.targets.value).toHaveLength(7);
  });

  it('carries errors with their code, number, call and hint', async () => {
    const { invoke, overviews } = await start('--status=ISDSC_SERVICE_NOT_RUNNING');
    await invoke('refresh');
    expect(overviews.at(-1)?.parts.targets.error).toEqual({
      name: 'StatusError',
      message: expect.any(String),
      code: 'ISDSC_SERVICE_NOT_RUNNING',
      errno: 0xefff003e,
      syscall: 'ReportIScsiTargetsW',
      hint: expect.stringContaining('net start MSiSCSI'),
    });
  });

  it('connects a target with CHAP, step by step', async () => {
    const { electron, invoke } = await start();
    const steps: unknown[] = [];
    electron.windows[0]?.webContents.on('sent:initiator:progress', ({ id, progress }) =>
      steps.push([id, progress.step, progress.status]),
    );
    const chap = { username: 'backup-host', secret: new TextEncoder().encode('initiator-12345'), mutual: false };
    const request = { targetName: 'iqn.2003-01.org.example:disk2', chap, multipath: false, persistent: false };
    expect(await invoke('connect', request, 5)).toMatchObject({ value: { sessions: 1, paths: ['I:\\', 'J:\\'] } });
    expect(steps).toContainEqual([5, 'session', 'started']);
    expect(steps).toContainEqual([5, 'devices', 'done']);
  });

  it('is started again when it has been killed', async () => {
    const { children, invoke, overviews } = await start();
    await invoke('refresh');
    children[0]?.process.kill('SIGKILL');
    await gone(children[0]);
    overviews.length = 0;
    await vi.waitUntil(() => overviews.at(-1)?.parts.targets.value, TIMEOUT);
    expect(children).toHaveLength(2);
  });

  it('does not hold up the app when it quits while a call hangs', async () => {
    const { electron, children, invoke, overviews } = await start('--delay-ms=86400000');
    const asked = invoke('refresh');
    await vi.waitUntil(() => children[0]?.process.pid);
    electron.app.emit('window-all-closed');
    await asked;
    await gone(children[0]);
    expect(children).toHaveLength(1);
    expect(overviews).toEqual([]);
    expect(await invoke('refresh')).toEqual({ value: undefined });
    expect(await invoke('diagnose', undefined, 1)).toMatchObject({ error: { code: 'ERR_ISCSIDSC_DISPOSED' } });
  });
});

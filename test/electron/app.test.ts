import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startApp } from '../../examples/electron/app/app.mjs';
import { isPageUrl, PAGE_URL } from '../../examples/electron/app/page-files.mjs';
import { FakeElectron, topFrame } from './fake-electron.js';
import { UtilityProcess } from './utility-process.js';

const EXAMPLE = new URL('../../examples/electron/', import.meta.url);
const running: { electron: FakeElectron; children: UtilityProcess[] }[] = [];

/** The main process, with a real process of the calls. */
async function start({ switches = [], module }: { switches?: string[]; module?: string } = {}) {
  const children: UtilityProcess[] = [];
  const electron = new FakeElectron((path, args) => {
    const child = new UtilityProcess(module ?? path, args);
    children.push(child);
    return child;
  });
  running.push({ electron, children });
  await startApp(electron, ['electron', '.', '--no-sandbox', '--simulate', ...switches]);
  const window = await electron.window();
  const refresh = () => electron.invoke('sessions:refresh', topFrame(PAGE_URL));
  return { electron, children, window, refresh };
}

afterEach(async () => {
  for (const { electron, children } of running.splice(0)) {
    electron.app.quit();
    for (const child of children) child.process.kill('SIGKILL');
  }
});

const gone = (child: UtilityProcess | undefined) =>
  vi.waitUntil(() => child?.process.exitCode !== null || child?.process.signalCode !== null, { timeout: 120_000 });

describe('the main process of the Electron example', () => {
  it('opens a window whose page has no more than a page of the web', async () => {
    const { window } = await start();
    expect(window.options.webPreferences).toEqual({
      preload: fileURLToPath(new URL('preload.cjs', EXAMPLE)),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
    expect(window.url).toBe('app://sessions/index.html');
    expect(window.shown).toBe(true);
  });

  it('answers the page with the sessions, and marks them as simulated', async () => {
    const { refresh } = await start();
    expect(await refresh()).toEqual({
      simulated: true,
      value: expect.arrayContaining([expect.objectContaining({ state: 'reconnecting', devices: [] })]),
    });
  });

  it('sends them to the page from then on, round after round', async () => {
    const { refresh, window } = await start();
    const first = window.webContents.sent('sessions:update');
    expect(await refresh()).toEqual(await first);
    expect(await window.webContents.sent('sessions:update')).toMatchObject({
      simulated: true,
      value: expect.any(Array),
    });
  });

  it('has one round at a time: the page that asks meanwhile gets its result', async () => {
    const { refresh, window } = await start();
    let updates = 0;
    window.webContents.on('sent:sessions:update', () => updates++);
    const [one, other] = await Promise.all([refresh(), refresh()]);
    expect(one).toEqual(other);
    expect(updates).toBe(1);
  });

  it('sends an error with its code, number, call and hint', async () => {
    const { refresh } = await start({ switches: ['--status=ISDSC_SERVICE_NOT_RUNNING'] });
    expect(await refresh()).toEqual({
      simulated: true,
      error: {
        name: 'StatusError',
        message: expect.any(String),
        code: 'ISDSC_SERVICE_NOT_RUNNING',
        errno: 0xefff003e,
        syscall: 'GetIScsiSessionListW',
        hint: expect.stringContaining('net start MSiSCSI'),
      },
    });
  });

  it('goes on when the process of the calls has been killed', async () => {
    const { refresh, children } = await start();
    await refresh();
    children[0]?.process.kill('SIGKILL');
    await gone(children[0]);
    await vi.waitUntil(async () => 'value' in ((await refresh()) as object), { timeout: 120_000 });
    expect(children).toHaveLength(2);
  });

  it('reports that the process cannot be started, and stops trying', async () => {
    const { children, window, refresh } = await start({ module: 'none.mjs' });
    const given: unknown[] = [];
    window.webContents.on('sent:sessions:update', ({ error }) => given.push(error.code));
    await refresh();
    await vi.waitUntil(() => given.length === 4, { timeout: 120_000 });
    expect(given).toEqual([...Array(3).fill('CALLS_PROCESS_ENDED'), 'CALLS_PROCESS_FAILED']);
    expect(children).toHaveLength(3);
    expect(await refresh()).toMatchObject({ error: { code: 'CALLS_PROCESS_ENDED' } });
    expect(children).toHaveLength(4);
  });

  it('sends the error where the simulator itself cannot be made', async () => {
    const { refresh, children } = await start({ switches: ['--status=NO_SUCH_STATUS'] });
    expect(await refresh()).toMatchObject({ error: { code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' } });
    expect(children).toHaveLength(1);
  });

  it('quits while a call hangs, and takes the process of the calls with it', async () => {
    const { electron, refresh, children } = await start({ switches: ['--delay-ms=86400000'] });
    const asked = refresh();
    await vi.waitUntil(() => children[0]?.process.pid);
    electron.app.emit('window-all-closed');
    expect(await asked).toMatchObject({ error: { code: 'CALLS_PROCESS_STOPPED' } });
    await gone(children[0]);
    expect(children).toHaveLength(1);
  });

  for (const [who, senderFrame] of Object.entries({
    'a page of the web': { url: 'https://sessions/index.html', parent: null },
    'another host of the scheme': { url: 'app://other/index.html', parent: null },
    'a file': { url: 'file:///sessions/index.html', parent: null },
    'something that is no URL': { url: '', parent: null },
    'a frame inside the page': { url: PAGE_URL, parent: { url: PAGE_URL, parent: null } },
    'a frame that is no more': null,
  })) {
    it(`answers only the page, not ${who}`, async () => {
      const { electron, children } = await start();
      await expect(electron.invoke('sessions:refresh', { senderFrame })).rejects.toThrow('Only the page may ask.');
      expect(children).toHaveLength(0);
    });
  }

  it('lets no contents leave the page, open a window or hold a webview', async () => {
    const { window } = await start();
    for (const event of ['will-navigate', 'will-attach-webview']) {
      const preventDefault = vi.fn();
      window.webContents.emit(event, { preventDefault });
      expect(preventDefault, event).toHaveBeenCalledOnce();
    }
    expect(window.webContents.openHandler?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
  });

  it('grants no permission', async () => {
    const { electron, window } = await start();
    const done = vi.fn();
    electron.permissionRequest?.(window.webContents, 'media', done);
    expect(done).toHaveBeenCalledExactlyOnceWith(false);
    expect(electron.permissionCheck?.()).toBe(false);
  });

  it('has a scheme for its page, with the rights of the web and no more', async () => {
    const { electron } = await start();
    expect(electron.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
  });

  it('serves the files of its page under that scheme', async () => {
    const { electron } = await start();
    const get = async (url: string) => electron.pages.get('app')?.(new Request(url));
    const page = await get(PAGE_URL);
    expect(page?.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = (await page?.text()) ?? '';
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name);
    expect(files).toContain('page.mjs');
    for (const file of files) expect((await get(new URL(`${file}`, PAGE_URL).href))?.status, file).toBe(200);
  });

  for (const path of [
    '',
    'main.mjs',
    '../main.mjs',
    '%2e%2e/main.mjs',
    '..%2fmain.mjs',
    '..%5cmain.mjs',
    '../package.json',
    './/main.mjs',
    'page.mjs%00.css',
    'C:/Windows/win.ini',
    'index.html/',
    'none.css',
  ]) {
    it(`serves no other file: ${path || 'the folder'}`, async () => {
      const { electron } = await start();
      const response = await electron.pages.get('app')?.(new Request(`app://sessions/${path}`));
      expect(response?.status).toBe(404);
      expect(await response?.text()).toBe('Not found');
    });
  }

  it('knows its page by its address', () => {
    expect(isPageUrl(PAGE_URL)).toBe(true);
    expect(isPageUrl('app://sessions.example.com/index.html')).toBe(false);
    expect(isPageUrl('app:sessions')).toBe(false);
    expect(existsSync(new URL('main.mjs', EXAMPLE))).toBe(true);
  });
});

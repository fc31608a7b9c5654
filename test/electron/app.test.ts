import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createSimulator, type SimulatorOptions } from 'iscsidsc/simulator';
import { describe, expect, it, vi } from 'vitest';
import { startApp } from '../../examples/electron/app/app.mjs';
import { isPageUrl, PAGE_URL } from '../../examples/electron/app/page-files.mjs';
import { FakeElectron, topFrame } from './fake-electron.js';
import { memoryInitiator } from './memory-initiator.js';

const EXAMPLE = new URL('../../examples/electron/', import.meta.url);

/** The main process, with an initiator in this process. */
async function start(simulated: SimulatorOptions = {}) {
  const library = createSimulator(simulated);
  const electron = new FakeElectron(() => {
    throw new Error('no process');
  });
  await startApp(electron, ['electron', '.', '--no-sandbox', '--simulate'], memoryInitiator(library));
  const window = await electron.window();
  const invoke = (name: string, ...args: unknown[]) =>
    electron.invoke(`initiator:${name}`, topFrame(PAGE_URL), ...args);
  return { electron, library, window, invoke };
}

describe('the main process of the Electron example', () => {
  it('opens a window whose page has no more than a page of the web', async () => {
    const { window } = await start();
    expect(window.options.webPreferences).toEqual({
      preload: fileURLToPath(new URL('preload.cjs', EXAMPLE)),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
    expect(window.url).toBe('app://initiator/index.html');
    expect(window.shown).toBe(true);
  });

  it('sends the page everything when it asks, marked as simulated', async () => {
    const { invoke, window } = await start();
    const sent = window.webContents.sent('initiator:overview');
    expect(await invoke('refresh')).toEqual({ value: undefined });
    expect(await sent).toEqual({
      simulated: true,
      time: expect.any(Number),
      parts: {
        nodeName: { value: 'iqn.1991-05.com.microsoft:win-server01.corp.example' },
        targets: {
          value: expect.arrayContaining([expect.objectContaining({ isDiscovered: true, isConnected: true })]),
        },
        disks: { value: expect.arrayContaining([expect.objectContaining({ deviceNumber: 1, sizeBytes: 2 ** 30 })]) },
        portals: { value: expect.arrayContaining([expect.objectContaining({ address: '192.168.1.108' })]) },
      },
    });
  });

  for (const [who, senderFrame] of Object.entries({
    'a page of the web': { url: 'https://initiator/index.html', parent: null },
    'another host of the scheme': { url: 'app://other/index.html', parent: null },
    'a file': { url: 'file:///initiator/index.html', parent: null },
    'something that is no URL': { url: '', parent: null },
    'a frame inside the page': { url: PAGE_URL, parent: { url: PAGE_URL, parent: null } },
    'a frame that is no more': null,
  })) {
    it(`answers only the page, on no channel ${who}`, async () => {
      const { electron, library } = await start();
      const func = vi.spyOn(library, 'func');
      for (const channel of electron.handlers.keys()) {
        await expect(electron.invoke(channel, { senderFrame })).rejects.toThrow('Only the page may ask.');
      }
      expect([...electron.handlers.keys()]).toHaveLength(13);
      expect(func).not.toHaveBeenCalled();
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
    const linked = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name);
    expect(linked).toEqual(expect.arrayContaining(['page.mjs', 'styles/base.css']));
    const files = readdirSync(new URL('page', EXAMPLE), { recursive: true, encoding: 'utf8' }).filter(name =>
      /\.\w+$/.test(name),
    );
    expect(files.length).toBeGreaterThan(20);
    for (const file of [...linked, ...files.map(name => name.replaceAll('\\', '/'))]) {
      expect((await get(new URL(`${file}`, PAGE_URL).href))?.status, file).toBe(200);
    }
  });

  for (const path of [
    '',
    'main.mjs',
    '../main.mjs',
    '%2e%2e/main.mjs',
    '..%2fmain.mjs',
    '..%5cmain.mjs',
    'text/../../main.mjs',
    'text/%2e%2e/%2e%2e/main.mjs',
    'text/..%2f../main.mjs',
    '../package.json',
    './/main.mjs',
    'page.mjs%00.css',
    'C:/Windows/win.ini',
    'index.html/',
    'none.css',
    'text',
  ]) {
    it(`serves no other file: ${path || 'the folder'}`, async () => {
      const { electron } = await start();
      const response = await electron.pages.get('app')?.(new Request(`app://initiator/${path}`));
      expect(response?.status).toBe(404);
      expect(await response?.text()).toBe('Not found');
    });
  }

  it('knows its page by its address', () => {
    expect(isPageUrl(PAGE_URL)).toBe(true);
    expect(isPageUrl('app://initiator.example.com/index.html')).toBe(false);
    expect(isPageUrl('app:initiator')).toBe(false);
    expect(existsSync(new URL('main.mjs', EXAMPLE))).toBe(true);
  });
});

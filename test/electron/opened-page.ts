import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { startApp } from '../../examples/electron/app/app.mjs';
import { PAGE_URL } from '../../examples/electron/app/page-files.mjs';
import { FakeElectron, topFrame } from './fake-electron.js';

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PRELOAD = readFileSync(new URL('../../examples/electron/preload.cjs', import.meta.url), 'utf8');

// What a preload script gets from Electron.
const PRELOAD_WORLD = `
  const listeners = new Set();
  window.send = (...message) => listeners.forEach(({ channel, listener }) => channel === message[0] && listener({}, ...message.slice(1)));
  const require = () => ({
    contextBridge: { exposeInMainWorld: (name, api) => { window[name] = Object.freeze(api); } },
    ipcRenderer: {
      invoke: async channel => JSON.parse(await window.invoke(channel)),
      on: (channel, listener) => listeners.add({ channel, listener }),
    },
  });
`;

export const launch = (executablePath: string) => chromium.launch({ executablePath, args: SWITCHES });
type Launched = Awaited<ReturnType<typeof launch>>;
type Fork = ConstructorParameters<typeof FakeElectron>[0];

export interface OpenedPage extends AsyncDisposable {
  page: Page;
  /** What the page should not have done: errors, warnings and violations of its policy. */
  complaints: string[];
  /** Sends the page an update, as the main process does. */
  send(update: unknown): void;
  /** Presses the button, and waits for the answer. */
  refresh(): Promise<void>;
}

/** The whole example, save for Electron: its page and its preload script in a browser, its main process here. */
export async function openPage(
  browser: Launched,
  fork: Fork,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const electron = new FakeElectron(fork);
  const started = startApp(electron, ['electron', '.', '--simulate']);
  const window = await electron.window();
  const server = createServer(async ({ url }, response) => {
    const file = await electron.pages.get('app')?.(new Request(`app://sessions${url}`));
    response.writeHead(file?.status ?? 500, Object.fromEntries(file?.headers ?? []));
    response.end(await file?.text());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  await started;

  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', message => complaints.push(message.text()));
  page.on('dialog', dialog => complaints.push(`a dialog: ${dialog.message()}`));
  await page.exposeFunction('invoke', async (channel: string) =>
    JSON.stringify(await electron.invoke(channel, topFrame(PAGE_URL))),
  );
  await page.addInitScript(`(() => { ${PRELOAD_WORLD} ${PRELOAD} })()`);
  window.webContents.on('sent:sessions:update', update => {
    // JSON: half a surrogate pair does not get through the browser's protocol as it is.
    const sent = page.evaluate(`send('sessions:update', ${JSON.stringify(update)})`);
    sent.catch(error => {
      if (!page.isClosed()) complaints.push(String(error));
    });
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(PAGE_URL).pathname}`);

  return {
    page,
    complaints,
    send: update => window.webContents.send('sessions:update', update),
    async refresh() {
      await page.getByRole('button', { name: 'Refresh' }).click();
      await page.locator('#refresh:enabled').waitFor();
    },
    async [Symbol.asyncDispose]() {
      electron.app.quit();
      await context.close();
      server.close();
    },
  };
}

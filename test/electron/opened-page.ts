import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { startApp } from '../../examples/electron/app/app.mjs';
import { PAGE_URL } from '../../examples/electron/app/page-files.mjs';
import { FakeElectron, topFrame } from './fake-electron.js';
import { UtilityProcess } from './utility-process.js';

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

// What a preload script gets from Electron. Bytes cross as arrays: JSON has none.
const PRELOAD_WORLD = `
  const listeners = new Set();
  window.send = (...message) => listeners.forEach(({ channel, listener }) => channel === message[0] && listener({}, ...message.slice(1)));
  const written = (name, value) => value instanceof Uint8Array ? { bytes: [...value] } : value;
  const require = () => ({
    contextBridge: { exposeInMainWorld: (name, api) => { window[name] = Object.freeze(api); } },
    ipcRenderer: {
      invoke: (channel, ...args) => window.invoke(channel, JSON.stringify(args, written)).then(JSON.parse),
      on: (channel, listener) => listeners.add({ channel, listener }),
    },
  });
`;

export const launch = (executablePath: string) => chromium.launch({ executablePath, args: SWITCHES });
type Launched = Awaited<ReturnType<typeof launch>>;
type Initiator = Parameters<typeof startApp>[2];

export interface OpenedPage extends AsyncDisposable {
  page: Page;
  electron: FakeElectron;
  /** What the page should not have done: errors, warnings and violations of its policy. */
  complaints: string[];
  /** Sends the page a message, as the main process does. */
  send(channel: string, message: unknown): void;
  /** Presses the button, and waits for the answer. */
  refresh(): Promise<void>;
}

/**
 * The whole example, save for Electron: its page and its preload script in a browser, its main process here. Without an
 * initiator it has the example's own, in a process.
 */
export async function openPage(
  browser: Launched,
  initiator?: Initiator,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const electron = new FakeElectron((path, args, { env } = {}) => new UtilityProcess(path, args, env));
  const started = startApp(electron, ['electron', '.', '--simulate'], initiator);
  const window = await electron.window();
  const server = createServer(async ({ url }, response) => {
    const file = await electron.pages.get('app')?.(new Request(`app://initiator${url}`));
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
  await page.exposeFunction('invoke', async (channel: string, args: string) =>
    JSON.stringify((await electron.invoke(channel, topFrame(PAGE_URL), ...argsIn(args))) ?? null),
  );
  await page.addInitScript(`(() => { ${PRELOAD_WORLD} ${PRELOAD} })()`);
  for (const channel of ['initiator:overview', 'initiator:progress']) {
    window.webContents.on(`sent:${channel}`, message => {
      // JSON: half a surrogate pair does not get through the browser's protocol as it is.
      const sent = page.evaluate(`send('${channel}', ${JSON.stringify(message)})`);
      sent.catch(error => {
        if (!page.isClosed()) complaints.push(String(error));
      });
    });
  }
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(PAGE_URL).pathname}`);

  return {
    page,
    electron,
    complaints,
    send: (channel, message) => window.webContents.send(channel, message),
    async refresh() {
      await page.getByRole('button', { name: 'Refresh' }).click();
      await page.locator('#refresh[aria-disabled=false]').waitFor();
    },
    async [Symbol.asyncDispose]() {
      electron.app.quit();
      await context.close();
      server.close();
    },
  };
}

function argsIn(json: string): unknown[] {
  const read = (_name: string, value: { bytes?: number[] } | null) =>
    value?.bytes ? Uint8Array.from(value.bytes) : value;
  return (JSON.parse(json, read) as unknown[]).map(arg => arg ?? undefined);
}

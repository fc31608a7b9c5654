// @ts-check
import { fileURLToPath } from 'node:url';
import { readSettings } from '../settings.mjs';
import { CallsProcess } from './calls-process.mjs';
import { guardContents, refusePermissions } from './guard.mjs';
import { isPageUrl, PAGE_SCHEME, PAGE_URL, pageFile } from './page-files.mjs';

/** @import { Reply } from '../page/reply.mjs' */

const PRELOAD = fileURLToPath(new URL('../preload.cjs', import.meta.url));
const CALLS = fileURLToPath(new URL('../sessions-process.mjs', import.meta.url));
// As it stands in the Task Manager.
const NAME = 'iSCSI calls';

/**
 * The main process. Electron comes as an argument: the tests run all this in Node with another one.
 *
 * @param {Pick<typeof import('electron'), 'app' | 'BrowserWindow' | 'ipcMain' | 'protocol' | 'session' | 'utilityProcess'>} electron
 * @param {string[]} argv
 */
export async function startApp({ app, BrowserWindow, ipcMain, protocol, session, utilityProcess }, argv) {
  const settings = readSettings(argv, process.platform);
  const update = (/** @type {Reply<any>} */ reply) => ({ simulated: settings.simulate, ...reply });
  const calls = new CallsProcess(
    () => utilityProcess.fork(CALLS, [JSON.stringify(settings)], { serviceName: NAME }),
    reply => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send('sessions:update', update(reply));
    },
  );

  ipcMain.handle('sessions:refresh', async ({ senderFrame }) => {
    if (!senderFrame || senderFrame.parent || !isPageUrl(senderFrame.url)) throw new Error('Only the page may ask.');
    return update(await calls.refresh());
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => calls.stop());
  guardContents(app);
  protocol.registerSchemesAsPrivileged([PAGE_SCHEME]);

  await app.whenReady();
  refusePermissions(session.defaultSession);
  protocol.handle(PAGE_SCHEME.scheme, pageFile);
  const window = new BrowserWindow({
    width: 1120,
    height: 760,
    minWidth: 400,
    show: false,
    autoHideMenuBar: true,
    webPreferences: { preload: PRELOAD, sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(PAGE_URL);
}

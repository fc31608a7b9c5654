// @ts-check
import { fileURLToPath } from 'node:url';
import { readSettings } from '../settings.mjs';
import { guardContents, isOwnFrame, refusePermissions } from './guard.mjs';
import { startInitiator } from './initiator.mjs';
import { Operations } from './operations.mjs';
import { Overview } from './overview.mjs';
import { PAGE_SCHEME, PAGE_URL, pageFile } from './page-files.mjs';

/** @import { InitiatorProcess } from 'iscsidsc/process' */

const PRELOAD = fileURLToPath(new URL('../preload.cjs', import.meta.url));

/**
 * The main process. Electron comes as an argument: the tests run all this in Node with another one.
 *
 * @param {Pick<typeof import('electron'), 'app' | 'BrowserWindow' | 'ipcMain' | 'protocol' | 'session' | 'utilityProcess'>} electron
 * @param {string[]} argv
 * @param {InitiatorProcess} [given] defaults to one in a utility process
 */
export async function startApp({ app, BrowserWindow, ipcMain, protocol, session, utilityProcess }, argv, given) {
  const settings = readSettings(argv, process.platform);
  const initiator = given ?? startInitiator(utilityProcess, settings);
  /** @type {(channel: string, message: unknown) => void} */
  const send = (channel, message) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channel, message);
  };
  const overview = new Overview(initiator, parts =>
    send('initiator:overview', { simulated: settings.simulate, time: Date.now(), parts }),
  );
  const operations = new Operations(
    initiator,
    () => overview.refresh(),
    (id, progress) => send('initiator:progress', { id, progress }),
  );

  for (const name of operations.names) {
    ipcMain.handle(`initiator:${name}`, ({ senderFrame }, request, id) => {
      if (!isOwnFrame(senderFrame)) throw new Error('Only the page may ask.');
      return operations.run(name, request, id);
    });
  }
  ipcMain.handle('initiator:cancel', ({ senderFrame }, id) => {
    if (!isOwnFrame(senderFrame)) throw new Error('Only the page may ask.');
    operations.cancel(id);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => {
    overview.stop();
    // Not waited for: it kills the utility process at once, whatever that is doing.
    initiator.dispose();
  });
  guardContents(app);
  protocol.registerSchemesAsPrivileged([PAGE_SCHEME]);

  await app.whenReady();
  refusePermissions(session.defaultSession);
  protocol.handle(PAGE_SCHEME.scheme, pageFile);
  const window = new BrowserWindow({
    width: 1120,
    height: 760,
    minWidth: 400,
    minHeight: 400,
    show: false,
    autoHideMenuBar: true,
    webPreferences: { preload: PRELOAD, sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(PAGE_URL);
}

import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge'];
const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(folder => [
    join(process.env[folder] ?? '', 'Google/Chrome/Application/chrome.exe'),
    join(process.env[folder] ?? '', 'Microsoft/Edge/Application/msedge.exe'),
  ]),
};

/** Chromium, or a browser made of it, for the tests of the Electron example's page. */
export function findBrowser() {
  const { ISCSIDSC_BROWSER: given, PATH = '' } = process.env;
  if (given) return runnable(given) ? { ok: true, path: given } : missing(`ISCSIDSC_BROWSER, ${given}, is no program`);
  const extension = process.platform === 'win32' ? '.exe' : '';
  const onPath = PATH.split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name + extension)));
  const path = ['/usr/bin/chromium', ...onPath, ...(PLACES[process.platform] ?? [])].find(runnable);
  return path ? { ok: true, path } : missing('there is no Chromium');
}

function missing(reason) {
  const how = process.platform === 'linux' ? 'npm run browser:prepare' : 'install Chrome, or set ISCSIDSC_BROWSER';
  return { ok: false, reason, how };
}

function runnable(path) {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

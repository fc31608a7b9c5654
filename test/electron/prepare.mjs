// Installs Chromium, and the fonts of the docs' pictures, on Debian or Ubuntu: `npm run browser:prepare`.
import { existsSync } from 'node:fs';
import { aptInstall } from '../apt.mjs';
import { run } from '../package/npm.mjs';
import { findBrowser } from './browser.mjs';

const FONTS = {
  'fonts-inter': '/usr/share/doc/fonts-inter',
  'fonts-jetbrains-mono': '/usr/share/doc/fonts-jetbrains-mono',
};

try {
  const packages = Object.keys(FONTS).filter(name => !existsSync(FONTS[name]));
  if (!findBrowser().ok) aptInstall(['chromium', ...packages], say);
  else if (packages.length > 0 && existsSync('/usr/bin/apt-get') && process.getuid() === 0) aptInstall(packages, say);
  const browser = findBrowser();
  if (!browser.ok) throw new Error(browser.reason);
  say(`ready: ${run(browser.path, ['--version']).trim()}, ${browser.path}`);
} catch (error) {
  console.error(`browser:prepare: ${error.message}`);
  process.exitCode = 1;
}

function say(text) {
  console.log(`browser:prepare: ${text}`);
}

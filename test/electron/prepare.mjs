// Installs Chromium, and the fonts of the docs' pictures, on Debian or Ubuntu: `npm run browser:prepare`.
import { existsSync } from 'node:fs';
import { run } from '../package/npm.mjs';
import { findBrowser } from './browser.mjs';

const FONTS = {
  'fonts-inter': '/usr/share/doc/fonts-inter',
  'fonts-jetbrains-mono': '/usr/share/doc/fonts-jetbrains-mono',
};

try {
  const packages = Object.keys(FONTS).filter(name => !existsSync(FONTS[name]));
  if (!findBrowser().ok) install(['chromium', ...packages]);
  else if (packages.length > 0 && existsSync('/usr/bin/apt-get') && process.getuid() === 0) install(packages);
  const browser = findBrowser();
  if (!browser.ok) throw new Error(browser.reason);
  console.log(`browser:prepare: ready: ${run(browser.path, ['--version']).trim()}, ${browser.path}`);
} catch (error) {
  console.error(`browser:prepare: ${error.message}`);
  process.exitCode = 1;
}

function install(packages) {
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get')) throw new Error(`needs ${packages.join(', ')}; on Debian or Ubuntu: ${command}`);
  if (process.getuid() !== 0) throw new Error(`needs packages; as root run: ${command}`);
  console.log(`browser:prepare: install ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update'], { env });
  run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
}

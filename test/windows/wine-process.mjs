import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locales, wine, wineserver } from './places.mjs';

/** Only what Wine needs: the caller's NODE_OPTIONS or npm settings would reach into Windows. */
export function wineEnv(places, codePage) {
  const locale = codePage === undefined || codePage === 1252 ? 'C' : locales[codePage];
  if (!locale)
    throw new Error(`no locale for code page ${codePage}: there are 1252, ${Object.keys(locales).join(', ')}`);
  const { HOME, USER, PATH } = process.env;
  return {
    ...definedOnly({ HOME, USER, PATH }),
    ...(locale === 'C' ? {} : { LOCPATH: places.locales }),
    LC_ALL: `${locale}.UTF-8`,
    WINEPREFIX: places.prefix,
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    DISPLAY: '',
  };
}

/** Keeps the server for a minute after the last program, so that the next one starts quickly; no harm if it runs. */
export function keepServer(env) {
  spawnSync(wineserver, ['-p60'], { env, stdio: 'ignore' });
}

export function stopServer(env) {
  spawnSync(wineserver, ['-k'], { env, stdio: 'ignore' });
  spawnSync(wineserver, ['-w'], { env, stdio: 'ignore', timeout: 30_000 });
}

export function startWine(program, args, { env, cwd, timeoutMs }) {
  // Windows Node under Wine 8 dies with EBADF when its output is a pipe.
  const folder = mkdtempSync(join(tmpdir(), 'iscsidsc-wine-'));
  const files = ['stdout', 'stderr'].map(name => join(folder, name));
  const descriptors = files.map(file => openSync(file, 'w'));
  const began = performance.now();
  // Its own process group, so that its children can be ended with it.
  const child = spawn(wine, [program, ...args], { env, cwd, detached: true, stdio: ['ignore', ...descriptors] });
  descriptors.forEach(closeSync);

  let timedOut = false;
  const kill = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, timeoutMs);
  const read = () => files.map(file => readFileSync(file, 'utf8'));

  const done = new Promise((resolve, reject) => {
    child.once('error', error => {
      clearTimeout(timer);
      rmSync(folder, { recursive: true });
      reject(error);
    });
    child.once('exit', (status, signal) => {
      clearTimeout(timer);
      const ms = performance.now() - began;
      const [stdout, stderr] = read();
      rmSync(folder, { recursive: true });
      resolve({ status, signal, stdout, stderr, ms, timedOut });
    });
  });
  return { pid: child.pid, done, kill, output: () => read()[0] };
}

export function definedOnly(env) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}

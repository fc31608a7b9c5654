import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getIScsiSessionListSync, type Library } from 'iscsidsc';
import { systemLibrary } from 'iscsidsc/raw';
import { type Dump, readDump } from './dump.js';

const DUMP_SCRIPT = fileURLToPath(new URL('dump-sessions.ps1', import.meta.url));

/** The initiator of this machine, or why it cannot be had. Where it is demanded, that is an error. */
export type RealInitiator = { ok: true; library: Library } | { ok: false; reason: string };

export function realInitiator(): RealInitiator {
  const initiator = open();
  if (!initiator.ok && process.env.ISCSIDSC_REAL_WINDOWS) {
    throw new Error(`ISCSIDSC_REAL_WINDOWS demands the initiator of a real Windows: ${initiator.reason}`);
  }
  return initiator;
}

function open(): RealInitiator {
  if (process.platform !== 'win32') return { ok: false, reason: `it runs on Windows, not on ${process.platform}` };
  try {
    const library = systemLibrary();
    getIScsiSessionListSync({ library });
    return { ok: true, library };
  } catch (error) {
    return { ok: false, reason: String(error) };
  }
}

/** What Microsoft's cmdlets say now. */
export function dumpNow(): Dump {
  const folder = mkdtempSync(join(tmpdir(), 'iscsidsc-dump-'));
  try {
    const file = join(folder, 'dump.json');
    const powershell = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32/WindowsPowerShell/v1.0/powershell.exe');
    const args = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', DUMP_SCRIPT, '-Path', file];
    // Windows PowerShell reads a pipe as its input to the end, and the one that Vitest gives its workers has none.
    execFileSync(powershell, args, { stdio: ['ignore', 'inherit', 'inherit'], env: cleanEnv(), timeout: 90_000 });
    return readDump(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** PowerShell 7 hands its PSModulePath down to all below it, and Windows PowerShell cannot load what it finds there. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name.toUpperCase() !== 'PSMODULEPATH'));
}

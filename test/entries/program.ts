import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ended {
  status: number | string | null | undefined;
  signal: string | null | undefined;
  stdout: string;
  stderr: string;
}

/** Runs a program of programs/ in a process of its own, where `iscsidsc` is the built package. */
export function run(program: string, ...args: string[]): Promise<Ended> {
  const path = fileURLToPath(new URL(`programs/${program}.mjs`, import.meta.url));
  return new Promise(resolve => {
    execFile(process.execPath, [path, ...args], { timeout: 20_000, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      resolve({ status: error ? error.code : 0, signal: error?.signal ?? null, stdout, stderr });
    });
  });
}

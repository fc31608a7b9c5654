import { execFile } from 'node:child_process';

/** How a program has ended. */
export interface Ended {
  status: number | string | null | undefined;
  signal: string | null | undefined;
  stdout: string;
  stderr: string;
}

export interface Start {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** For the .cmd files of Windows, which start in no other way. */
  shell?: boolean;
}

/** Runs a program to its end, which comes after 60 seconds at the latest. */
export function ended(program: string, args: readonly string[], start: Start = {}): Promise<Ended> {
  return new Promise(resolve => {
    execFile(program, args, { ...start, timeout: 180_000, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      resolve({ status: error ? error.code : 0, signal: error?.signal ?? null, stdout, stderr });
    });
  });
}

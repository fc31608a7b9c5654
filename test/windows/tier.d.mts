import type { NoTier } from '../required.js';

export type { NoTier };

export interface RunOptions {
  /** A Linux path; the app folder unless given. */
  cwd?: string;
  /** Added to an environment with nothing but what Wine needs; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  /** 60,000 unless given. */
  timeoutMs?: number;
  /** The Linux path of another .exe. */
  program?: string;
  /** The ANSI code page of the process, 1252 unless given. */
  codePage?: 1252 | 932 | 65001;
}

export interface RunResult {
  /** The lowest 8 bits of the exit code: Linux keeps no more. */
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  ms: number;
  timedOut: boolean;
}

export interface Running {
  pid: number;
  done: Promise<RunResult>;
  /** Ends the whole process group. */
  kill(): void;
  /** What is in stdout so far. */
  output(): string;
}

export interface Tier {
  ok: true;
  node: string;
  nodeVersion: string;
  nodeExe: string;
  appFolder: string;
  system32: string;
  /** The stand-in in System32. */
  dll: string;
  /** A build of it without GetIScsiSessionListEx, as on an older Windows. */
  oldDll: string;
  /** A build of it that sets ISCSIDSC_PLANTED_LOADED=1 in the process that loads it. */
  plantedDll: string;
  /** A build of it that imports from dependency.dll. */
  dependentDll: string;
  dependencyDll: string;
  /** A build of dependency.dll that sets ISCSIDSC_PLANTED_LOADED=1 in the process that loads it. */
  plantedDependencyDll: string;
  bench: string;
  /** The Linux path of the stand-in service. */
  service: string;
  windowsPath(path: string): string;
  run(args: string[], options?: RunOptions): Promise<RunResult>;
  start(args: string[], options?: RunOptions): Running;
  /** Needs a built dist/; gives the folder node_modules/iscsidsc. */
  installPackage(): string;
  /** Ends every program of this Wine prefix. */
  stop(): void;
}

/** A Wine prefix for one test file alone, which changes what is in System32. */
export interface TierApart extends Tier {
  /** No iscsidsc.dll in System32 while the action runs. */
  withoutDll<T>(action: () => T | Promise<T>): Promise<T>;
  /** Another DLL (a Linux path) in its place while the action runs. */
  withDll<T>(path: string, action: () => T | Promise<T>): Promise<T>;
}

/** The lines of Windows Node that the tier covers, the default first. */
export const nodeVersions: readonly string[];
export function findTier(options: { node?: string; apart: true }): TierApart | NoTier;
export function findTier(options?: { node?: string }): Tier | NoTier;
export function windowsPath(path: string): string;

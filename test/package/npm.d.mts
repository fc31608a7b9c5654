import type { ExecFileSyncOptions } from 'node:child_process';

export function npm(args: readonly string[], cwd: string): string;
export function npmPack(what: string, folder: string): string;
export function npmUnpack(what: string, folder: string): void;
export function untar(tarball: string, folder: string): void;
export function run(program: string, args: readonly string[], options?: ExecFileSyncOptions): string;

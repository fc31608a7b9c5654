import type { Procedure } from '../../call/procedure.js';
import { resultOf, windowsCall } from '../../call/windows-call.js';
import { callAsync, callSync } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';

/**
 * Returns whether the process runs with the rights of an administrator (elevated). Without them, Windows refuses nearly
 * every function of this package with `ERROR_ACCESS_DENIED`, also those that only read.
 *
 * https://learn.microsoft.com/windows/win32/api/shlobj_core/nf-shlobj_core-isuseranadmin
 */
export async function isElevated(options?: AsyncOptions): Promise<boolean> {
  return await callAsync(options, elevation);
}

/** The same on this thread. */
export function isElevatedSync(options?: SyncOptions): boolean {
  return callSync(options, elevation);
}

export function* elevation({ library }: CheckedOptions): Procedure<boolean> {
  return (yield* resultOf(windowsCall(library, 'IsUserAnAdmin'))) !== 0n;
}

import { type AsyncOptions, type CheckedOptions, checkUnopened } from '../../api/options.js';
import { BOOLEAN, type Check } from '../../arguments.js';
import { checkDll, checkKoffi, checkPlatform, isForeignPlatform } from './environment.js';
import {
  checkDiskAddresses,
  checkLoginSessions,
  checkLunNumbers,
  checkMechanisms,
  checkPasswords,
  checkPortalGroups,
  checkSocketOrder,
} from './facts.js';
import type { Finding } from './finding.js';
import { checkElevation, checkService, checkVersion } from './initiator.js';
import { checkLists } from './lists.js';
import { checkDuplicates, checkGoneTargets } from './logins.js';
import { askMachine, type Machine } from './machine.js';
import { Names } from './names.js';
import { checkPortals } from './portals.js';
import { checkDisks, checkPaths, checkReconnecting } from './sessions.js';

/** How to diagnose. */
export interface DiagnoseOptions extends AsyncOptions {
  /**
   * Puts placeholders such as `target-1` in place of the names of targets, addresses and ids of sessions, for a report
   * that others may read. The same name is the same placeholder in all findings of a call. Defaults to false.
   */
  anonymous?: boolean | undefined;
}

const CHECKS: Readonly<Record<'anonymous', Check>> = { anonymous: BOOLEAN };

/** The checks that need the initiator, in the order in which they are made. */
const MACHINE_CHECKS: readonly ((machine: Machine, names: Names) => Finding)[] = [
  checkElevation,
  checkService,
  checkVersion,
  checkLists,
  checkPortals,
  checkGoneTargets,
  checkDuplicates,
  checkReconnecting,
  checkPaths,
  checkDisks,
  checkSocketOrder,
  checkPortalGroups,
  checkPasswords,
  checkLoginSessions,
  checkMechanisms,
  checkLunNumbers,
  checkDiskAddresses,
];

/**
 * Checks the machine, and returns one finding for each check: what was found, why it matters, and what to do. Nothing is
 * changed, and nobody on the network is asked. It asks the initiator one question after another, each for at most ten
 * seconds. A check that lacks an answer says why, as a warning.
 *
 * Resolves whatever is wrong: off Windows and without the DLL, too, where the checks that need the initiator are left
 * out. When `timeoutMs` ends, the questions that are left are not asked. Rejects with
 * `ERR_ISCSIDSC_INVALID_ARGUMENT`, and with an `AbortError` when `signal` fires.
 */
export async function diagnose(options?: DiagnoseOptions): Promise<Finding[]> {
  const { open, own } = checkUnopened<DiagnoseOptions>(options, CHECKS);
  const names = new Names(own.anonymous ?? false);
  const { checked, error } = opened(open);
  const environment = [checkPlatform(checked?.library, error), checkKoffi(names)];
  if (isForeignPlatform(error)) return environment;
  const dll = await checkDll(checked?.library, error, names);
  if (checked === undefined) return [...environment, dll];
  const machine = await askMachine(checked);
  return [...environment, dll, ...MACHINE_CHECKS.map(check => check(machine, names))];
}

function opened(open: () => CheckedOptions): { readonly checked?: CheckedOptions; readonly error?: unknown } {
  try {
    return { checked: open() };
  } catch (error) {
    return { error };
  }
}

import type { Context } from '../../command.js';
import type { Format } from '../../terminal/colour.js';
import { paragraph } from '../../terminal/details.js';
import { printable } from '../../terminal/printable.js';

/** The targets that a discovery has found. */
export interface Discovery {
  /** Those that Windows did not know before. */
  readonly newTargets: string[];
  /** All that Windows knows now. */
  readonly targets: string[];
}

/** Returns what Windows learns while `discover` runs. */
export async function discovery({ iscsidsc, options }: Context, discover: () => Promise<void>): Promise<Discovery> {
  const before = new Set((await iscsidsc.reportIScsiTargets(options)).map(name => name.toLowerCase()));
  await discover();
  const targets = await iscsidsc.reportIScsiTargets(options);
  return { newTargets: targets.filter(name => !before.has(name.toLowerCase())), targets };
}

export function discoveryText(done: string, { newTargets, targets }: Discovery, format: Format): string {
  if (newTargets.length > 0) {
    return paragraph(`${done} New targets:`, format) + newTargets.map(name => `  ${printable(name)}\n`).join('');
  }
  const known = targets.length === 0 ? 'none' : `${targets.length}, as before`;
  return paragraph(`${done} No new targets: Windows knows ${known}.`, format);
}

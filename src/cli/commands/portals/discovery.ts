import type { Context } from '../../command.js';
import { DoneInPart } from '../../failure.js';
import type { Format } from '../../terminal/colour.js';
import { paragraph } from '../../terminal/details.js';
import { printable } from '../../terminal/printable.js';

/** A portal that was asked, and the targets that it told of. */
export interface Discovery<Portal> {
  readonly portal: Portal;
  /** Those that Windows did not know before. Null if nobody could say. */
  readonly newTargets: readonly string[] | null;
  /** All that Windows knows now. */
  readonly targets: readonly string[] | null;
}

/** Returns what Windows learns while `discover` runs. */
export async function discovery<Portal>(
  portal: Portal,
  { iscsidsc, options }: Context,
  discover: () => Promise<void>,
): Promise<Discovery<Portal>> {
  const before = new Set((await iscsidsc.reportIScsiTargets(options)).map(name => name.toLowerCase()));
  await discover();
  try {
    const targets = await iscsidsc.reportIScsiTargets(options);
    return { portal, newTargets: targets.filter(name => !before.has(name.toLowerCase())), targets };
  } catch (error) {
    throw new DoneInPart({ portal, newTargets: null, targets: null }, error);
  }
}

export function discoveryText(done: string, { newTargets, targets }: Discovery<unknown>, format: Format): string {
  if (newTargets === null || targets === null) return paragraph(done, format);
  if (newTargets.length > 0) {
    return paragraph(`${done} New targets:`, format) + newTargets.map(name => `  ${printable(name)}\n`).join('');
  }
  const known = targets.length === 0 ? 'none' : `${targets.length}, as before`;
  return paragraph(`${done} No new targets: Windows knows ${known}.`, format);
}

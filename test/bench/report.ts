import { cpus } from 'node:os';
import koffi from 'koffi';
import type { NoTier, Tier } from '../windows/tier.mjs';
import type { Section } from './section.js';
import { markdownTable } from './table.js';
import { type Way, wayTable } from './way.js';

export interface Report {
  /** Where it was measured. */
  machine: string;
  quick: boolean;
  sections: Section[];
  /** From a portal to a drive letter. */
  way?: Way;
  /** What was left out, and how to have it. */
  left: string[];
}

export function describeMachine(tier: Tier | NoTier): string {
  const processors = cpus();
  const parts = [
    `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`,
    `${process.platform} ${process.arch}`,
    `Node.js ${process.versions.node}`,
    `Koffi ${koffi.version}`,
  ];
  if (tier.ok) parts.push(`Windows Node.js ${tier.nodeVersion} under Wine`);
  return parts.join(', ');
}

/** For docs/performance.md. */
export function numbersOf({ machine, sections, left }: Report): string {
  return [`Measured on ${machine}.`, ...sections.map(markdownTable), ...left].join('\n\n');
}

/** For docs/connect.md. */
export function wayOf({ machine, way }: Report): string {
  return way === undefined ? '' : `Measured on ${machine}.\n\n${wayTable(way)}`;
}

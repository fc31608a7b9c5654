import { cpus } from 'node:os';
import koffi from 'koffi';
import type { NoTier, Tier } from '../windows/tier.mjs';
import type { Section } from './section.js';

export interface Report {
  /** Where it was measured. */
  machine: string;
  quick: boolean;
  sections: Section[];
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

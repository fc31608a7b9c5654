import type { NoTier } from '../required.js';

export interface Node {
  ok: true;
  version: string;
  program: string;
}

export const nodeVersions: readonly string[];
export function findNode(version: string): Node | NoTier;

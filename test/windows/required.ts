import { type NoTier, requiredTier } from '../required.js';
import { findTier, type Tier, type TierApart } from './tier.mjs';

/** The Windows tier, or why there is none. Where all tiers are required, that is an error. */
export function tierOrReason(node?: string): Tier | NoTier {
  return requiredTier(findTier({ ...(node && { node }) }));
}

/** The same, where the test may change what is in System32. */
export function tierApart(): TierApart | NoTier {
  return requiredTier(findTier({ apart: true }));
}

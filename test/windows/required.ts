import { findTier, type NoTier, type Tier } from './tier.mjs';

/** The Windows tier, or why there is none. Where all tiers are required, that is an error. */
export function tierOrReason(): Tier | NoTier {
  const tier = findTier();
  if (!tier.ok && process.env.ISCSIDSC_REQUIRE_ALL_TIERS) {
    throw new Error(`All tiers are required, and the Windows tier cannot run: ${tier.reason}`);
  }
  return tier;
}

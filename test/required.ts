/** A tier that cannot run here. */
export interface NoTier {
  ok: false;
  reason: string;
  /** The command to run. */
  how: string;
}

/** The tier, or why there is none. Where all tiers are required, that is an error. */
export function requiredTier<Tier extends { ok: true }>(tier: Tier | NoTier): Tier | NoTier {
  if (!tier.ok && process.env.ISCSIDSC_REQUIRE_ALL_TIERS) {
    throw new Error(`All tiers are required, and one cannot run: ${tier.reason}. To prepare it: ${tier.how}`);
  }
  return tier;
}

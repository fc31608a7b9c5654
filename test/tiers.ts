import { findTier } from './windows/tier.mjs';

/** Says at the end of a run which tier has not run. */
export function setup(): () => void {
  return () => {
    const tier = findTier();
    if (!tier.ok) console.log(`Windows tier: NOT RUN, ${tier.reason}. To run it: ${tier.how}`);
    console.log('Real Windows: NOT RUN, no test of this version runs there yet; see README.md.');
  };
}

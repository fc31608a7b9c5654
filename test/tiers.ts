import { findBrowser } from './electron/browser.mjs';
import { findNode, nodeVersions } from './package/nodes.mjs';
import type { NoTier } from './required.js';
import { findTier, nodeVersions as windowsNodeVersions } from './windows/tier.mjs';

/** What the machine needs something for, besides `npm ci`. */
const TIERS: readonly { name: string; find: () => { ok: true } | NoTier }[] = [
  ...nodeVersions.map(node => ({ name: `Node ${node}`, find: () => findNode(node) })),
  ...windowsNodeVersions.map(node => ({ name: `Windows Node ${node} under Wine`, find: () => findTier({ node }) })),
  { name: 'The Electron page in a browser', find: findBrowser },
];

const REAL = 'test/windows/real/README.md';

/** Says at the end of a run which tiers have not run. */
export function setup(): () => void {
  return () => {
    for (const { name, find } of TIERS) {
      const tier = find();
      if (!tier.ok) console.log(`${name}: NOT RUN, ${tier.reason}. To run it: ${tier.how}`);
    }
    if (!process.env.ISCSIDSC_REAL_WINDOWS) {
      console.log(`Real Windows: NOT RUN, it awaits its first run. To run it: npm run test:real, see ${REAL}`);
    }
  };
}

import type { SimulatedNetwork } from 'iscsidsc/simulator';
import type { SiteNames } from './site.js';

/** The names of the simulated site. */
export const SIMULATED: SiteNames = {
  targets: {
    open: 'iqn.2003-01.org.example:open',
    formatted: 'iqn.2003-01.org.example:open',
    wide: 'iqn.2003-01.org.example:wide',
    chap: 'iqn.2003-01.org.example:chap',
    mutual: 'iqn.2003-01.org.example:mutual',
    closed: 'iqn.2003-01.org.example:closed',
    single: 'iqn.2003-01.org.example:single',
  },
  get told() {
    return [...new Set(Object.values(this.targets))];
  },
  portals: {
    first: '10.0.0.10',
    second: '10.0.1.10',
    redirecting: '10.0.2.10',
    slow: '10.0.3.10',
    guarded: '10.0.4.10',
  },
  dead: { address: '10.0.9.10', socket: 3260 },
  chap: { username: 'host-of-the-tests', secret: 'initiator-12345', mutualSecret: 'target-1234567' },
  lun: { vendor: 'example', product: 'disk', bytes: 2n ** 30n },
};

/** An iSNS server that tells of the open target. */
export const ISNS = 'isns.example';

const { targets, portals, chap } = SIMULATED;
const both = [[portals.first, portals.second, portals.slow]];
const asked = { username: chap.username, secret: chap.secret };

/** What the simulated site is made of. */
export const NETWORK: SimulatedNetwork = {
  targets: [
    { targetName: targets.open, targetAlias: 'Open to all', portalGroups: both, luns: [{ lun: 0 }, { lun: 1 }] },
    { targetName: targets.wide, portalGroups: both, maximumConnections: 2 },
    { targetName: targets.chap, portalGroups: both, chap: asked },
    { targetName: targets.mutual, portalGroups: both, chap: asked, mutualChap: { secret: chap.mutualSecret } },
    { targetName: targets.closed, portalGroups: both, allowedInitiators: ['iqn.2003-01.org.example:another'] },
    { targetName: targets.single, portalGroups: both, maximumSessions: 1 },
  ],
  portals: [
    { address: portals.redirecting, redirectTo: portals.second },
    { address: portals.slow, delayMs: 150 },
    { address: portals.guarded, chap: asked },
  ],
  isnsServers: [{ address: ISNS, targets: [targets.open] }],
};

/** The same while a program has a file open on the volume. */
export const NETWORK_IN_USE: SimulatedNetwork = {
  ...NETWORK,
  targets: NETWORK.targets.map(target =>
    target.targetName === targets.formatted
      ? { ...target, luns: [{ lun: 0, volumes: [{ paths: ['E:\\'], inUse: true }] }, { lun: 1 }] }
      : target,
  ),
};

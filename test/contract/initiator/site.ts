import type { AsyncOptions, Library } from 'iscsidsc';
import type { SimulatedNetwork } from 'iscsidsc/simulator';
import type { Declare } from '../subject.js';

/** The names of what a site has. */
export const TARGETS = {
  /** Lets everybody in, through both portals. */
  open: 'iqn.2003-01.org.example:open',
  /** The same, and more than one connection in a session. */
  wide: 'iqn.2003-01.org.example:wide',
  chap: 'iqn.2003-01.org.example:chap',
  /** Does not let this initiator in. */
  closed: 'iqn.2003-01.org.example:closed',
  /** Takes one session. */
  single: 'iqn.2003-01.org.example:single',
} as const;

export const PORTALS = {
  first: '10.0.0.10',
  second: '10.0.1.10',
  /** Sends logins to the second. */
  redirecting: '10.0.2.10',
  /** Takes its time. */
  slow: '10.0.3.10',
  /** Nobody answers there. */
  dead: '10.0.9.10',
  /** Asks for CHAP before it tells of its targets. */
  guarded: '10.0.4.10',
} as const;

/** An iSNS server that tells of the open target. */
export const ISNS = 'isns.example';

export const CHAP = { username: 'host-of-the-tests', secret: 'initiator-12345', mutualSecret: 'target-1234567' };

const both = [[PORTALS.first, PORTALS.second, PORTALS.slow]];
const chap = { username: CHAP.username, secret: CHAP.secret };

/** What a site is made of: by the simulator, or by hand on Windows Server. */
export const NETWORK: SimulatedNetwork = {
  targets: [
    { targetName: TARGETS.open, targetAlias: 'Open to all', portalGroups: both, luns: [{ lun: 0 }, { lun: 1 }] },
    { targetName: TARGETS.wide, portalGroups: both, maximumConnections: 2 },
    { targetName: TARGETS.chap, portalGroups: both, chap, mutualChap: { secret: CHAP.mutualSecret } },
    { targetName: TARGETS.closed, portalGroups: both, allowedInitiators: ['iqn.2003-01.org.example:another'] },
    { targetName: TARGETS.single, portalGroups: both, maximumSessions: 1 },
  ],
  portals: [
    { address: PORTALS.redirecting, redirectTo: PORTALS.second },
    { address: PORTALS.slow, delayMs: 150 },
    { address: PORTALS.guarded, chap },
  ],
  isnsServers: [{ address: ISNS, targets: [TARGETS.open] }],
};

/** A machine with such targets on its network, and nothing registered or logged in yet. */
export interface Site {
  readonly library: Library;
  /** Starts the machine again. */
  restart(): void;
  /** Changes the network. */
  change(network: SimulatedNetwork): void;
}

export interface SiteRules {
  readonly charset: 'unicode' | 'ansi';
  /** Declares a rule. `check` gets a site of its own, and the options of a call there. */
  rule(text: string, check: (options: AsyncOptions & { readonly library: Library }, site: Site) => Promise<void>): void;
}

/** Declares rules for both forms. */
export function forBothForms(open: () => Site, declare: Declare, rules: (given: SiteRules) => void): void {
  for (const charset of ['unicode', 'ansi'] as const) {
    rules({
      charset,
      rule: (text, check) =>
        declare(`${text} (${charset})`, async () => {
          const site = open();
          await check({ library: site.library, charset }, site);
        }),
    });
  }
}

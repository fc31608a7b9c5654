import { type AsyncOptions, type DeviceOnSession, getDevicesForIScsiSession, type Library } from 'iscsidsc';
import type { SimulatedNetwork } from 'iscsidsc/simulator';
import type { Declare } from '../subject.js';

/** The names of what a site has, and what can be expected of it. */
export interface SiteNames {
  readonly targets: {
    /** Lets everybody in, through both portals, and has the LUNs 0 and 1. */
    readonly open: string;
    /** Has a volume with a path on its LUN 0. */
    readonly formatted: string;
    /** As the open one, and more than one connection in a session. */
    readonly wide: string;
    /** Asks for CHAP. */
    readonly chap: string;
    /** Asks for CHAP, and proves itself. */
    readonly mutual: string;
    /** Does not let this initiator in. */
    readonly closed: string;
    /** Takes one session. */
    readonly single: string;
  };
  /** The targets that the first portal tells of. */
  readonly told: readonly string[];
  /** The addresses of portals, at TCP port 3260. */
  readonly portals: {
    readonly first: string;
    readonly second: string;
    /** Sends logins to the second. */
    readonly redirecting: string;
    /** Takes its time. */
    readonly slow: string;
    /** Asks for CHAP before it tells of its targets. */
    readonly guarded: string;
  };
  /** Nobody answers there. */
  readonly dead: { readonly address: string; readonly socket: number };
  /** What the targets with CHAP ask for, and how the mutual one proves itself. */
  readonly chap: { readonly username: string; readonly secret: string; readonly mutualSecret: string };
  /** Each LUN of the open target. */
  readonly lun: { readonly vendor: string; readonly product: string; readonly bytes: bigint };
}

/** What not every site has: a rule names what it needs of it. */
export type Need =
  | 'anotherPortal'
  | 'change'
  | 'closedTarget'
  | 'guardedPortal'
  | 'manyConnections'
  | 'mpio'
  | 'redirectingPortal'
  | 'restart'
  | 'simulator'
  | 'singleSession'
  | 'slowPortal'
  | 'volumes';

/** Machines with such targets on their network, and nothing registered or logged in yet. */
export interface Sites extends SiteNames {
  /** What they have not, and why. */
  readonly lacks: Readonly<Partial<Record<Need, string>>>;
  open(): Site | Promise<Site>;
  /** Declares a rule that does not hold here, and why. */
  skip(text: string, reason: string): void;
}

/** One of them, for one rule. */
export interface Site {
  readonly library: Library;
  /** Starts the machine again. */
  restart(): void;
  /** Changes the network, from what it is at first. */
  change(alter: (network: SimulatedNetwork) => SimulatedNetwork): void;
  /** Opens a file on a volume, until the function that it returns is called. */
  use(path: string): () => void;
  /** Removes what the rule has left. */
  close(): void | Promise<void>;
}

type Check = (options: AsyncOptions & { readonly library: Library }, site: Site) => Promise<void>;

export interface SiteRules {
  readonly charset: 'unicode' | 'ansi';
  /** Declares a rule. `check` gets a site of its own, and the options of a call there. */
  rule(text: string, check: Check, needs?: readonly Need[]): void;
}

/** Declares rules for both forms. */
export function forBothForms(sites: Sites, declare: Declare, rules: (given: SiteRules) => void): void {
  for (const charset of ['unicode', 'ansi'] as const) {
    rules({
      charset,
      rule: (text, check, needs = []) => {
        const reason = needs.map(need => sites.lacks[need]).find(each => each !== undefined);
        const named = `${text} (${charset})`;
        if (reason !== undefined) sites.skip(named, reason);
        else declare(named, () => within(sites, charset, check));
      },
    });
  }
}

/** Windows refuses a logout for some seconds after a disk was used. */
export const RETRIED = { retries: 30, retryDelayMs: 500 };

/** The disks of a session, which come some time after the login. */
export async function disksOf(sessionId: string, count: number, options: AsyncOptions): Promise<DeviceOnSession[]> {
  for (let round = 0; ; round++) {
    const disks = await getDevicesForIScsiSession(sessionId, options);
    if (disks.length >= count || round === 300) return disks;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** The site is closed whatever the rule comes to, and no error hides another one. */
async function within(sites: Sites, charset: SiteRules['charset'], check: Check): Promise<void> {
  const site = await sites.open();
  const errors: unknown[] = [];
  await check({ library: site.library, charset }, site).catch(error => errors.push(error));
  await Promise.resolve(site.close()).catch(error => errors.push(error));
  if (errors.length > 1) throw new AggregateError(errors, `${errors.join('\n')}`);
  if (errors.length === 1) throw errors[0];
}

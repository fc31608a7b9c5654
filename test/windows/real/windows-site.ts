import type { Library } from 'iscsidsc';
import type { Need, Sites } from '../../contract/initiator/site.js';
import { removeLeftovers } from './leftovers.js';
import type { SiteFile } from './site-file.js';

/** A Windows Server that is its own target, as setup-target.ps1 has made it. */
export interface WindowsServer {
  readonly library: Library;
  readonly file: SiteFile;
  /** Opens a file on a volume. Returns what closes it. */
  use(path: string): () => void;
  /** Declares a rule that does not hold here, and why. */
  skip(text: string, reason: string): void;
}

// What no Windows Server has. Which of these are wrong is for the first run to say.
const LACKS = {
  change: 'the targets stay as setup-target.ps1 has made them',
  closedTarget: "Microsoft's target does not tell an initiator of targets that do not let it in",
  guardedPortal: "Microsoft's target has no CHAP for discovery",
  manyConnections: "Microsoft's target takes one connection in a session",
  redirectingPortal: "Microsoft's target does not redirect logins",
  restart: 'a run does not restart the machine',
  simulator: 'it needs adapters, IPsec or several saved logins as only the simulator has them',
  singleSession: "Microsoft's target has no limit of sessions that could be set",
  slowPortal: 'no portal takes its time',
} satisfies Partial<Record<Need, string>>;

const NONE = 'iqn.1991-05.com.microsoft:none';

/** The rules take place on one machine, one after the other, and each finds it empty. */
export function sitesOf({ library, file, use, skip }: WindowsServer): Sites {
  const { targets, portals, deadSocket, chap, diskBytes, lacks } = file;
  const close = () => removeLeftovers({ library }, file);
  const impossible = () => {
    throw new Error('A rule that needs this must say so.');
  };
  return {
    targets: { ...targets, wide: NONE, closed: NONE, single: NONE },
    told: Object.values(targets),
    portals: { ...portals, redirecting: '', slow: '', guarded: '' },
    dead: { address: portals.first, socket: deadSocket },
    chap,
    lun: { vendor: 'MSFT', product: 'Virtual HD', bytes: BigInt(diskBytes) },
    lacks: { ...LACKS, ...Object.fromEntries(Object.entries(lacks).filter(([, reason]) => reason !== '')) },
    skip,
    open: async () => {
      await close();
      return { library, restart: impossible, change: impossible, use, close };
    },
  };
}

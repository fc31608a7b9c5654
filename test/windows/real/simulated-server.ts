import { readFileSync } from 'node:fs';
import { createSimulator, type SimulatedNetwork, type Simulator } from 'iscsidsc/simulator';
import { parseSiteFile, type SiteFile } from './site-file.js';

const MEGABYTES_100 = 104_857_600;

/** A machine as setup-target.ps1 leaves it, simulated. */
export interface SimulatedServer {
  readonly library: Simulator;
  readonly file: SiteFile;
  use(path: string): () => void;
}

export function sampleSiteText(): string {
  return readFileSync(new URL('samples/site.json', import.meta.url), 'utf8');
}

export function simulatedServer(): SimulatedServer {
  const file = parseSiteFile(sampleSiteText());
  const library = createSimulator({ network: networkOf(file, false) });
  const use = () => {
    library.network = networkOf(file, true);
    return () => {
      library.network = networkOf(file, false);
    };
  };
  return { library, file, use };
}

function networkOf({ targets, portals, chap }: SiteFile, inUse: boolean): SimulatedNetwork {
  const portalGroups = [[portals.first, portals.second]];
  const lun = { vendor: 'MSFT', product: 'Virtual HD', sizeBytes: MEGABYTES_100 };
  const plain = { portalGroups, luns: [{ lun: 0, ...lun, volumes: [] }] };
  const asked = { username: chap.username, secret: chap.secret };
  return {
    targets: [
      { ...plain, targetName: targets.open, luns: [0, 1].map(number => ({ lun: number, ...lun, volumes: [] })) },
      {
        portalGroups,
        targetName: targets.formatted,
        luns: [{ lun: 0, ...lun, volumes: [{ paths: ['E:\\'], inUse }] }],
      },
      { ...plain, targetName: targets.chap, chap: asked },
      { ...plain, targetName: targets.mutual, chap: asked, mutualChap: { secret: chap.mutualSecret } },
    ],
  };
}

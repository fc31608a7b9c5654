import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { number, parse, structOf, text } from './reader.js';

/** What setup-target.ps1 has made, as it writes it for the rules. It has secrets. */
export interface SiteFile {
  /** The names of the targets. */
  targets: { open: string; formatted: string; chap: string; mutual: string };
  /** Addresses of the target's portals. The second one is empty where the machine has none. */
  portals: { first: string; second: string };
  /** A TCP port of the first address where nobody listens. */
  deadSocket: number;
  chap: { username: string; secret: string; mutualSecret: string };
  /** How large each disk is. */
  diskBytes: number;
  /** Why something is not there; empty where it is. */
  lacks: { anotherPortal: string; mpio: string; volumes: string };
}

const readAll = structOf<SiteFile>({
  targets: structOf<SiteFile['targets']>({ open: text, formatted: text, chap: text, mutual: text }),
  portals: structOf<SiteFile['portals']>({ first: text, second: text }),
  deadSocket: number,
  chap: structOf<SiteFile['chap']>({ username: text, secret: text, mutualSecret: text }),
  diskBytes: number,
  lacks: structOf<SiteFile['lacks']>({ anotherPortal: text, mpio: text, volumes: text }),
});

/** What the names of all that setup-target.ps1 makes begin with. */
export const OWN_NAME = 'iscsidsc-test-';

export function parseSiteFile(json: string): SiteFile {
  return parse(readAll, json, 'site');
}

/** Reads the file of this machine. */
export function readSiteFile(): SiteFile {
  const path = join(process.env.ProgramData ?? 'C:\\ProgramData', 'iscsidsc-test', 'site.json');
  return parseSiteFile(readFileSync(path, 'utf8'));
}

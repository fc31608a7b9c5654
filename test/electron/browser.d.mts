export interface Browser {
  ok: true;
  path: string;
}

export interface NoBrowser {
  ok: false;
  reason: string;
  /** The command to run. */
  how: string;
}

export function findBrowser(): Browser | NoBrowser;

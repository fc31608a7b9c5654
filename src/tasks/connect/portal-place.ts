import type { TargetPortal } from '../../api/portals/portal.js';
import type { SessionInfo } from '../../codec/session-list.js';
import { sameAddress } from '../../portal.js';

/** A portal with the addresses of its host. Windows reports addresses where a name was given. */
export class PortalPlace {
  readonly portal: TargetPortal;
  readonly #addresses: readonly string[];

  constructor(portal: TargetPortal, addresses: readonly string[] = []) {
    this.portal = portal;
    this.#addresses = [portal.address, ...addresses];
  }

  /** The place of a portal, whose name is looked up if it has one. */
  static async of(portal: TargetPortal): Promise<PortalPlace> {
    return new PortalPlace(portal, isAddress(portal.address) ? [] : await addressesOf(portal.address));
  }

  /** Whether this is there. */
  isAt(address: string | null, socket: number): boolean {
    return (
      address !== null && socket === this.portal.socket && this.#addresses.some(each => sameAddress(each, address))
    );
  }

  /** Whether a session has a connection there. */
  hasSession({ connections }: SessionInfo): boolean {
    return connections.some(({ targetAddress, targetSocket }) => this.isAt(targetAddress, targetSocket));
  }
}

function isAddress(text: string): boolean {
  return text.includes(':') || /^\d+(\.\d+){3}$/.test(text);
}

async function addressesOf(name: string): Promise<string[]> {
  // It takes a while to load.
  const { lookup } = await import('node:dns/promises');
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch {
    // Windows resolves names in more ways than this. It is asked by the name then.
    return [];
  }
}

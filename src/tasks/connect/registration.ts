import type { WhichPortal } from '../../api/portals/portal-changes.js';
import { sameName } from '../../api/targets/target-name.js';
import type { Library } from '../../native/library.js';
import { sameAddress } from '../../portal.js';

const running = new WeakMap<Library, Set<Registration>>();

/**
 * The registration of a portal that several calls need at once: one makes it, and the others wait for it. All of them
 * have made it then, and the last one that is undone removes it.
 */
export class Registration {
  /** Those that need it. */
  readonly users = new Set<object>();
  readonly #which: WhichPortal;
  readonly #others: Set<Registration>;
  /** Whether the portal is registered. */
  readonly outcome: Promise<boolean>;
  #resolve: (isRegistered: boolean) => void = () => {};

  private constructor(which: WhichPortal, others: Set<Registration>) {
    this.#which = which;
    this.#others = others;
    this.outcome = new Promise(resolve => {
      this.#resolve = resolve;
    });
  }

  /** The one that runs. */
  static of(library: Library, which: WhichPortal): Registration | undefined {
    return [...(running.get(library) ?? [])].find(each => isSame(each.#which, which));
  }

  static begin(library: Library, which: WhichPortal): Registration {
    const others = running.get(library) ?? new Set<Registration>();
    running.set(library, others);
    const registration = new Registration(which, others);
    others.add(registration);
    return registration;
  }

  end(isRegistered: boolean): void {
    this.#others.delete(this);
    this.#resolve(isRegistered);
  }
}

function isSame(one: WhichPortal, other: WhichPortal): boolean {
  return (
    sameAddress(one.portal.address, other.portal.address) &&
    one.portal.socket === other.portal.socket &&
    sameName(one.instance ?? '', other.instance ?? '') &&
    one.port === other.port
  );
}

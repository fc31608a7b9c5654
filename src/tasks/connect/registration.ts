import type { WhichPortal } from '../../api/portals/portal-changes.js';
import { sameName } from '../../api/targets/target-name.js';
import type { Library } from '../../native/library.js';
import { samePortal } from '../../portal.js';

/** The registrations through a library. */
interface Registrations {
  readonly running: Set<Registration>;
  ended: number;
}

const all = new WeakMap<Library, Registrations>();

function registrationsOf(library: Library): Registrations {
  const known = all.get(library) ?? { running: new Set(), ended: 0 };
  all.set(library, known);
  return known;
}

/**
 * The registration of a portal that several calls need at once: one makes it, and the others wait for it. All of them
 * have made it then, and the last one that is undone removes it.
 */
export class Registration {
  /** Those that need it. */
  readonly users = new Set<object>();
  /** Whether the portal is registered. */
  readonly outcome: Promise<boolean>;
  readonly #which: WhichPortal;
  readonly #all: Registrations;
  #resolve: (isRegistered: boolean) => void = () => {};

  private constructor(which: WhichPortal, registrations: Registrations) {
    this.#which = which;
    this.#all = registrations;
    this.outcome = new Promise(resolve => {
      this.#resolve = resolve;
    });
  }

  /** The one that runs. */
  static of(library: Library, which: WhichPortal): Registration | undefined {
    return [...registrationsOf(library).running].find(each => isSame(each.#which, which));
  }

  static begin(library: Library, which: WhichPortal): Registration {
    const registrations = registrationsOf(library);
    const registration = new Registration(which, registrations);
    registrations.running.add(registration);
    return registration;
  }

  /** How many have ended. A list of portals that was asked for before the last one did can lack its portal. */
  static ended(library: Library): number {
    return registrationsOf(library).ended;
  }

  end(isRegistered: boolean): void {
    this.#all.running.delete(this);
    this.#all.ended++;
    this.#resolve(isRegistered);
  }
}

function isSame(one: WhichPortal, other: WhichPortal): boolean {
  return (
    samePortal(one.portal, other.portal) &&
    sameName(one.instance ?? '', other.instance ?? '') &&
    one.port === other.port
  );
}

import { formatPortal } from '../../portal.js';

type Kind = 'target' | 'address' | 'session' | 'library';

// The same on every machine.
const KNOWN_LIBRARY = /^([A-Z]:\\Windows\\(System32|SysWOW64)\\iscsidsc\.dll|simulator)$/i;

/**
 * The names of a machine as findings have them: as they are, or in an anonymous report the same placeholder for the
 * same name. No text of the machine gets into a finding in another way.
 */
export class Names {
  readonly isAnonymous: boolean;
  readonly #placeholders = new Map<string, string>();
  readonly #counts: Partial<Record<Kind, number>> = {};

  constructor(isAnonymous: boolean) {
    this.isAnonymous = isAnonymous;
  }

  /** Names that differ in case alone are one. */
  of(kind: Kind, name: string): string {
    if (!this.isAnonymous || (kind === 'library' && KNOWN_LIBRARY.test(name))) return name;
    const key = `${kind} ${name.toLowerCase()}`;
    const known = this.#placeholders.get(key);
    if (known !== undefined) return known;
    const number = (this.#counts[kind] ?? 0) + 1;
    this.#counts[kind] = number;
    const placeholder = `${kind}-${number}`;
    this.#placeholders.set(key, placeholder);
    return placeholder;
  }

  target(name: string | null): string {
    return name === null ? 'a target without a name' : this.of('target', name);
  }

  portal({ address, socket }: { readonly address: string; readonly socket: number }): string {
    return address === '' ? 'any portal' : formatPortal(this.of('address', address), socket);
  }
}

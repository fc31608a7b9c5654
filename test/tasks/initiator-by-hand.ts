import type { Library, PersistentLogin, TargetPortal } from 'iscsidsc';
import { type Answer, answering, answerLogins, answerPortals, answerText, textOf } from './answering-library.js';

/** What an initiator by hand knows of a target. */
export interface TargetByHand {
  /** The aliases by discovery mechanism. A number is the status of a failure. */
  readonly aliases?: Readonly<Record<string, string | number>>;
  readonly portals?: readonly TargetPortal[];
}

/** What it knows. Each list can be a status, too. */
export interface KnownByHand {
  targets?: Readonly<Record<string, TargetByHand>> | number;
  logins?: PersistentLogin[] | number;
}

const NOT_FOUND = 0xefff0029;
const DISCOVERY_MECHANISMS = 2;

/** A library whose lists of targets and persistent logins are made by hand. It adds to `calls` what was called. */
export function byHand(
  library: Library,
  known: KnownByHand,
  more: Record<string, Answer> = {},
  calls: string[] = [],
): Library {
  const targetsOf = () => (typeof known.targets === 'number' ? {} : (known.targets ?? {}));
  const all: Record<string, Answer> = {
    ReportIScsiTargetsW: (_force, size, buffer) =>
      typeof known.targets === 'number' ? known.targets : answerText(Object.keys(targetsOf()), size, buffer, 2),
    ReportIScsiPersistentLoginsW: (count, buffer, size) =>
      typeof known.logins === 'number' ? known.logins : answerLogins(known.logins ?? [], count, buffer, size),
    ReportIScsiTargetPortalsW: (_initiator, name, _tag, size, buffer) => {
      const target = targetsOf()[String(textOf(name))];
      return target ? answerPortals(target.portals ?? [], size, buffer) : NOT_FOUND;
    },
    GetIScsiTargetInformationW: (name, mechanism, infoClass, size, buffer) => {
      const target = targetsOf()[String(textOf(name))];
      if (!target) return NOT_FOUND;
      const { aliases = {} } = target;
      if (infoClass === DISCOVERY_MECHANISMS) return answerText(Object.keys(aliases), size, buffer, 1);
      const alias = aliases[String(textOf(mechanism))] ?? NOT_FOUND;
      return typeof alias === 'number' ? alias : answerText(alias, size, buffer, 1);
    },
    GetIScsiSessionListW: () => undefined,
    ...more,
  };
  const counted = Object.fromEntries(
    Object.entries(all).map(([name, answer]): [string, Answer] => [
      name,
      (...args) => {
        calls.push(name);
        return answer(...args);
      },
    ]),
  );
  return answering(library, counted);
}

/** A persistent login for any portal, or for one. */
export function loginTo(targetName: string, address = ''): PersistentLogin {
  return {
    targetName,
    isInformationalSession: false,
    initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0',
    initiatorPortNumber: 0xffffffff,
    targetPortal: { symbolicName: '', address, socket: address === '' ? 0 : 3260 },
    securityFlags: [],
    mappings: null,
    loginOptions: { loginFlags: [] },
  };
}

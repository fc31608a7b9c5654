import fc from 'fast-check';
import { ansiText, wideText } from '../fuzz/text.js';
import { machineCalls } from './any-machine-call.js';
import {
  type AnyArguments,
  anyFlags,
  anyHalf,
  anyId,
  anyNamed,
  anyOctets,
  NOTHING,
  nullable,
  some,
  UINT32,
  upTo,
} from './any-value.js';
import type { AnyCall } from './expected-call.js';
import { AUTH_TYPES, DIGESTS, LOGIN_FLAGS, SECURITY_FLAGS, TARGET_FLAGS } from './expected-structs.js';
import { anyWrongValue, wrongly } from './wrong-value.js';

/** Any call of one of the functions: right ones, and ones with a wrong value somewhere, or with a member too many. */
export function anyCall(codePage: number): fc.Arbitrary<AnyCall> {
  const right = fc.constantFrom('unicode', 'ansi').chain(charset => rightCall(charset, codePage));
  return fc
    .tuple(right, fc.constantFrom('right', 'right', 'replaced', 'removed', 'added'), fc.nat(), anyWrongValue())
    .map(([{ name, args }, how, place, value]) => ({ name, args: wrongly(args, how, place, value) }));
}

function rightCall(charset: 'unicode' | 'ansi', codePage: number): fc.Arbitrary<AnyCall> {
  const text = charset === 'ansi' ? ansiText(codePage) : wideText();
  const named = Object.entries({ ...new Values(text).calls(), ...machineCalls(text) });
  return fc
    .constantFrom(...named)
    .chain(([name, positional]) =>
      fc
        .tuple(fc.tuple(...positional.slice(0, -1)), positional.at(-1) ?? fc.constant({}))
        .map(([args, options]) => ({ name, args: [...args, { ...(options as object), charset }] })),
    );
}

class Values {
  readonly #text: fc.Arbitrary<string>;

  constructor(text: fc.Arbitrary<string>) {
    this.#text = text;
  }

  /** The arguments of each function, the options last. */
  calls(): AnyArguments {
    const name = this.#name();
    const initiator = { initiatorInstance: this.#upTo(255), initiatorPortNumber: UINT32 };
    const login = { loginOptions: this.#loginOptions(), securityFlags: anyFlags(SECURITY_FLAGS, 64) };
    const portal = fc.oneof(this.#portal(), this.#reportedPortal());
    const information = [name, this.#infoClass(), some({ discoveryMechanism: this.#upTo(1023) })];
    const portals = [name, some({ initiatorName: nullable(this.#upTo(255)), targetPortalTag: fc.nat(0xffff) })];
    return {
      addIScsiSendTargetPortal: [portal, some({ ...initiator, ...login, rollback: fc.boolean() })],
      removeIScsiSendTargetPortal: [portal, some(initiator)],
      refreshIScsiSendTargetPortal: [portal, some(initiator)],
      reportIScsiSendTargetPortals: [NOTHING],
      reportIScsiSendTargetPortalsSync: [NOTHING],
      reportIScsiSendTargetPortalsEx: [NOTHING],
      reportIScsiSendTargetPortalsExSync: [NOTHING],
      reportIScsiTargets: [some({ forceUpdate: fc.boolean() })],
      reportIScsiTargetsSync: [some({ forceUpdate: fc.boolean() })],
      getIScsiTargetInformation: information,
      getIScsiTargetInformationSync: information,
      reportIScsiTargetPortals: portals,
      reportIScsiTargetPortalsSync: portals,
      addIScsiStaticTarget: [
        name,
        some({
          targetAlias: nullable(this.#upTo(255)),
          targetFlags: anyFlags(TARGET_FLAGS, 32),
          persist: fc.boolean(),
          mappings: nullable(this.#mappings()),
          loginOptions: nullable(this.#loginOptions()),
          portalGroup: fc.array(this.#portal(), { maxLength: 5 }),
        }),
      ],
      removeIScsiStaticTarget: [name, NOTHING],
      loginIScsiTarget: [
        name,
        some({
          ...initiator,
          ...login,
          isInformationalSession: fc.boolean(),
          targetPortal: nullable(this.#portal()),
          mappings: nullable(this.#mappings()),
          key: anyOctets(),
          isPersistent: fc.boolean(),
        }),
      ],
      addIScsiConnection: [
        anyId(),
        some({ ...login, initiatorPortNumber: UINT32, key: anyOctets() }, { targetPortal: this.#portal() }),
      ],
      removeIScsiConnection: [anyId(), anyId(), NOTHING],
      reportIScsiPersistentLogins: [NOTHING],
      reportIScsiPersistentLoginsSync: [NOTHING],
      removeIScsiPersistentTarget: [
        name,
        some({
          ...initiator,
          targetPortal: nullable(this.#portal()),
          isInformationalSession: fc.boolean(),
          securityFlags: fc.constant(['valid']),
          mappings: nullable(this.#mappings()),
          loginOptions: this.#loginOptions(),
        }),
      ],
    };
  }

  #name(): fc.Arbitrary<string> {
    return this.#upTo(223).filter(text => text !== '');
  }

  #upTo(most: number): fc.Arbitrary<string> {
    return upTo(this.#text, most);
  }

  #infoClass(): fc.Arbitrary<string> {
    return fc.constantFrom(
      ...['discoveryMechanisms', 'protocolType', 'targetAlias', 'portalGroups'],
      ...['persistentTargetMappings', 'initiatorName', 'targetFlags', 'loginOptions'],
    );
  }

  #portal(): fc.Arbitrary<unknown> {
    const address = fc.oneof(fc.ipV4(), fc.domain());
    const port = fc.integer({ min: 1, max: 65_535 });
    return fc.oneof(
      address,
      fc.ipV6(),
      fc.tuple(address, port).map(both => both.join(':')),
      fc.tuple(fc.ipV6(), port).map(([ip, socket]) => `[${ip}]:${socket}`),
      some({ socket: port, symbolicName: this.#upTo(255) }, { address: this.#name() }),
    );
  }

  /** As reportIScsiSendTargetPortalsEx returns it. */
  #reportedPortal(): fc.Arbitrary<unknown> {
    return fc.record({
      initiatorName: this.#upTo(255),
      initiatorPortNumber: UINT32,
      symbolicName: this.#upTo(255),
      address: this.#name(),
      socket: fc.integer({ min: 1, max: 65_535 }),
      securityFlags: anyFlags(SECURITY_FLAGS, 64),
      loginOptions: this.#loginOptions(),
    });
  }

  #loginOptions(): fc.Arbitrary<unknown> {
    return some({
      loginFlags: anyFlags(LOGIN_FLAGS, 32),
      authType: anyNamed(AUTH_TYPES),
      headerDigest: anyNamed(DIGESTS),
      dataDigest: anyNamed(DIGESTS),
      maximumConnections: UINT32,
      defaultTime2Wait: UINT32,
      defaultTime2Retain: UINT32,
      username: anyOctets(),
      password: anyOctets(),
    });
  }

  #mappings(): fc.Arbitrary<unknown> {
    const lun = fc.record({ osLun: UINT32, targetLun: fc.oneof(anyHalf(), fc.constantFrom('100', '0', 'FF')) });
    return some(
      {
        initiatorName: this.#upTo(255),
        targetName: this.#upTo(223),
        osDeviceName: this.#upTo(259),
        sessionId: anyId(),
      },
      { osBusNumber: UINT32, osTargetNumber: UINT32, lunList: fc.array(lun, { maxLength: 5 }) },
    );
  }
}

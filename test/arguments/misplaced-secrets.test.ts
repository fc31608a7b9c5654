import { inspect } from 'node:util';
import * as iscsidsc from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { KeptLibrary } from './kept-library.js';
import { everythingOf, SECRET, SECRET_BYTES, shows } from './secret.js';

const NAME = 'iqn.2003-01.org.example:disk1';
const ID = 'ffffe00112345010-4000013700000000';
const PORTAL = '10.0.0.10';

class Credentials {
  password = SECRET;
  [inspect.custom](): string {
    return this.password;
  }
}

/** Values that hold the secret and are not what a secret must be. */
const HOLDERS: Readonly<Record<string, unknown>> = {
  'a list': ['user', SECRET],
  'an object': { password: SECRET },
  'an object in an object': { password: { secret: SECRET } },
  'a symbol': Symbol(SECRET),
  'a function': Object.assign(() => SECRET, { secret: SECRET }),
  'a text that is an object': new String(SECRET),
  'an error': new Error(SECRET),
  'a map': new Map([['secret', SECRET]]),
  'an array of numbers': [...SECRET_BYTES],
  'wider numbers': Uint16Array.from(SECRET_BYTES),
  'a DataView': new DataView(Uint8Array.from(SECRET_BYTES).buffer),
  'an ArrayBuffer': Uint8Array.from(SECRET_BYTES).buffer,
  'what shows itself': new Credentials(),
  'a proxy': new Proxy({ secret: SECRET }, {}),
  'text that is not ASCII': `${SECRET}-ü`,
  'a promise': Promise.resolve(SECRET),
};

const unlessText = Object.entries(HOLDERS).filter(([, value]) => typeof value !== 'string');

/** Where a program may put a secret that has no place there. Text has a place as a name. */
const PLACES: Readonly<Record<string, (value: unknown) => [name: keyof typeof iscsidsc, ...args: unknown[]]>> = {
  'loginIScsiTarget: password': password => ['loginIScsiTarget', NAME, { loginOptions: { password } }],
  'loginIScsiTarget: username': username => ['loginIScsiTarget', NAME, { loginOptions: { username } }],
  'loginIScsiTarget: key': key => ['loginIScsiTarget', NAME, { key }],
  'loginIScsiTarget: loginOptions': loginOptions => ['loginIScsiTarget', NAME, { loginOptions }],
  'loginIScsiTarget: options': options => ['loginIScsiTarget', NAME, options],
  'addIScsiConnection: password': password => [
    'addIScsiConnection',
    ID,
    { targetPortal: PORTAL, loginOptions: { password } },
  ],
  'addIScsiConnection: key': key => ['addIScsiConnection', ID, { targetPortal: PORTAL, key }],
  'addIScsiConnection: options': options => ['addIScsiConnection', ID, options],
  'addIScsiSendTargetPortal: password': password => [
    'addIScsiSendTargetPortal',
    PORTAL,
    { loginOptions: { password } },
  ],
  'addIScsiSendTargetPortal: loginOptions': loginOptions => ['addIScsiSendTargetPortal', PORTAL, { loginOptions }],
  'addIScsiSendTargetPortal: options': options => ['addIScsiSendTargetPortal', PORTAL, options],
  'addIScsiSendTargetPortal: loginOptions of the portal': loginOptions => [
    'addIScsiSendTargetPortal',
    { address: PORTAL, loginOptions },
  ],
  'addIScsiSendTargetPortal: a portal without an address': loginOptions => [
    'addIScsiSendTargetPortal',
    { address: '', loginOptions },
  ],
  'addIScsiStaticTarget: password': password => ['addIScsiStaticTarget', NAME, { loginOptions: { password } }],
  'addIScsiStaticTarget: loginOptions': loginOptions => ['addIScsiStaticTarget', NAME, { loginOptions }],
  'addIScsiStaticTarget: options': options => ['addIScsiStaticTarget', NAME, options],
  'removeIScsiPersistentTarget: loginOptions': loginOptions => ['removeIScsiPersistentTarget', NAME, { loginOptions }],
  'removeIScsiPersistentTarget: options': options => ['removeIScsiPersistentTarget', NAME, options],
  'setIScsiInitiatorCHAPSharedSecret: secret': secret => ['setIScsiInitiatorCHAPSharedSecret', secret, {}],
  'setIScsiInitiatorCHAPSharedSecret: options': options => ['setIScsiInitiatorCHAPSharedSecret', 'other', options],
  'setIScsiInitiatorRADIUSSharedSecret: secret': secret => ['setIScsiInitiatorRADIUSSharedSecret', secret, {}],
  'setIScsiGroupPresharedKey: key': key => ['setIScsiGroupPresharedKey', key, {}],
  'setIScsiGroupPresharedKey: options': options => ['setIScsiGroupPresharedKey', 'other', options],
  'setIScsiIKEInfo: key': key => ['setIScsiIKEInfo', { idType: 'ipv4', id: '10.0.0.10', key }, {}],
  'setIScsiIKEInfo: id': id => ['setIScsiIKEInfo', { idType: 'ipv4', id, key: '10.0.0.10' }, {}],
  'setIScsiIKEInfo: the info': info => ['setIScsiIKEInfo', info, {}],
  'setIScsiIKEInfo: options': options => ['setIScsiIKEInfo', { idType: 'ipv4', id: '10.0.0.10' }, options],
  'getIScsiIKEInfo: id': id => ['getIScsiIKEInfo', { idType: 'ipv4', id }, {}],
};
const OBJECT_PLACES: typeof PLACES = {
  'loginIScsiTarget: the name': name => ['loginIScsiTarget', name],
  'loginIScsiTarget: the name, and another one': name => ['loginIScsiTarget', name, { targetName: NAME }],
  'loginIScsiTarget: the other name': targetName => ['loginIScsiTarget', NAME, { targetName }],
  'loginIScsiTarget: the portal': targetPortal => ['loginIScsiTarget', NAME, { targetPortal }],
  'loginIScsiTarget: mappings': mappings => ['loginIScsiTarget', NAME, { mappings }],
  'loginIScsiTarget: authType': authType => ['loginIScsiTarget', NAME, { loginOptions: { authType } }],
  'loginIScsiTarget: loginFlags': loginFlags => ['loginIScsiTarget', NAME, { loginOptions: { loginFlags } }],
  'loginIScsiTarget: securityFlags': securityFlags => ['loginIScsiTarget', NAME, { securityFlags }],
  'loginIScsiTarget: signal': signal => ['loginIScsiTarget', NAME, { signal }],
  'addIScsiConnection: the id': id => ['addIScsiConnection', id, { targetPortal: PORTAL }],
  'addIScsiSendTargetPortal: the portal': portal => ['addIScsiSendTargetPortal', portal],
  'addIScsiSendTargetPortal: the address': address => ['addIScsiSendTargetPortal', { address }],
  'addIScsiStaticTarget: the portals': portalGroup => ['addIScsiStaticTarget', NAME, { portalGroup: [portalGroup] }],
  'setIScsiIKEInfo: idType': idType => ['setIScsiIKEInfo', { idType, id: '10.0.0.10' }, {}],
  'setIScsiIKEInfo: securityFlags': securityFlags => [
    'setIScsiIKEInfo',
    { idType: 'ipv4', id: '10.0.0.10', securityFlags },
    {},
  ],
  'getIScsiIKEInfo: the identity': identity => ['getIScsiIKEInfo', identity, {}],
  'setIScsiTunnelModeOuterAddress: an address': destinationAddress => [
    'setIScsiTunnelModeOuterAddress',
    { destinationAddress },
    {},
  ],
  'addISNSServer: the address': address => ['addISNSServer', address],
  'setIScsiInitiatorNodeName: the name': name => ['setIScsiInitiatorNodeName', name],
  'sendScsiInquiry: the LUN': lun => ['sendScsiInquiry', ID, lun, {}],
  'getIScsiTargetInformation: the class': infoClass => ['getIScsiTargetInformation', NAME, infoClass, {}],
};

const functions = iscsidsc as unknown as Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>;

async function outcome(args: readonly unknown[], name: keyof typeof iscsidsc): Promise<unknown> {
  const library = new KeptLibrary(() => 5);
  const last = args.at(-1);
  const isOptions = args.length > 1 && Object.getPrototypeOf(Object(last)) === Object.prototype;
  const all = isOptions ? [...args.slice(0, -1), { ...(last as object), library }] : [...args, { library }];
  const call = functions[name];
  const error = await (async () => call?.(...(isOptions || args.length === 1 ? all : args)))().catch(thrown => thrown);
  return { error, calls: library.calls.length };
}

describe.each([
  ...Object.entries(PLACES).flatMap(place => Object.entries(HOLDERS).map(holder => [...place, ...holder] as const)),
  ...Object.entries(OBJECT_PLACES).flatMap(place => unlessText.map(holder => [...place, ...holder] as const)),
])('a secret in %s', (_, place, holder, value) => {
  it(`is not shown: ${holder}`, async () => {
    const [name, ...args] = place(value);
    const { error, calls } = (await outcome(args, name)) as { error: Error; calls: number };
    // Objects without members, such as a Map, are taken for empty ones: there is a call, or no DLL to call.
    const codes = ['ERR_ISCSIDSC_INVALID_ARGUMENT', 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM'];
    if (calls === 0) expect(codes).toContain((error as { code?: unknown }).code);
    expect(shows(everythingOf(error))).toBe(false);
  });
});

describe('a getter that throws', () => {
  it.each(['password', 'username', 'authType'])(
    'ends the call with what it throws, and nothing else: %s',
    async name => {
      const library = new KeptLibrary();
      const thrown = new TypeError('of the getter');
      const loginOptions = Object.defineProperty({ password: SECRET }, name, {
        enumerable: true,
        get: () => {
          throw thrown;
        },
      });
      await expect(iscsidsc.loginIScsiTarget(NAME, { library, loginOptions })).rejects.toBe(thrown);
      expect(library.calls).toEqual([]);
    },
  );
});

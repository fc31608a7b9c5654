import type { CallRecord } from '../windows/records.js';
import {
  type AnyCall,
  type Made,
  type NativeCall,
  type Options,
  or,
  orNull,
  type Parameters,
} from './expected-call.js';
import { MACHINE } from './expected-machine-record.js';
import {
  addressedPortal,
  loginOptions,
  mappings,
  portal,
  portalGroup,
  reportedPortal,
  SECURITY_FLAGS,
  TARGET_FLAGS,
} from './expected-structs.js';
import {
  boolean,
  type Characters,
  flags,
  id,
  members,
  octets,
  Refused,
  refuse,
  text,
  whole,
} from './expected-values.js';

const ANY_PORT = 0xffff_ffff;
// Exports without text.
const ONE_FORM =
  /^(RemoveIScsiConnection|SendScsi.*|.*SharedSecret|SetIScsiGroupPresharedKey|Setup.*|ClearPersistentIScsiDevices)$/;
const MOST_NAME = 223;
const OPTIONS = ['charset', 'library', 'onWarning', 'signal', 'timeoutMs'];
const SYNC_OPTIONS = ['charset', 'library', 'onWarning'];
const INITIATOR = ['initiatorInstance', 'initiatorPortNumber'];
const LOGIN = ['loginOptions', 'securityFlags'];
const INFO_CLASSES = [
  'protocolType',
  'targetAlias',
  'discoveryMechanisms',
  'portalGroups',
  'persistentTargetMappings',
  'initiatorName',
  'targetFlags',
  'loginOptions',
];

/**
 * The native calls of a call that succeeds, the sizes of replies as NaN; or null where the call must be refused before
 * any of them. Written from the documentation, and without anything of src.
 */
export function expectedRecords(call: AnyCall, ansi: Characters, wide: Characters): CallRecord[] | null {
  try {
    const isSync = call.name.endsWith('Sync');
    const made = MADE[isSync ? call.name.slice(0, -4) : call.name];
    if (made === undefined) throw new Error(call.name);
    const { own, exports } = made;
    const given = call.args[made.positional];
    const options = given === undefined ? {} : members(given, [...(isSync ? SYNC_OPTIONS : OPTIONS), ...own]);
    const { charset = 'unicode' } = options;
    if (charset !== 'unicode' && charset !== 'ansi') return refuse();
    const [form, characters] = charset === 'ansi' ? ['A', ansi] : ['W', wide];
    return exports(call.args, options, characters as Characters).map(([name, parameters]) => ({
      export: ONE_FORM.test(name) ? name : `${name}${form}`,
      parameters,
    }));
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

const LIST: NativeCall = ['ReportIScsiSendTargetPortals', { PortalCount: Number.NaN, PortalInfo: 'memory' }];

const MADE: Readonly<Record<string, Made>> = {
  ...MACHINE,
  addIScsiSendTargetPortal: {
    positional: 1,
    own: [...INITIATOR, ...LOGIN, 'rollback'],
    exports: ([given], options, characters) => {
      const { Portal, ...initiator } = sendTargetPortal(given, options, characters, portal);
      const reported = typeof given === 'string' ? {} : (given as Options);
      checkLoginOptions(reported.loginOptions);
      checkFlags(reported.securityFlags);
      const settings = {
        loginOptions: options.loginOptions ?? reported.loginOptions,
        securityFlags: options.securityFlags ?? reported.securityFlags,
      };
      const add: NativeCall = ['AddIScsiSendTargetPortal', { ...initiator, ...login(settings, options), Portal }];
      return or(options.rollback, false, boolean) ? [LIST, add] : [add];
    },
  },
  removeIScsiSendTargetPortal: {
    positional: 1,
    own: INITIATOR,
    exports: ([given], options, characters) => [
      ['RemoveIScsiSendTargetPortal', sendTargetPortal(given, options, characters)],
    ],
  },
  refreshIScsiSendTargetPortal: {
    positional: 1,
    own: INITIATOR,
    exports: ([given], options, characters) => [
      ['RefreshIScsiSendTargetPortal', sendTargetPortal(given, options, characters)],
    ],
  },
  reportIScsiSendTargetPortals: { positional: 0, own: [], exports: () => [LIST] },
  reportIScsiSendTargetPortalsEx: {
    positional: 0,
    own: [],
    exports: () => [
      ['ReportIScsiSendTargetPortalsEx', { PortalCount: Number.NaN, PortalInfoSize: Number.NaN, PortalInfo: 'memory' }],
    ],
  },
  reportIScsiTargets: {
    positional: 0,
    own: ['forceUpdate'],
    exports: (_, { forceUpdate }) => [
      [
        'ReportIScsiTargets',
        { ForceUpdate: or(forceUpdate, false, boolean) ? 1 : 0, BufferSize: Number.NaN, Buffer: 'memory' },
      ],
    ],
  },
  getIScsiTargetInformation: {
    positional: 2,
    own: ['discoveryMechanism'],
    exports: ([name, infoClass, ...rest], { discoveryMechanism }, characters) => {
      void rest;
      const number = typeof infoClass === 'string' ? INFO_CLASSES.indexOf(infoClass) : -1;
      if (number < 0 || (discoveryMechanism === undefined && infoClass !== 'discoveryMechanisms')) return refuse();
      return [
        [
          'GetIScsiTargetInformation',
          {
            TargetName: targetName(name, characters),
            DiscoveryMechanism: or(discoveryMechanism, null, value => text(value, characters, 1023)),
            InfoClass: number,
            BufferSize: Number.NaN,
            Buffer: 'memory',
          },
        ],
      ];
    },
  },
  reportIScsiTargetPortals: {
    positional: 1,
    own: ['initiatorName', 'targetPortalTag'],
    exports: ([name], { initiatorName, targetPortalTag }, characters) => [
      [
        'ReportIScsiTargetPortals',
        {
          InitiatorName: orNull(initiatorName, value => text(value, characters, 255)),
          TargetName: targetName(name, characters),
          TargetPortalTag: or(targetPortalTag, null, value => whole(value, 0xffff)),
          ElementCount: Number.NaN,
          Portals: 'memory',
        },
      ],
    ],
  },
  addIScsiStaticTarget: {
    positional: 1,
    own: ['targetAlias', 'targetFlags', 'persist', 'mappings', 'loginOptions', 'portalGroup'],
    exports: ([name], options, characters) => [
      [
        'AddIScsiStaticTarget',
        {
          TargetName: targetName(name, characters),
          TargetAlias: orNull(options.targetAlias, value => text(value, characters, 255)),
          TargetFlags: Number(or(options.targetFlags, 0n, value => flags(value, TARGET_FLAGS, 32))),
          Persist: or(options.persist, false, boolean) ? 1 : 0,
          Mappings: orNull(options.mappings, value => mappings(value, characters)),
          LoginOptions: orNull(options.loginOptions, loginOptions),
          PortalGroup: or(options.portalGroup, null, value => portalGroup(value, characters)),
        },
      ],
    ],
  },
  removeIScsiStaticTarget: {
    positional: 1,
    own: [],
    exports: ([name], _, characters) => [['RemoveIScsiStaticTarget', { TargetName: targetName(name, characters) }]],
  },
  loginIScsiTarget: {
    positional: 1,
    own: [
      ...INITIATOR,
      ...LOGIN,
      'isInformationalSession',
      'targetPortal',
      'mappings',
      'key',
      'isPersistent',
      'targetName',
    ],
    exports: ([name, ...rest], options, characters) => {
      void rest;
      if (options.targetName !== undefined && !isSame(options.targetName, name)) return refuse();
      return [
        [
          'LoginIScsiTarget',
          {
            TargetName: targetName(name, characters),
            IsInformationalSession: or(options.isInformationalSession, false, boolean) ? 1 : 0,
            ...initiatorPort(options, characters),
            TargetPortal: orNull(options.targetPortal, value => portal(value, characters)),
            ...login(options, options),
            Mappings: orNull(options.mappings, value => mappings(value, characters)),
            ...key(options.key),
            IsPersistent: or(options.isPersistent, false, boolean) ? 1 : 0,
            UniqueSessionId: 'memory',
            UniqueConnectionId: 'memory',
          },
        ],
      ];
    },
  },
  addIScsiConnection: {
    positional: 1,
    own: [...LOGIN, 'targetPortal', 'initiatorPortNumber', 'key'],
    exports: ([session], options, characters) => [
      [
        'AddIScsiConnection',
        {
          UniqueSessionId: id(session),
          Reserved: null,
          InitiatorPortNumber: or(options.initiatorPortNumber, ANY_PORT, value => whole(value, ANY_PORT)),
          TargetPortal: addressedPortal(options.targetPortal, characters),
          ...login(options, options),
          ...key(options.key),
          ConnectionId: 'memory',
        },
      ],
    ],
  },
  removeIScsiConnection: {
    positional: 2,
    own: [],
    exports: ([session, connection]) => [
      ['RemoveIScsiConnection', { UniqueSessionId: id(session), ConnectionId: id(connection) }],
    ],
  },
  reportIScsiPersistentLogins: {
    positional: 0,
    own: [],
    exports: () => [
      [
        'ReportIScsiPersistentLogins',
        { Count: Number.NaN, PersistentLoginInfo: 'memory', BufferSizeInBytes: Number.NaN },
      ],
    ],
  },
  removeIScsiPersistentTarget: {
    positional: 1,
    own: [
      ...INITIATOR,
      'targetPortal',
      'targetName',
      'isInformationalSession',
      'securityFlags',
      'mappings',
      'loginOptions',
    ],
    exports: ([name], options, characters) => {
      if (options.targetName !== undefined && !isSame(options.targetName, name)) return refuse();
      // These take no part: they are there in what is reported.
      or(options.isInformationalSession, false, boolean);
      checkLoginOptions(options.loginOptions);
      if (options.securityFlags !== undefined && !Array.isArray(options.securityFlags)) return refuse();
      if (options.mappings !== undefined && typeof options.mappings !== 'object') return refuse();
      return [
        [
          'RemoveIScsiPersistentTarget',
          {
            InitiatorInstance: orNull(options.initiatorInstance, value => text(value, characters, 255)),
            InitiatorPortNumber: or(options.initiatorPortNumber, ANY_PORT, value => whole(value, ANY_PORT)),
            TargetName: targetName(name, characters),
            Portal: orNull(options.targetPortal, value => reportedPortal(value, characters)),
          },
        ],
      ];
    },
  },
};

function targetName(value: unknown, characters: Characters): string {
  return value === '' ? refuse() : text(value, characters, MOST_NAME);
}

function initiatorPort(options: Options, characters: Characters): Parameters {
  const instance = orNull(options.initiatorInstance, value => text(value, characters, 255));
  const port = or(options.initiatorPortNumber, ANY_PORT, value => whole(value, ANY_PORT));
  // A number of a port says nothing without the instance whose port it is.
  if (port !== ANY_PORT && instance === null) return refuse();
  return { InitiatorInstance: instance, InitiatorPortNumber: port };
}

/** A portal that is reported has the initiator with it, which the options replace. */
function sendTargetPortal(
  given: unknown,
  options: Options,
  characters: Characters,
  make: typeof portal = reportedPortal,
): Parameters {
  const made = addressedPortal(given, characters, make);
  const { initiatorName, initiatorPortNumber } = typeof given === 'string' ? ({} as Options) : (given as Options);
  if (initiatorName !== undefined && typeof initiatorName !== 'string') return refuse();
  or(initiatorPortNumber, 0, value => whole(value, ANY_PORT));
  const { initiatorInstance = initiatorName, initiatorPortNumber: port = initiatorPortNumber } = options;
  return { ...initiatorPort({ initiatorInstance, initiatorPortNumber: port }, characters), Portal: made };
}

/** The names of targets are the same in any case. */
function isSame(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string' && one.toLowerCase() === other.toLowerCase();
}

function checkLoginOptions(value: unknown): void {
  if (value !== undefined && (typeof value !== 'object' || Array.isArray(value))) refuse();
}

function checkFlags(value: unknown): void {
  if (value !== undefined && !Array.isArray(value) && typeof value !== 'number' && typeof value !== 'bigint') refuse();
}

function login({ loginOptions: given, securityFlags }: Options, options: Options): Parameters {
  checkLoginOptions(options.loginOptions);
  checkFlags(options.securityFlags);
  return {
    LoginOptions: orNull(given, loginOptions),
    SecurityFlags: String(or(securityFlags, 0n, value => flags(value, SECURITY_FLAGS, 64))),
  };
}

function key(value: unknown): Parameters {
  const digits = or(value, '', octets);
  return { KeySize: digits.length / 2, Key: digits === '' ? null : digits };
}

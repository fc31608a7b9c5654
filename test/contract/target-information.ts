import { getIScsiTargetInformation, getIScsiTargetInformationSync, type TargetInformation } from 'iscsidsc';
import { exampleLoginOptions } from './examples/login-options.js';
import {
  exampleMappings,
  exampleMechanism,
  examplePortalGroups,
  exampleTargetFlags,
  exampleTargetName,
} from './examples/targets.js';
import { ARRAY_FAULTS, POINTER_FAULTS, type Report, reportContract, withFaults } from './report.js';
import type { Scenario } from './scenario.js';
import type { Arrange, Declare } from './subject.js';

type Rules<InfoClass extends keyof TargetInformation> = Pick<
  Report<TargetInformation[InfoClass]>,
  'expected' | 'scenarios' | 'many' | 'some' | 'faults'
>;

const NAMES: readonly Scenario[] = [{}, { name: 'größe-ñ-€' }, { name: 'x'.repeat(190) }, { empty: true, name: '' }];
const STORED: readonly Scenario[] = [
  {},
  ...[0, 1, 2, 3, 7, 9].map(stored => ({ stored })),
  { stored: 3, backwards: true },
  { empty: true },
];
// The numbers of portals differ, and only where one is even do the two strides.
const GROUPS: readonly Scenario[] = [0, 1, 2, 3, 5, 40].flatMap(groups => [{ groups }, { groups, sampleStride: true }]);
const LAST = { stored: 3 };

const CLASSES: { readonly [InfoClass in keyof TargetInformation]: Rules<InfoClass> } = {
  discoveryMechanisms: {
    expected: ({ portals = 1, name = 'disk', empty }) =>
      empty ? [] : Array.from({ length: portals }, (_, number) => exampleMechanism(number, name)),
    scenarios: [1, 3, 40].map(portals => ({ portals })),
    faults: [...withFaults({}, ['unterminated'], 'Buffer'), ...withFaults({}, ['size-large'], 'BufferSize')],
  },
  protocolType: {
    expected: () => 'tcp',
    scenarios: [{}],
    faults: withFaults({}, ['size-large'], 'BufferSize'),
  },
  targetAlias: {
    expected: ({ name = 'disk', empty }) => (empty ? '' : name),
    scenarios: NAMES,
    faults: [...withFaults({}, ['unterminated'], 'TargetAlias'), ...withFaults({}, ['size-large'], 'BufferSize')],
  },
  portalGroups: {
    expected: ({ groups = 1, name = 'disk', empty }) => (empty ? [] : examplePortalGroups(groups, name)),
    scenarios: [...GROUPS, { groups: 5, name: 'größe-ñ-€' }, { groups: 5, backwards: true }, { empty: true }],
    // With more bytes reported than used, their number does not tell which of the strides it is.
    many: { groups: 100, sampleStride: true },
    faults: [
      ...withFaults({ groups: 2 }, ['array-count', 'array-huge-null'], 'PortalGroups'),
      ...withFaults({ groups: 2 }, ['unterminated'], 'TargetPortal.Address'),
      ...withFaults({ groups: 2 }, ['size-large'], 'BufferSize'),
    ],
  },
  persistentTargetMappings: {
    expected: ({ stored = 0, name = 'disk' }) => exampleMappings(stored, name),
    scenarios: STORED,
    some: LAST,
    faults: [
      ...withFaults(LAST, ARRAY_FAULTS, 'Mappings.LUNList'),
      ...withFaults(LAST, ['unterminated'], 'Mappings.OSDeviceName'),
      ...withFaults(LAST, ['size-large'], 'BufferSize'),
    ],
  },
  initiatorName: {
    expected: ({ empty }) => (empty ? '' : 'ROOT\\ISCSIPRT\\0000_0'),
    scenarios: [{}, { empty: true }],
    faults: [...withFaults({}, ['unterminated'], 'InitiatorName'), ...withFaults({}, ['size-large'], 'BufferSize')],
  },
  targetFlags: {
    expected: ({ stored = 0 }) => exampleTargetFlags(stored),
    scenarios: STORED,
    faults: withFaults({}, ['size-large'], 'BufferSize'),
  },
  loginOptions: {
    expected: ({ stored }) => (stored === undefined ? null : exampleLoginOptions(stored)),
    scenarios: STORED,
    some: LAST,
    faults: [
      ...withFaults(LAST, [...POINTER_FAULTS, ...ARRAY_FAULTS], 'LoginOptions.Username'),
      ...withFaults(LAST, ['size-large'], 'BufferSize'),
    ],
  },
};

/** Rules of `getIScsiTargetInformation`. */
export function targetInformationContract(arrange: Arrange, rule: Declare): void {
  for (const infoClass of Object.keys(CLASSES) as (keyof TargetInformation)[]) {
    classContract(arrange, rule, infoClass);
  }
}

function classContract<InfoClass extends keyof TargetInformation>(
  arrange: Arrange,
  rule: Declare,
  infoClass: InfoClass,
): void {
  const which = (scenario: Scenario) => ({
    target: exampleTargetName(0, scenario.name ?? 'disk'),
    discoveryMechanism: infoClass === 'discoveryMechanisms' ? undefined : mechanismOf(scenario),
  });
  reportContract<TargetInformation[InfoClass]>(arrange, rule, {
    ...CLASSES[infoClass],
    title: `information about a target, ${infoClass}`,
    syscall: 'GetIScsiTargetInformation',
    async: (options, scenario) => {
      const { target, discoveryMechanism } = which(scenario);
      return getIScsiTargetInformation(target, infoClass, { ...options, discoveryMechanism });
    },
    sync: (options, scenario) => {
      const { target, discoveryMechanism } = which(scenario);
      return getIScsiTargetInformationSync(target, infoClass, { ...options, discoveryMechanism });
    },
  });
}

/** What is stored is stored with a static target, whose text only the simulator has. The stand-in takes any. */
function mechanismOf({ stored, groups, empty, name = 'disk' }: Scenario): string {
  const isStatic = stored !== undefined || groups === 0 || empty;
  return isStatic ? 'Static Target ' : exampleMechanism(0, name);
}

import {
  reportIScsiSendTargetPortals,
  reportIScsiSendTargetPortalsEx,
  reportIScsiSendTargetPortalsExSync,
  reportIScsiSendTargetPortalsSync,
} from 'iscsidsc';
import { exampleSendTargetPortal, exampleSendTargetPortalEx } from './examples/portals.js';
import { ARRAY_FAULTS, POINTER_FAULTS, reportContract, withFaults } from './report.js';
import type { Scenario } from './scenario.js';
import type { Arrange, Declare } from './subject.js';

// A first buffer holds 20 structs of the W form, 42 of the A form.
const MANY = 100;
const LIST: readonly Scenario[] = [
  ...[0, 1, 3, 40].map(portals => ({ portals })),
  { portals: 5, name: 'größe-ñ-€' },
  { portals: 5, backwards: true },
];
// The last of four portals has a user name.
const LAST = { portals: 4 };

/** Rules of `reportIScsiSendTargetPortals` and `reportIScsiSendTargetPortalsEx`. */
export function sendTargetPortalsContract(arrange: Arrange, rule: Declare): void {
  reportContract(arrange, rule, {
    title: 'send target portals',
    syscall: 'ReportIScsiSendTargetPortals',
    async: reportIScsiSendTargetPortals,
    sync: reportIScsiSendTargetPortalsSync,
    expected: scenario => portalsOf(scenario, exampleSendTargetPortal),
    scenarios: LIST,
    many: { portals: MANY },
    countsStructs: true,
    faults: [
      ...withFaults(LAST, ['count-large', 'count-huge-null', 'size-large'], 'PortalCount'),
      ...withFaults(LAST, ['count-unwritten', 'unterminated'], 'PortalInfo.Address'),
    ],
  });
  reportContract(arrange, rule, {
    title: 'send target portals with login options',
    syscall: 'ReportIScsiSendTargetPortalsEx',
    async: reportIScsiSendTargetPortalsEx,
    sync: reportIScsiSendTargetPortalsExSync,
    expected: scenario => portalsOf(scenario, exampleSendTargetPortalEx),
    scenarios: LIST,
    many: { portals: MANY },
    faults: [
      ...withFaults(LAST, [...POINTER_FAULTS, ...ARRAY_FAULTS], 'LoginOptions.Username'),
      ...withFaults(LAST, ['count-large', 'count-huge-null'], 'PortalCount'),
      ...withFaults(LAST, ['count-unwritten', 'unterminated'], 'PortalInfo.Address'),
      ...withFaults(LAST, ['size-large'], 'PortalInfoSize'),
    ],
  });
}

function portalsOf<Portal>(
  { portals = 1, name = 'disk' }: Scenario,
  example: (number: number, name: string) => Portal,
) {
  return Array.from({ length: portals }, (_, number) => example(number, name));
}

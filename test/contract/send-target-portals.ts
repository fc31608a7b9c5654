import assert from 'node:assert/strict';
import {
  reportIScsiSendTargetPortals,
  reportIScsiSendTargetPortalsEx,
  reportIScsiSendTargetPortalsExSync,
  reportIScsiSendTargetPortalsSync,
} from 'iscsidsc';
import { structs } from 'iscsidsc/raw';
import { exampleSendTargetPortal, exampleSendTargetPortalEx } from './examples/portals.js';
import { ARRAY_FAULTS, POINTER_FAULTS, reportContract, withFaults } from './report.js';
import type { Scenario } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { WAYS } from './ways.js';

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

  for (const { name, form, call } of WAYS) {
    rule(`send target portals: user names lie one behind the other, and passwords nowhere (${name})`, async () => {
      const library = arrange({ portals: 8 });
      const { size: structSize, members } = structs[`ISCSI_TARGET_PORTAL_INFO_EX${form}`];
      const options = members?.LoginOptions?.offset ?? Number.NaN;
      const { InformationSpecified, PasswordLength, Password } = structs.ISCSI_LOGIN_OPTIONS.members ?? {};
      library.onReturned = (_, [count, size, buffer]) => {
        const bytes = buffer as Buffer;
        const portals = portalsOf({ portals: 8 }, exampleSendTargetPortalEx);
        const usernames = portals.map(({ loginOptions: { username = '' } }) => username.length);
        assert.deepEqual(count, Uint32Array.of(8));
        assert.deepEqual(size, Uint32Array.of(8 * structSize + usernames.reduce((sum, length) => sum + length)));
        for (let at = options; at < 8 * structSize; at += structSize) {
          assert.equal(bytes.readUInt32LE(at + (InformationSpecified?.offset ?? Number.NaN)) & 0x40, 0);
          assert.equal(bytes.readUInt32LE(at + (PasswordLength?.offset ?? Number.NaN)), 0);
          assert.equal(bytes.readUInt32LE(at + (Password?.offset ?? Number.NaN)), 0);
        }
      };
      const list = await call(reportIScsiSendTargetPortalsEx, reportIScsiSendTargetPortalsExSync, { library });
      assert.equal(list.length, 8);
    });
  }
}

function portalsOf<Portal>(
  { portals = 1, name = 'disk' }: Scenario,
  example: (number: number, name: string) => Portal,
) {
  return Array.from({ length: portals }, (_, number) => example(number, name));
}

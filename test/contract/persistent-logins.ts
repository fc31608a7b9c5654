import { type PersistentLogin, reportIScsiPersistentLogins, reportIScsiPersistentLoginsSync } from 'iscsidsc';
import { examplePersistentLogin } from './examples/persistent-logins.js';
import { ARRAY_FAULTS, POINTER_FAULTS, reportContract, withFaults } from './report.js';
import type { Scenario } from './scenario.js';
import type { Arrange, Declare } from './subject.js';

// A first buffer holds 15 structs of the W form, 30 of the A form.
const MANY = { logins: 100 };
// The last of two logins has mappings and no user name, the last of three a user name and no mappings.
const WITH_MAPPINGS = { logins: 2 };
const WITH_USERNAME = { logins: 3 };

/** Rules of `reportIScsiPersistentLogins`. */
export function persistentLoginsContract(arrange: Arrange, rule: Declare): void {
  reportContract(arrange, rule, {
    title: 'persistent logins',
    syscall: 'ReportIScsiPersistentLogins',
    async: reportIScsiPersistentLogins,
    sync: reportIScsiPersistentLoginsSync,
    expected: persistentLoginsOf,
    scenarios: [
      ...[0, 1, 3, 40].map(logins => ({ logins })),
      { logins: 5, name: 'größe-ñ-€' },
      { logins: 5, backwards: true },
      { logins: 0, emptyNeedsNothing: true },
      { logins: 0, emptyNeedsNothing: true, insufficient: 0x8007007a },
    ],
    many: MANY,
    faults: [
      ...withFaults(WITH_MAPPINGS, POINTER_FAULTS, 'PersistentLoginInfo.Mappings'),
      ...withFaults(WITH_MAPPINGS, ARRAY_FAULTS, 'Mappings.LUNList'),
      ...withFaults(WITH_USERNAME, [...POINTER_FAULTS, ...ARRAY_FAULTS], 'LoginOptions.Username'),
      ...withFaults({ logins: 4 }, ['count-large', 'count-huge-null'], 'Count'),
      ...withFaults({ logins: 4 }, ['count-unwritten'], 'PersistentLoginInfo.TargetName'),
      ...withFaults({ logins: 4 }, ['unterminated'], 'TargetPortal.Address'),
      ...withFaults({ logins: 4 }, ['size-large'], 'BufferSizeInBytes'),
    ],
  });
}

function persistentLoginsOf({ logins = 1, name = 'disk' }: Scenario): PersistentLogin[] {
  return Array.from({ length: logins }, (_, number) => examplePersistentLogin(number, name));
}

import assert from 'node:assert/strict';
import {
  reportIScsiTargetPortals,
  reportIScsiTargetPortalsSync,
  reportIScsiTargets,
  reportIScsiTargetsSync,
  type TargetPortal,
} from 'iscsidsc';
import { examplePortal } from './examples/portals.js';
import { exampleTargetName } from './examples/targets.js';
import { reportContract, withFaults } from './report.js';
import type { Scenario } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { WAYS } from './ways.js';

// No first buffer holds the names.
const MANY = { targets: 200, name: 'x'.repeat(190) };
// A first buffer holds 31 structs of the W form, 63 of the A form.
const MANY_PORTALS = 100;
const TARGET = exampleTargetName(0, 'disk');

/** Rules of `reportIScsiTargets` and `reportIScsiTargetPortals`. */
export function targetsContract(arrange: Arrange, rule: Declare): void {
  reportContract(arrange, rule, {
    title: 'targets',
    syscall: 'ReportIScsiTargets',
    async: reportIScsiTargets,
    sync: reportIScsiTargetsSync,
    expected: targetNamesOf,
    scenarios: [
      ...[0, 1, 3, 40].map(targets => ({ targets })),
      { targets: 3, name: 'größe-ñ-€' },
      { targets: 3, name: 'x'.repeat(190) },
    ],
    many: MANY,
    faults: [
      [{ fault: 'unterminated' }, 'Buffer'],
      [{ fault: 'size-large' }, 'BufferSize'],
    ],
  });
  reportContract(arrange, rule, {
    title: 'target portals',
    syscall: 'ReportIScsiTargetPortals',
    async: options => reportIScsiTargetPortals(TARGET, options),
    sync: options => reportIScsiTargetPortalsSync(TARGET, options),
    expected: targetPortalsOf,
    scenarios: [...[0, 1, 3, 40].map(targetPortals => ({ targetPortals })), { targetPortals: 5, backwards: true }],
    many: { targetPortals: MANY_PORTALS },
    countsStructs: true,
    faults: [
      ...withFaults({ targetPortals: 3 }, ['count-large', 'count-huge-null', 'size-large'], 'ElementCount'),
      ...withFaults({ targetPortals: 3 }, ['count-unwritten', 'unterminated'], 'Portals.Address'),
    ],
  });

  for (const { name, form, call } of WAYS) {
    for (const [forceUpdate, expected] of [
      [true, [1, 0]],
      [false, [0, 0]],
      [undefined, [0, 0]],
    ] as const) {
      const text = `forceUpdate: ${forceUpdate} forces on ${forceUpdate ? 'the first native call alone' : 'no native call'}`;
      rule(`targets: ${text} (${name})`, async () => {
        const library = arrange(MANY);
        const forced: unknown[] = [];
        library.onReturned = (syscall, [force]) => {
          assert.equal(syscall, `ReportIScsiTargets${form}`);
          forced.push(force);
        };
        const targets = await call(
          options => reportIScsiTargets({ ...options, forceUpdate }),
          options => reportIScsiTargetsSync({ ...options, forceUpdate }),
          { library },
        );
        assert.deepEqual(targets, targetNamesOf(MANY));
        assert.deepEqual(forced, expected);
      });
    }
  }
}

function targetNamesOf({ targets = 2, name = 'disk' }: Scenario): string[] {
  return Array.from({ length: targets }, (_, number) => exampleTargetName(number, name));
}

function targetPortalsOf({ targetPortals = 1, name = 'disk' }: Scenario): TargetPortal[] {
  return Array.from({ length: targetPortals }, (_, number) => examplePortal(number, name));
}

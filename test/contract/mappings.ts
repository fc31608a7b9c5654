import assert from 'node:assert/strict';
import {
  reportActiveIScsiTargetMappings,
  reportActiveIScsiTargetMappingsSync,
  type SyncOptions,
  type TargetMapping,
} from 'iscsidsc';
import type { Fault } from 'iscsidsc/simulator';
import { guardedEqual, guardedErrorOf } from './outcome.js';
import { type Scenario, sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { WAYS } from './ways.js';

const FAULTS: readonly (readonly [Fault, string])[] = [
  ['array-low', 'Mappings.LUNList'],
  ['array-null', 'Mappings.LUNList'],
  ['array-huge-null', 'Mappings.LUNList'],
  ['array-count', 'Mappings.LUNList'],
  ['array-overrun', 'Mappings.LUNList'],
  ['count-large', 'MappingCount'],
  ['count-huge-null', 'MappingCount'],
  ['count-unwritten', 'Mappings.TargetName'],
  ['unterminated', 'Mappings.OSDeviceName'],
  ['size-large', 'BufferSize'],
];

/** What `reportActiveIScsiTargetMappings` promises. */
export function mappingsContract(arrange: Arrange, rule: Declare): void {
  for (const { name, form, call } of WAYS) {
    const list = (options: SyncOptions) =>
      call(reportActiveIScsiTargetMappings, reportActiveIScsiTargetMappingsSync, options);
    const given = (text: string, check: () => Promise<void>) => rule(`mappings: ${text} (${name})`, check);

    for (const scenario of [{ sessions: 0 }, { sessions: 3, devices: 3 }, { sessions: 100 }, { devices: 0 }]) {
      given(`they are returned unchanged: ${JSON.stringify(scenario)}`, () =>
        guardedEqual(() => list({ library: arrange(scenario) }), mappingsOf(scenario)),
      );
    }
    for (const [fault, member] of FAULTS) {
      given(`a faulty reply is an error: ${fault}`, async () => {
        const error = await guardedErrorOf(() => list({ library: arrange({ sessions: 4, fault }) }));
        assert.deepEqual([error.code, error.member], ['ERR_ISCSIDSC_MALFORMED_REPLY', member]);
        assert.equal(error.syscall, `ReportActiveIScsiTargetMappings${form}`);
      });
    }
  }
}

function mappingsOf(scenario: Scenario): TargetMapping[] {
  return sessionsOf(scenario).map(({ sessionId, targetName }, index) => ({
    initiatorName: 'ROOT\\ISCSIPRT\\0000_0',
    targetName: targetName ?? '',
    osDeviceName: '\\\\.\\Scsi3:',
    sessionId,
    osBusNumber: 0,
    osTargetNumber: index,
    lunList: Array.from({ length: scenario.devices ?? 1 }, (_, lun) => ({
      osLun: lun,
      targetLun: (lun * 256).toString(16),
    })),
  }));
}

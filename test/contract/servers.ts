import {
  reportISNSServerList,
  reportISNSServerListSync,
  reportPersistentIScsiDevices,
  reportPersistentIScsiDevicesSync,
  reportRadiusServerList,
  reportRadiusServerListSync,
} from 'iscsidsc';
import { exampleIsnsServer, exampleRadiusServer, exampleVolume } from './examples/servers.js';
import { reportContract } from './report.js';
import type { Arrange, Declare } from './subject.js';

// No first buffer holds the names.
const MANY = { isnsServers: 200, name: 'x'.repeat(190) };
const MANY_RADIUS = { radiusServers: 3000 };

const FAULTS = [
  [{ fault: 'unterminated' }, 'Buffer'],
  [{ fault: 'size-large' }, 'BufferSizeInChar'],
] as const;

/** Rules of the lists of iSNS servers, RADIUS servers and persistent devices. */
export function serversContract(arrange: Arrange, rule: Declare): void {
  reportContract(arrange, rule, {
    title: 'iSNS servers',
    syscall: 'ReportISNSServerList',
    async: reportISNSServerList,
    sync: reportISNSServerListSync,
    expected: ({ isnsServers = 1, name = 'disk' }) => count(isnsServers, number => exampleIsnsServer(number, name)),
    scenarios: [
      ...[0, 1, 3, 40].map(isnsServers => ({ isnsServers })),
      { isnsServers: 3, name: 'größe-ñ-€' },
      { isnsServers: 3, name: 'x'.repeat(190) },
    ],
    many: MANY,
    faults: FAULTS,
  });
  reportContract(arrange, rule, {
    title: 'RADIUS servers',
    syscall: 'ReportRadiusServerList',
    async: reportRadiusServerList,
    sync: reportRadiusServerListSync,
    expected: ({ radiusServers = 1 }) => count(radiusServers, exampleRadiusServer),
    scenarios: [0, 1, 3, 40].map(radiusServers => ({ radiusServers })),
    many: MANY_RADIUS,
    faults: FAULTS,
  });
  reportContract(arrange, rule, {
    title: 'persistent devices',
    syscall: 'ReportPersistentIScsiDevices',
    async: reportPersistentIScsiDevices,
    sync: reportPersistentIScsiDevicesSync,
    expected: ({ boundDevices = 1 }) => count(boundDevices, exampleVolume),
    scenarios: [0, 1, 3, 20].map(boundDevices => ({ boundDevices })),
    some: { boundDevices: 3 },
    faults: FAULTS,
  });
}

function count(length: number, value: (number: number) => string): string[] {
  return Array.from({ length }, (_, number) => value(number));
}

import type { SessionDescription } from '../index.js';
import { CALL_OPTIONS, withCallOptions } from './call-options.js';
import { defineCommand } from './command.js';
import { deviceName, deviceType, scsiAddress } from './device-text.js';
import { printableJson } from './printable.js';
import { sessionTable } from './session-table.js';
import type { Column } from './table.js';

export const sessionsCommand = defineCommand({
  name: 'sessions',
  summary: 'List the active iSCSI sessions',
  options: { devices: { help: 'With the devices of each session' }, ...CALL_OPTIONS },
  run: (values, io) =>
    withCallOptions(values, io, async options => {
      const { describeSessions, getIScsiSessionList } = await import('../index.js');
      const described = values.devices ? await describeSessions(options) : undefined;
      const sessions = described ?? (await getIScsiSessionList(options));
      if (values.json) io.stdout.write(`${printableJson(sessions, 2)}\n`);
      else io.stdout.write(described ? sessionTable(described, io, [DEVICES]) : sessionTable(sessions, io));
    }),
});

const DEVICES: Column<SessionDescription> = {
  heading: 'DEVICES',
  beneath: true,
  values({ devices, devicesError }) {
    if (devices === null) return [`Devices not known: ${devicesError?.message}`];
    if (devices.length === 0) return ['No devices'];
    return devices.map(
      device => `${deviceName(device)}, SCSI ${scsiAddress(device.scsiAddress)}, ${deviceType(device)}`,
    );
  },
};

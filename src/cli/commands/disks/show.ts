import type { DeviceOnSession, DiskDescription, MissingPart, Volume } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { CommandError } from '../../failure.js';
import { theOnly } from '../../only.js';
import { type Field, formatDetails, type Section } from '../../terminal/details.js';
import { inUnit, sizeText } from '../../terminal/size.js';
import { DISK } from './disk-argument.js';
import { mayHang, volumeText } from './disk-text.js';

export const diskShow = defineCommand({
  name: 'disk show',
  summary: 'Show everything about one disk: its target, paths and volumes, and what the device says of itself',
  operands: {
    disk: { help: 'Its number, or a drive letter, mount point or name of a volume on it', type: DISK, required: true },
  },
  options: {},
  example: 'disk show 1',
  async run({ disk }, { iscsidsc, options }) {
    const found = await iscsidsc.findDisks(disk, options);
    const which = 'volume' in disk ? `with the volume ${disk.volume}` : String(disk.deviceNumber);
    // Only a volume can be on several.
    const name = 'volume' in disk ? `The volume ${disk.volume}` : which;
    return theOnly(found, {
      kind: 'DISK',
      none: new CommandError(
        'ERR_ISCSIDSC_DISK_NOT_FOUND',
        4,
        `No session has a disk ${which}.`,
        "'iscsidsc disks' lists the disks.",
      ),
      many: count => `${name} is on ${count} disks.`,
      hint: 'Give the number of one of them.',
      candidate(each) {
        const { deviceNumber, targetName, lun } = each;
        return { data: { deviceNumber, targetName, lun }, text: `${deviceNumber}  ${targetName}, LUN ${lun}` };
      },
    });
  },
  format: (disk, format) => formatDetails(diskDetails(disk), format),
  mayHang,
});

function diskDetails(disk: DiskDescription): Section[] {
  return [general(disk), ...paths(disk), ...(disk.volumes ?? []).map(volume)];
}

function general(disk: DiskDescription): Section {
  const { legacyName, targetName, lun, multipath, sizeBytes, vendor, product, serialNumber, volumes } = disk;
  return {
    fields: [
      ['Disk', legacyName ?? notKnown(disk.devicesError)],
      ['Target name', targetName ?? '(null)'],
      ['LUN', lun === null ? orNone(disk.lunError, 'of several levels') : String(lun)],
      ['Size', sizeBytes === null ? notKnown(disk.sizeBytesError) : sizeText(sizeBytes)],
      ['Vendor', vendor ?? notKnown(disk.inquiryError)],
      ['Product', product ?? notKnown(disk.inquiryError)],
      ['Serial number', serialNumber ?? notKnown(disk.serialNumberError)],
      ['Multipath', multipath ? 'yes' : 'no'],
      ['Paths', String(disk.sessions.length)],
      ['Volumes', volumes === null ? notKnown(disk.volumesError) : String(volumes.length)],
    ],
  };
}

function paths({ sessions, devices }: DiskDescription): Section[] {
  return sessions.map((sessionId, index) => ({
    heading: `Path through session ${sessionId}`,
    fields: deviceFields(devices?.[index]),
  }));
}

function deviceFields(device: DeviceOnSession | undefined): Field[] {
  if (device === undefined) return [];
  const { portNumber, pathId, targetId, lun } = device.scsiAddress;
  return [
    ['SCSI address', `port ${portNumber}, bus ${pathId}, target ${targetId}, LUN ${lun}`],
    ['Interface name', device.deviceInterfaceName],
  ];
}

function volume(each: Volume): Section {
  const { name, error, disks } = each;
  return {
    heading: `Volume ${volumeText(each)}`,
    fields: [
      ...(error ? [['Paths', notKnown(error)] as const] : []),
      ['Name', name],
      ...disks.map(
        ({ deviceNumber, startingOffset, length }, index): Field => [
          index === 0 ? 'Lies on' : '',
          `disk ${deviceNumber}, ${inUnit(length)} from ${inUnit(startingOffset)}`,
        ],
      ),
    ],
  };
}

function orNone(error: MissingPart | null, none: string): string {
  return error ? notKnown(error) : none;
}

function notKnown(error: MissingPart | null): string {
  return `not known: ${error?.message}`;
}

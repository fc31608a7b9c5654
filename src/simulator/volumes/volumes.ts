import type { DeviceOnSession } from '../../api/devices/device.js';
import type { DiskExtent, ListedVolume } from '../../api/volumes/volume.js';
import type { SessionInfo } from '../../codec/session-list.js';
import { digestOf } from '../digest.js';
import type { SimulatedLun } from '../network.js';
import { DEFAULT_SIZE } from '../scsi/lun-data.js';
import type { InitiatorState } from '../state.js';

/** A volume of the simulated machine. */
export interface MachineVolume extends Omit<ListedVolume, 'error'> {
  readonly inUse: boolean;
}

const FIRST_LETTER = 'D'.charCodeAt(0);
const LAST_LETTER = 'Z'.charCodeAt(0);
const MEBIBYTE = 2n ** 20n;

/** The volumes that do not come from a session: that of Windows, and a CD drive without a disc. */
const ownVolumes = (): readonly MachineVolume[] => [
  {
    name: volumeName('C'),
    paths: ['C:\\'],
    disks: [{ deviceNumber: 0, startingOffset: 128n * MEBIBYTE, length: 2n ** 36n }],
    inUse: true,
  },
  { name: volumeName('D'), paths: ['D:\\'], disks: [], inUse: false },
];

/** All volumes of the machine. A disk of several sessions has its volumes once. */
export function volumesOf(state: InitiatorState): MachineVolume[] {
  const found = new Map(ownVolumes().map(volume => [volume.name, volume]));
  for (const session of state.sessions) {
    for (const volume of volumesOnSession(state, session)) found.set(volume.name, volume);
  }
  return [...found.values()];
}

/** The volumes on the disks of a session. */
export function volumesOnSession(state: InitiatorState, session: SessionInfo): MachineVolume[] {
  const disks = (state.devicesOf(session.sessionId) ?? []).map(device => ({
    device,
    lun: lunOf(state, session, device),
  }));
  return disks.flatMap(({ device, lun }) => {
    const number = device.storageDeviceNumber.deviceNumber;
    const described = lun?.volumes ?? [{}];
    return described.flatMap((volume, index) => {
      const others = (volume.alsoOnLuns ?? []).map(each => disks.find(disk => disk.lun?.lun === each));
      // Windows has no volume of which a part is missing.
      if (others.includes(undefined)) return [];
      const name = volume.name ?? volumeName(`${ownerOf(session)}/${lun?.lun ?? `disk ${number}`}/${index}`);
      return {
        name,
        paths: [...(volume.paths ?? pathsOf(number, index))],
        inUse: volume.inUse ?? false,
        disks: [
          extentOf(number, lun, index, described.length),
          ...others.map(disk => extentOf(disk?.device.storageDeviceNumber.deviceNumber ?? 0, disk?.lun, 0, 1)),
        ],
      };
    });
  });
}

/** How many bytes a disk of a session holds; undefined for no such disk. */
export function diskSize(state: InitiatorState, number: number): bigint | undefined {
  for (const session of state.sessions) {
    const devices = state.devicesOf(session.sessionId) ?? [];
    const device = devices.find(({ storageDeviceNumber }) => storageDeviceNumber.deviceNumber === number);
    if (device) return BigInt(lunOf(state, session, device)?.sizeBytes ?? DEFAULT_SIZE);
  }
  return undefined;
}

/** The volumes in use that would lose their disk with the session. */
export function volumesHeldBy(state: InitiatorState, session: SessionInfo): MachineVolume[] {
  const elsewhere = new Set(
    state.sessions
      .filter(each => each !== session)
      .flatMap(each => state.devicesOf(each.sessionId) ?? [])
      .map(device => device.storageDeviceNumber.deviceNumber),
  );
  return volumesOnSession(state, session).filter(
    ({ inUse, disks }) => inUse && disks.some(({ deviceNumber }) => !elsewhere.has(deviceNumber)),
  );
}

function ownerOf({ targetNodeName, targetName, sessionId }: SessionInfo): string {
  return targetNodeName ?? targetName ?? sessionId;
}

/** The LUN of a disk; undefined for a disk that was set. */
function lunOf(state: InitiatorState, session: SessionInfo, device: DeviceOnSession): SimulatedLun | undefined {
  const number = device.storageDeviceNumber.deviceNumber;
  return state.table.lunsOf(session).find(({ lun }) => state.table.diskNumberOf(session, lun) === number);
}

/** Disk 1 has the drive letter E. */
function pathsOf(diskNumber: number, index: number): string[] {
  const letter = FIRST_LETTER + diskNumber;
  return index === 0 && letter <= LAST_LETTER ? [`${String.fromCharCode(letter)}:\\`] : [];
}

/** Volumes of one disk share it. */
function extentOf(deviceNumber: number, lun: SimulatedLun | undefined, index: number, count: number): DiskExtent {
  const usable = BigInt(lun?.sizeBytes ?? DEFAULT_SIZE) - 2n * MEBIBYTE;
  const length = usable > 0n ? usable / BigInt(count) : 0n;
  return { deviceNumber, startingOffset: MEBIBYTE + BigInt(index) * length, length };
}

function volumeName(seed: string): string {
  const digits = digestOf(`volume ${seed}`);
  const [, ...parts] = /^(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(digits) ?? [];
  return `\\\\?\\Volume{${parts.join('-')}}\\`;
}

/** Whether two names of a volume, drive letters or mount points are the same, with a backslash at the end or without. */
export function isSamePath(one: string, other: string): boolean {
  return one.replace(/\\$/, '').toUpperCase() === other.replace(/\\$/, '').toUpperCase();
}

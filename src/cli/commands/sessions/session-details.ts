import type {
  ConnectionInfo,
  ConnectionInfoEx,
  DeviceOnSession,
  SessionDescription,
  SessionVolume,
} from '../../../index.js';
import { formatPortal } from '../../../portal.js';
import { type Field, named, type Section } from '../../terminal/details.js';
import { volumeText } from '../disks/disk-text.js';
import { deviceName, deviceType } from './session-table.js';

/** Everything about one session. */
export function sessionDetails(session: SessionDescription): Section[] {
  return [general(session), ...connections(session), negotiated(session), ...devices(session)];
}

function general(session: SessionDescription): Section {
  return {
    fields: [
      ['Session ID', session.sessionId],
      ['State', session.state],
      ['Target node name', session.targetNodeName ?? NULL],
      ['Target name', session.targetName ?? NULL],
      ['Initiator name', session.initiatorName ?? NULL],
      ['ISID', session.isid],
      ['TSID', session.tsid],
      ['Connections', String(session.connections.length)],
      ['Devices', session.devices ? String(session.devices.length) : notKnown(session.devicesError)],
      ['Volumes', session.volumes ? volumesText(session.volumes) : notKnown(session.volumesError)],
    ],
  };
}

function volumesText(volumes: readonly SessionVolume[]): string {
  return volumes.map(volumeText).join(', ') || 'none';
}

function connections({ connections: listed, negotiated: settings }: SessionDescription): Section[] {
  const negotiatedOf = new Map(settings?.connections.map(connection => [connection.connectionId, connection]));
  const known = new Map(listed.map(connection => [connection.connectionId, connection]));
  // The two lists come from two calls: a connection can be in one of them alone.
  return [...new Set([...known.keys(), ...negotiatedOf.keys()])].map(id => ({
    heading: `Connection ${id}`,
    fields: [...connectionFields(known.get(id)), ...negotiatedFields(negotiatedOf.get(id))],
  }));
}

function connectionFields(connection: ConnectionInfo | undefined): Field[] {
  if (connection === undefined) return [];
  return [
    ['Target portal', formatPortal(connection.targetAddress, connection.targetSocket)],
    ['Initiator portal', formatPortal(connection.initiatorAddress, connection.initiatorSocket)],
    ['CID', connection.cid],
  ];
}

function negotiatedFields(connection: ConnectionInfoEx | undefined): Field[] {
  if (connection === undefined) return [];
  return [
    ['State', named(connection.state)],
    ['Protocol', named(connection.protocol)],
    ['Header digest', named(connection.headerDigest)],
    ['Data digest', named(connection.dataDigest)],
    ['Authentication', named(connection.authType)],
    ['Max receive data segment', bytes(connection.maxRecvDataSegmentLength)],
    ['Max datagram size', bytes(connection.maxDatagramSize)],
    ['Estimated throughput', String(connection.estimatedThroughput)],
  ];
}

function negotiated({ negotiated: settings, negotiatedError }: SessionDescription): Section {
  const heading = 'Negotiated';
  if (settings === null) return { heading, fields: [['Reason', notKnown(negotiatedError)]] };
  return {
    heading,
    fields: [
      ['Session type', named(settings.type)],
      ['Initial R2T', yesNo(settings.initialR2t)],
      ['Immediate data', yesNo(settings.immediateData)],
      ['Data sequence in order', yesNo(settings.dataSequenceInOrder)],
      ['Data PDU in order', yesNo(settings.dataPduInOrder)],
      ['Error recovery level', String(settings.errorRecoveryLevel)],
      ['Max outstanding R2T', String(settings.maxOutstandingR2t)],
      ['First burst length', bytes(settings.firstBurstLength)],
      ['Max burst length', bytes(settings.maxBurstLength)],
      ['Max connections', String(settings.maximumConnections)],
    ],
  };
}

function devices({ devices: list }: SessionDescription): Section[] {
  return (list ?? []).map(device => ({ heading: `Device ${deviceName(device)}`, fields: deviceFields(device) }));
}

function deviceFields(device: DeviceOnSession): Field[] {
  const { portNumber, pathId, targetId, lun } = device.scsiAddress;
  const { deviceNumber, partitionNumber } = device.storageDeviceNumber;
  return [
    ['Type', deviceType(device)],
    ['SCSI address', `port ${portNumber}, bus ${pathId}, target ${targetId}, LUN ${lun}`],
    ['Device number', numberOrNone(deviceNumber)],
    ['Partition number', numberOrNone(partitionNumber)],
    ['Interface type', device.deviceInterfaceType],
    ['Interface name', device.deviceInterfaceName],
    ['Device instance', `0x${device.deviceInstance.toString(16)}`],
    ['Target name', device.targetName],
    ['Initiator', device.initiatorName],
  ];
}

// As iscsicli prints a NULL string.
const NULL = '(null)';
const NONE = 0xffffffff;

function numberOrNone(number: number): string {
  return number === NONE ? 'none' : String(number);
}

function bytes(count: number): string {
  return `${count} bytes`;
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

function notKnown(reason: { message: string } | null): string {
  return `not known: ${reason?.message}`;
}

import type { DeviceOnSession } from '../../api/devices/device.js';
import {
  AUTH_TYPES,
  type ConnectionInfoEx,
  DIGESTS,
  type SessionInfoEx,
} from '../../api/sessions/negotiated-session.js';
import type { TargetMapping } from '../../api/targets/mapping.js';
import { wireLun } from '../../codec/lun.js';
import type { SessionInfo } from '../../codec/session-list.js';
import { INITIATOR_INSTANCE, SCSI_PORT, targetNameOf } from '../devices/examples.js';
import type { SimulatedLun } from '../network.js';

/** What a login has agreed on. */
export interface Negotiation {
  readonly type?: SessionInfoEx['type'] | undefined;
  readonly authType?: ConnectionInfoEx['authType'] | undefined;
  readonly headerDigest?: ConnectionInfoEx['headerDigest'] | undefined;
  readonly dataDigest?: ConnectionInfoEx['dataDigest'] | undefined;
}

/** What is negotiated for the session with this index: usual values, where its login does not say. */
export function exampleParameters(
  { sessionId, connections }: SessionInfo,
  index: number,
  { type = 'data', authType, headerDigest, dataDigest = 'none' }: Negotiation = {},
): SessionInfoEx {
  return {
    sessionId,
    initialR2t: false,
    immediateData: true,
    type,
    dataSequenceInOrder: true,
    dataPduInOrder: true,
    errorRecoveryLevel: 0,
    maxOutstandingR2t: 1,
    firstBurstLength: 65536,
    maxBurstLength: 262144,
    maximumConnections: Math.max(connections.length, 1),
    connections: connections.map(({ connectionId }, connection) => ({
      connectionId,
      state: 'fullFeaturePhase',
      protocol: 'tcp',
      headerDigest: headerDigest ?? DIGESTS[connection & 1] ?? 'none',
      dataDigest,
      maxRecvDataSegmentLength: 65536,
      authType: authType ?? AUTH_TYPES[index % AUTH_TYPES.length] ?? 'none',
      estimatedThroughput: 0,
      maxDatagramSize: 0,
    })),
  };
}

/** Where the session with this index and its devices are. */
export function exampleMapping(
  session: SessionInfo,
  index: number,
  { devices, luns }: { readonly devices: readonly DeviceOnSession[]; readonly luns: readonly SimulatedLun[] },
): TargetMapping {
  const targetLuns = new Map([...osLuns(luns)].map(([lun, osLun]) => [osLun, lun]));
  return {
    initiatorName: INITIATOR_INSTANCE,
    targetName: targetNameOf(session),
    osDeviceName: `\\\\.\\Scsi${SCSI_PORT}:`,
    sessionId: session.sessionId,
    osBusNumber: 0,
    osTargetNumber: index,
    lunList: devices.map(({ scsiAddress: { lun: osLun } }) => ({
      osLun,
      targetLun: wireLun(targetLuns.get(osLun) ?? osLun).toString(16),
    })),
  };
}

// A SCSI address of Windows has one byte for it.
const MOST_OS_LUN = 255;

/** The numbers that Windows gives to the LUNs of a target: their own, or a free one to a LUN whose own is too large. */
export function osLuns(luns: readonly SimulatedLun[]): ReadonlyMap<number, number> {
  const numbers = new Set(luns.map(({ lun }) => lun));
  let free = 0;
  return new Map(
    luns.map(({ lun }) => {
      if (lun <= MOST_OS_LUN) return [lun, lun];
      while (numbers.has(free)) free++;
      numbers.add(free);
      return [lun, free];
    }),
  );
}

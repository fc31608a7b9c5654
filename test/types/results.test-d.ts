import type {
  ConnectionInfo,
  ConnectionInfoEx,
  DeviceOnSession,
  MissingPart,
  Named,
  ScsiAddress,
  ScsiLun,
  SessionChange,
  SessionDescription,
  SessionInfo,
  SessionInfoEx,
  SessionState,
  StorageDeviceNumber,
  TargetMapping,
  UniqueId,
  VersionInfo,
} from 'iscsidsc';
import { expectTypeOf } from 'vitest';

expectTypeOf<SessionInfo>().toEqualTypeOf<{
  sessionId: string;
  initiatorName: string | null;
  targetNodeName: string | null;
  targetName: string | null;
  isid: string;
  tsid: string;
  connections: ConnectionInfo[];
}>();
expectTypeOf<ConnectionInfo>().toEqualTypeOf<{
  connectionId: string;
  initiatorAddress: string | null;
  targetAddress: string | null;
  initiatorSocket: number;
  targetSocket: number;
  cid: string;
}>();

expectTypeOf<Named<'a' | 'b'>>().toEqualTypeOf<'a' | 'b' | number>();
expectTypeOf<SessionInfoEx>().toEqualTypeOf<{
  sessionId: string;
  initialR2t: boolean;
  immediateData: boolean;
  type: 'discovery' | 'informational' | 'data' | 'boot' | number;
  dataSequenceInOrder: boolean;
  dataPduInOrder: boolean;
  errorRecoveryLevel: number;
  maxOutstandingR2t: number;
  firstBurstLength: number;
  maxBurstLength: number;
  maximumConnections: number;
  connections: ConnectionInfoEx[];
}>();
expectTypeOf<ConnectionInfoEx>().toEqualTypeOf<{
  connectionId: string;
  state: 'loggingIn' | 'fullFeaturePhase' | 'loggingOut' | number;
  protocol: 'tcp' | number;
  headerDigest: 'none' | 'crc32c' | number;
  dataDigest: 'none' | 'crc32c' | number;
  maxRecvDataSegmentLength: number;
  authType: 'none' | 'chap' | 'mutualChap' | number;
  estimatedThroughput: number;
  maxDatagramSize: number;
}>();

expectTypeOf<DeviceOnSession>().toEqualTypeOf<{
  initiatorName: string;
  targetName: string;
  scsiAddress: ScsiAddress;
  deviceInterfaceType: string;
  deviceInterfaceName: string;
  legacyName: string;
  storageDeviceNumber: StorageDeviceNumber;
  deviceInstance: number;
}>();
expectTypeOf<ScsiAddress>().toEqualTypeOf<{ portNumber: number; pathId: number; targetId: number; lun: number }>();
expectTypeOf<StorageDeviceNumber>().toEqualTypeOf<{
  deviceType: number;
  deviceNumber: number;
  partitionNumber: number;
}>();

expectTypeOf<TargetMapping>().toEqualTypeOf<{
  initiatorName: string;
  targetName: string;
  osDeviceName: string;
  sessionId: string;
  osBusNumber: number;
  osTargetNumber: number;
  lunList: ScsiLun[];
}>();
expectTypeOf<ScsiLun>().toEqualTypeOf<{ osLun: number; targetLun: string }>();
expectTypeOf<VersionInfo>().toEqualTypeOf<{ majorVersion: number; minorVersion: number; buildNumber: number }>();
expectTypeOf<UniqueId>().toEqualTypeOf<{ adapterUnique: bigint; adapterSpecific: bigint }>();

expectTypeOf<SessionState>().toEqualTypeOf<'connected' | 'reconnecting'>();
expectTypeOf<SessionDescription>().toExtend<SessionInfo>();
expectTypeOf<Omit<SessionDescription, keyof SessionInfo>>().toEqualTypeOf<{
  state: SessionState;
  devices: DeviceOnSession[] | null;
  devicesError: MissingPart | null;
  negotiated: SessionInfoEx | null;
  negotiatedError: MissingPart | null;
}>();
expectTypeOf<MissingPart>().toEqualTypeOf<{
  name: string;
  code: string;
  message: string;
  hint?: string;
  errno?: number;
  syscall?: string;
  member?: string;
  offset?: number;
}>();

type Change<Type extends SessionChange['type']> = Extract<SessionChange, { type: Type }>;
expectTypeOf<SessionChange['type']>().toEqualTypeOf<'added' | 'removed' | 'changed' | 'error'>();
expectTypeOf<Change<'added'>>().toEqualTypeOf<{ type: 'added'; session: SessionInfo }>();
expectTypeOf<Change<'removed'>>().toEqualTypeOf<{ type: 'removed'; session: SessionInfo }>();
expectTypeOf<Change<'changed'>>().toEqualTypeOf<{ type: 'changed'; before: SessionInfo; after: SessionInfo }>();
expectTypeOf<Change<'error'>>().toEqualTypeOf<{ type: 'error'; error: unknown }>();

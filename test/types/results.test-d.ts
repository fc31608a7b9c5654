import type {
  ConnectionInfo,
  ConnectionInfoEx,
  DeviceOnSession,
  DiskDescription,
  DiskExtent,
  FailedRound,
  IscsidscError,
  MissingPart,
  Named,
  Pending,
  ScsiAddress,
  ScsiLun,
  SessionChange,
  SessionDescription,
  SessionInfo,
  SessionInfoEx,
  SessionState,
  SessionsRound,
  SessionVolume,
  SessionWithDevices,
  StorageDeviceNumber,
  TargetMapping,
  UniqueId,
  VersionInfo,
  Volume,
  WatchRound,
} from 'iscsidsc';
import { expectTypeOf } from 'vitest';

// Each struct is described by a table that is checked against its type; here is what the kinds of fields come out as.
expectTypeOf<SessionInfo['targetName']>().toEqualTypeOf<string | null>();
expectTypeOf<SessionInfo['connections']>().toEqualTypeOf<ConnectionInfo[]>();
expectTypeOf<ConnectionInfo['targetSocket']>().toEqualTypeOf<number>();
expectTypeOf<Named<'a' | 'b'>>().toEqualTypeOf<'a' | 'b' | number>();
expectTypeOf<SessionInfoEx['type']>().toEqualTypeOf<'discovery' | 'informational' | 'data' | 'boot' | number>();
expectTypeOf<SessionInfoEx['immediateData']>().toEqualTypeOf<boolean>();
expectTypeOf<ConnectionInfoEx['authType']>().toEqualTypeOf<'none' | 'chap' | 'mutualChap' | number>();
expectTypeOf<DeviceOnSession['scsiAddress']>().toEqualTypeOf<ScsiAddress>();
expectTypeOf<DeviceOnSession['storageDeviceNumber']>().toEqualTypeOf<StorageDeviceNumber>();
expectTypeOf<TargetMapping['lunList']>().toEqualTypeOf<ScsiLun[]>();
expectTypeOf<ScsiLun['targetLun']>().toEqualTypeOf<string>();
expectTypeOf<VersionInfo['buildNumber']>().toEqualTypeOf<number>();
expectTypeOf<UniqueId>().toEqualTypeOf<{ adapterUnique: bigint; adapterSpecific: bigint }>();

expectTypeOf<SessionState>().toEqualTypeOf<'connected' | 'reconnecting'>();
expectTypeOf<SessionDescription>().toExtend<SessionInfo>();
expectTypeOf<Omit<SessionDescription, keyof SessionInfo>>().toEqualTypeOf<{
  state: SessionState;
  devices: DeviceOnSession[] | null;
  devicesError: MissingPart | null;
  negotiated: SessionInfoEx | null;
  negotiatedError: MissingPart | null;
  volumes: SessionVolume[] | null;
  volumesError: MissingPart | null;
}>();
expectTypeOf<DiskDescription>().toEqualTypeOf<{
  deviceNumber: number | null;
  legacyName: string | null;
  targetName: string | null;
  lun: number | null;
  lunError: MissingPart | null;
  sessions: string[];
  multipath: boolean | null;
  sizeBytes: bigint | null;
  sizeBytesError: MissingPart | null;
  vendor: string | null;
  product: string | null;
  inquiryError: MissingPart | null;
  serialNumber: string | null;
  serialNumberError: MissingPart | null;
  volumes: Volume[] | null;
  volumesError: MissingPart | null;
  devices: DeviceOnSession[] | null;
  devicesError: MissingPart | null;
}>();
expectTypeOf<Volume>().toEqualTypeOf<{
  name: string;
  paths: string[];
  disks: DiskExtent[];
  error: MissingPart | null;
}>();
expectTypeOf<SessionVolume['deviceNumbers']>().toEqualTypeOf<number[]>();
expectTypeOf<DiskExtent>().toEqualTypeOf<{ deviceNumber: number; startingOffset: bigint; length: bigint }>();
// An error as plain data.
expectTypeOf<MissingPart['code']>().toEqualTypeOf<string>();
expectTypeOf<MissingPart['pending']>().toEqualTypeOf<Pending | undefined>();

expectTypeOf<SessionWithDevices>().toExtend<SessionInfo>();
expectTypeOf<Omit<SessionWithDevices, keyof SessionInfo>>().toEqualTypeOf<{
  devices: DeviceOnSession[] | null;
  devicesError: MissingPart | null;
}>();
expectTypeOf<SessionChange>().toEqualTypeOf<{ before: SessionInfo; after: SessionInfo }>();
expectTypeOf<FailedRound>().toEqualTypeOf<{ error: IscsidscError }>();
expectTypeOf<WatchRound>().toEqualTypeOf<SessionsRound<SessionInfo> | FailedRound>();

declare const round: WatchRound<SessionWithDevices>;
if (round.error) {
  expectTypeOf(round).toEqualTypeOf<FailedRound>();
} else {
  expectTypeOf(round.sessions).toEqualTypeOf<SessionWithDevices[]>();
  expectTypeOf(round.added).toEqualTypeOf<SessionWithDevices[]>();
  expectTypeOf(round.removed).toEqualTypeOf<SessionWithDevices[]>();
  expectTypeOf(round.changed).toEqualTypeOf<SessionChange<SessionWithDevices>[]>();
  expectTypeOf(round.first).toEqualTypeOf<boolean>();
}
if (!('error' in round)) expectTypeOf(round.sessions).toEqualTypeOf<SessionWithDevices[]>();

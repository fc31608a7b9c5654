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

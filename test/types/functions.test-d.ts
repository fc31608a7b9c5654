import {
  type AsyncOptions,
  type ConnectedTarget,
  type ConnectOptions,
  type ConnectProgress,
  type ConnectTarget,
  type CreatedConnection,
  connectTarget,
  type DescribeOptions,
  type DescribeTargetsOptions,
  type DeviceOnSession,
  type DisconnectedTarget,
  type DisconnectOptions,
  type DiskDescription,
  type DiskFilter,
  type DoneBefore,
  describeDisks,
  describeSessions,
  describeTarget,
  describeTargets,
  disconnectTarget,
  type ForgottenTarget,
  findDisks,
  findSessions,
  forgetTarget,
  formatUniqueId,
  getDevicesForIScsiSession,
  getDevicesForIScsiSessionSync,
  getInitiatorService,
  getInitiatorServiceSync,
  getIScsiInitiatorNodeName,
  getIScsiInitiatorNodeNameSync,
  getIScsiSessionList,
  getIScsiSessionListEx,
  getIScsiSessionListExSync,
  getIScsiSessionListSync,
  getIScsiVersionInformation,
  getIScsiVersionInformationSync,
  type InitiatorService,
  type IscsidscError,
  isElevated,
  isElevatedSync,
  type LoggedIn,
  logoutIScsiTarget,
  type PersistentLogin,
  type PortalInput,
  parseUniqueId,
  type RescannedPorts,
  type RetryOptions,
  reportActiveIScsiTargetMappings,
  reportActiveIScsiTargetMappingsSync,
  reportIScsiInitiatorList,
  reportIScsiInitiatorListSync,
  rescanDisks,
  type SendTargetPortal,
  type ServiceChanges,
  type ServiceStartType,
  type ServiceState,
  type SessionDescription,
  type SessionFilter,
  type SessionInfo,
  type SessionInfoEx,
  type SessionWatch,
  type SessionWithDevices,
  type StartedService,
  type StartServiceOptions,
  type SyncOptions,
  startInitiatorService,
  type TargetDescription,
  type TargetMapping,
  type UniqueId,
  type VersionInfo,
  type WaitOptions,
  type WatchOptions,
  type WatchRound,
  type WhichConnection,
  waitForSession,
  watchSessions,
} from 'iscsidsc';

import { expectTypeOf } from 'vitest';

type Async<Result> = (options?: AsyncOptions) => Promise<Result>;
type Sync<Result> = (options?: SyncOptions) => Result;

expectTypeOf(getIScsiSessionList).toEqualTypeOf<Async<SessionInfo[]>>();
expectTypeOf(getIScsiSessionListSync).toEqualTypeOf<Sync<SessionInfo[]>>();
expectTypeOf(getIScsiSessionListEx).toEqualTypeOf<Async<SessionInfoEx[]>>();
expectTypeOf(getIScsiSessionListExSync).toEqualTypeOf<Sync<SessionInfoEx[]>>();
expectTypeOf(getIScsiInitiatorNodeName).toEqualTypeOf<Async<string>>();
expectTypeOf(getIScsiInitiatorNodeNameSync).toEqualTypeOf<Sync<string>>();
expectTypeOf(reportIScsiInitiatorList).toEqualTypeOf<Async<string[]>>();
expectTypeOf(reportIScsiInitiatorListSync).toEqualTypeOf<Sync<string[]>>();
expectTypeOf(reportActiveIScsiTargetMappings).toEqualTypeOf<Async<TargetMapping[]>>();
expectTypeOf(reportActiveIScsiTargetMappingsSync).toEqualTypeOf<Sync<TargetMapping[]>>();
expectTypeOf(getIScsiVersionInformation).toEqualTypeOf<Async<VersionInfo>>();
expectTypeOf(getIScsiVersionInformationSync).toEqualTypeOf<Sync<VersionInfo>>();

expectTypeOf(rescanDisks).toEqualTypeOf<Async<RescannedPorts>>();
expectTypeOf<RescannedPorts>().toEqualTypeOf<{ portNumbers: number[] }>();

expectTypeOf(getInitiatorService).toEqualTypeOf<Async<InitiatorService>>();
expectTypeOf(getInitiatorServiceSync).toEqualTypeOf<Sync<InitiatorService>>();
expectTypeOf(isElevated).toEqualTypeOf<Async<boolean>>();
expectTypeOf(isElevatedSync).toEqualTypeOf<Sync<boolean>>();
expectTypeOf<'running' | 'stopped' | 'startPending'>().toExtend<ServiceState>();
expectTypeOf<ServiceStartType>().toEqualTypeOf<'boot' | 'system' | 'automatic' | 'manual' | 'disabled'>();
// What Windows says that this version does not know is a number.
expectTypeOf<InitiatorService>().toEqualTypeOf<{
  state: ServiceState | number;
  startType: ServiceStartType | number;
  processId: number | null;
}>();
expectTypeOf(startInitiatorService).toEqualTypeOf<(options?: StartServiceOptions) => Promise<StartedService>>();
expectTypeOf<StartedService>().toExtend<InitiatorService & ServiceChanges>();
expectTypeOf<{ automatic: undefined; signal: undefined }>().toExtend<StartServiceOptions>();

type Retried<Result> = (sessionId: string, options?: RetryOptions) => Promise<Result>;
type Named<Result> = (targetName: string, options?: RetryOptions) => Promise<Result>;
type OfSession<Result> = (sessionId: string, options?: SyncOptions) => Result;

expectTypeOf(getDevicesForIScsiSession).toEqualTypeOf<Retried<DeviceOnSession[]>>();
expectTypeOf(getDevicesForIScsiSessionSync).toEqualTypeOf<OfSession<DeviceOnSession[]>>();
expectTypeOf(logoutIScsiTarget).toEqualTypeOf<Retried<void>>();

expectTypeOf(describeSessions).toEqualTypeOf<(options?: DescribeOptions) => Promise<SessionDescription[]>>();
expectTypeOf(describeDisks).toEqualTypeOf<(options?: RetryOptions) => Promise<DiskDescription[]>>();
expectTypeOf(findDisks).toEqualTypeOf<(filter: DiskFilter, options?: RetryOptions) => Promise<DiskDescription[]>>();
expectTypeOf<DiskFilter>().toEqualTypeOf<{
  targetName?: string;
  lun?: number;
  deviceNumber?: number;
  volume?: string;
  serialNumber?: string;
}>();
expectTypeOf(describeTargets).toEqualTypeOf<(options?: DescribeTargetsOptions) => Promise<TargetDescription[]>>();
expectTypeOf(describeTarget).toEqualTypeOf<
  (targetName: string, options?: DescribeTargetsOptions) => Promise<TargetDescription | null>
>();
expectTypeOf(forgetTarget).toEqualTypeOf<Named<ForgottenTarget>>();
expectTypeOf<IscsidscError['done']>().toEqualTypeOf<DoneBefore | undefined>();
expectTypeOf<ForgottenTarget | DisconnectedTarget | ServiceChanges>().toExtend<DoneBefore>();
expectTypeOf(connectTarget).toEqualTypeOf<
  (target: ConnectTarget, options?: ConnectOptions) => Promise<ConnectedTarget>
>();
expectTypeOf<ConnectedTarget>().toExtend<AsyncDisposable>();
expectTypeOf<ConnectedTarget['devices']>().toEqualTypeOf<DeviceOnSession[]>();
expectTypeOf<ConnectTarget['portals']>().toEqualTypeOf<PortalInput | readonly PortalInput[] | undefined>();
expectTypeOf<ConnectOptions['onProgress']>().toEqualTypeOf<((progress: ConnectProgress) => void) | undefined>();
expectTypeOf<IscsidscError['created']>().toEqualTypeOf<CreatedConnection | undefined>();
expectTypeOf<CreatedConnection>().toEqualTypeOf<{
  portals: SendTargetPortal[];
  sessions: LoggedIn[];
  persistentLogins: PersistentLogin[];
}>();
expectTypeOf(disconnectTarget).toEqualTypeOf<
  (which: WhichConnection, options?: DisconnectOptions) => Promise<DisconnectedTarget>
>();
// @ts-expect-error One of the members is needed.
void (() => disconnectTarget({}));
// @ts-expect-error A secret is needed for CHAP.
void (() => connectTarget({ targetName: 'iqn.2003-01.org.example:disk1', chap: { username: 'host' } }));
expectTypeOf(findSessions).toEqualTypeOf<(filter: SessionFilter, options?: AsyncOptions) => Promise<SessionInfo[]>>();
const filter: SessionFilter = { state: 'connected' };
const waitOptions: WaitOptions = {};
expectTypeOf(waitForSession(filter)).toEqualTypeOf<Promise<SessionInfo>>();
expectTypeOf(waitForSession(filter, { intervalMs: 1, timeoutMs: 1 })).toEqualTypeOf<Promise<SessionInfo>>();
expectTypeOf(waitForSession(filter, { until: undefined })).toEqualTypeOf<Promise<SessionInfo>>();
expectTypeOf(waitForSession(filter, { until: 'gone' })).toEqualTypeOf<Promise<null>>();
expectTypeOf(waitForSession(filter, { until: 'devices' })).toEqualTypeOf<
  Promise<SessionInfo & { devices: DeviceOnSession[] }>
>();
expectTypeOf(waitForSession(filter, waitOptions)).toEqualTypeOf<Promise<SessionInfo | null>>();

const watchOptions: WatchOptions = {};
expectTypeOf(watchSessions()).toEqualTypeOf<SessionWatch<SessionInfo>>();
expectTypeOf(watchSessions(watchOptions)).toEqualTypeOf<SessionWatch<SessionInfo>>();
expectTypeOf(watchSessions({ devices: false })).toEqualTypeOf<SessionWatch<SessionInfo>>();
expectTypeOf(watchSessions({ devices: true, filter })).toEqualTypeOf<SessionWatch<SessionWithDevices>>();
expectTypeOf<SessionWatch>().toExtend<AsyncIterableIterator<WatchRound> & AsyncDisposable>();
expectTypeOf(parseUniqueId).toEqualTypeOf<(id: string) => UniqueId>();
expectTypeOf(formatUniqueId).toEqualTypeOf<(id: UniqueId) => string>();

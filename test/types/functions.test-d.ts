import {
  type AsyncOptions,
  type DescribeOptions,
  type DescribeTargetsOptions,
  type DeviceOnSession,
  describeSessions,
  describeTarget,
  describeTargets,
  type ForgottenTarget,
  findSessions,
  forgetTarget,
  formatUniqueId,
  getDevicesForIScsiSession,
  getDevicesForIScsiSessionSync,
  getIScsiInitiatorNodeName,
  getIScsiInitiatorNodeNameSync,
  getIScsiSessionList,
  getIScsiSessionListEx,
  getIScsiSessionListExSync,
  getIScsiSessionListSync,
  getIScsiVersionInformation,
  getIScsiVersionInformationSync,
  type IscsidscError,
  logoutIScsiTarget,
  parseUniqueId,
  type RetryOptions,
  reportActiveIScsiTargetMappings,
  reportActiveIScsiTargetMappingsSync,
  reportIScsiInitiatorList,
  reportIScsiInitiatorListSync,
  type SessionDescription,
  type SessionFilter,
  type SessionInfo,
  type SessionInfoEx,
  type SessionWatch,
  type SessionWithDevices,
  type SyncOptions,
  type TargetDescription,
  type TargetMapping,
  type UniqueId,
  type VersionInfo,
  type WaitOptions,
  type WatchOptions,
  type WatchRound,
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

type Retried<Result> = (sessionId: string, options?: RetryOptions) => Promise<Result>;
type Named<Result> = (targetName: string, options?: RetryOptions) => Promise<Result>;
type OfSession<Result> = (sessionId: string, options?: SyncOptions) => Result;

expectTypeOf(getDevicesForIScsiSession).toEqualTypeOf<Retried<DeviceOnSession[]>>();
expectTypeOf(getDevicesForIScsiSessionSync).toEqualTypeOf<OfSession<DeviceOnSession[]>>();
expectTypeOf(logoutIScsiTarget).toEqualTypeOf<Retried<void>>();

expectTypeOf(describeSessions).toEqualTypeOf<(options?: DescribeOptions) => Promise<SessionDescription[]>>();
expectTypeOf(describeTargets).toEqualTypeOf<(options?: DescribeTargetsOptions) => Promise<TargetDescription[]>>();
expectTypeOf(describeTarget).toEqualTypeOf<
  (targetName: string, options?: DescribeTargetsOptions) => Promise<TargetDescription | null>
>();
expectTypeOf(forgetTarget).toEqualTypeOf<Named<ForgottenTarget>>();
expectTypeOf<IscsidscError['done']>().toEqualTypeOf<ForgottenTarget | undefined>();
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

/**
 * Windows' iSCSI initiator as functions that return plain objects. Nothing is loaded before the first call.
 *
 * @module iscsidsc
 */

export type { RetryOptions } from './api/call.js';
export type { DeviceOnSession, ScsiAddress, StorageDeviceNumber } from './api/devices/device.js';
export { getDevicesForIScsiSession, getDevicesForIScsiSessionSync } from './api/devices/devices-for-session.js';
export {
  getIScsiInitiatorNodeName,
  getIScsiInitiatorNodeNameSync,
  reportIScsiInitiatorList,
  reportIScsiInitiatorListSync,
} from './api/initiator/names.js';
export type { VersionInfo } from './api/initiator/version.js';
export { getIScsiVersionInformation, getIScsiVersionInformationSync } from './api/initiator/version.js';
export type { AsyncOptions, SyncOptions } from './api/options.js';
export { logoutIScsiTarget } from './api/sessions/logout.js';
export type { ConnectionInfoEx, SessionInfoEx } from './api/sessions/negotiated-session.js';
export { getIScsiSessionList, getIScsiSessionListSync } from './api/sessions/session-list.js';
export { getIScsiSessionListEx, getIScsiSessionListExSync } from './api/sessions/session-list-ex.js';
export { reportActiveIScsiTargetMappings, reportActiveIScsiTargetMappingsSync } from './api/targets/active-mappings.js';
export type { ScsiLun, TargetMapping } from './api/targets/mapping.js';
export type { Named } from './codec/numbers.js';
export type { ConnectionInfo, SessionInfo } from './codec/session-list.js';
export { formatUniqueId, parseUniqueId, type UniqueId } from './codec/unique-id.js';
export {
  type ErrorDetails,
  IscsidscError,
  type IscsidscErrorCode,
  isIscsidscError,
  type Pending,
  StatusError,
  StatusWarning,
} from './errors.js';
export type { StatusName } from './header/statuses.js';
export type { ExportName, NativeFunction } from './native/functions.js';
export type { Library } from './native/library.js';
export { type DescribeOptions, describeSessions, type SessionDescription } from './tasks/describe-sessions.js';
export { findSessions } from './tasks/find-sessions.js';
export type { MissingPart, SessionWithDevices } from './tasks/session-devices.js';
export type { SessionFilter, SessionState } from './tasks/session-filter.js';
export { type WaitOptions, waitForSession } from './tasks/wait-for-session.js';
export {
  type FailedRound,
  type SessionChange,
  type SessionsRound,
  type SessionWatch,
  type WatchOptions,
  type WatchRound,
  watchSessions,
} from './tasks/watch-sessions.js';

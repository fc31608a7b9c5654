/**
 * Windows' iSCSI initiator as functions that give plain objects. Nothing is loaded before the first call.
 *
 * @module iscsidsc
 */

export {
  type DescribeOptions,
  describeSessions,
  type MissingPart,
  type SessionDescription,
} from './api/describe-sessions.js';
export { getDevicesForIScsiSession, getDevicesForIScsiSessionSync } from './api/devices.js';
export { findSessions, type WaitOptions, waitForSession } from './api/find-sessions.js';
export {
  getIScsiInitiatorNodeName,
  getIScsiInitiatorNodeNameSync,
  reportIScsiInitiatorList,
  reportIScsiInitiatorListSync,
} from './api/initiators.js';
export { logoutIScsiTarget, logoutIScsiTargetSync } from './api/logout.js';
export { reportActiveIScsiTargetMappings, reportActiveIScsiTargetMappingsSync } from './api/mappings.js';
export type { AsyncOptions, SyncOptions } from './api/options.js';
export type { RetryOptions } from './api/retry-options.js';
export type { SessionFilter, SessionState } from './api/session-filter.js';
export { getIScsiSessionListEx, getIScsiSessionListExSync } from './api/session-parameters.js';
export { getIScsiSessionList, getIScsiSessionListSync } from './api/sessions.js';
export { getIScsiVersionInformation, getIScsiVersionInformationSync } from './api/version.js';
export { type SessionChange, watchSessions } from './api/watch-sessions.js';
export { type ErrorDetails, IscsidscError, type IscsidscErrorCode, IscsiError, IscsiWarning } from './errors.js';
export type { DeviceOnSession, ScsiAddress, StorageDeviceNumber } from './memory/device-list.js';
export type { Named } from './memory/named-numbers.js';
export type { ConnectionInfo, SessionInfo } from './memory/session-list.js';
export type { ConnectionInfoEx, SessionInfoEx } from './memory/session-list-ex.js';
export type { ScsiLun, TargetMapping } from './memory/target-mappings.js';
export { formatUniqueId, parseUniqueId, type UniqueId } from './memory/unique-id.js';
export type { VersionInfo } from './memory/version-info.js';
export type { ExportName, NativeFunction } from './native/functions.js';
export type { Library } from './native/library.js';

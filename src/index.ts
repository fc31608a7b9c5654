/**
 * Windows' iSCSI initiator as functions that return plain objects. Nothing is loaded before the first call.
 *
 * @module iscsidsc
 */

export type { RetryOptions } from './api/call.js';
export { type AddConnectionOptions, addIScsiConnection, removeIScsiConnection } from './api/connections/connections.js';
export type { DeviceOnSession, ScsiAddress, StorageDeviceNumber } from './api/devices/device.js';
export { getDevicesForIScsiSession, getDevicesForIScsiSessionSync } from './api/devices/devices-for-session.js';
export {
  addPersistentIScsiDevice,
  clearPersistentIScsiDevices,
  removePersistentIScsiDevice,
  reportPersistentIScsiDevices,
  reportPersistentIScsiDevicesSync,
  setupPersistentIScsiDevices,
  setupPersistentIScsiVolumes,
} from './api/devices/persistent-devices.js';
export type { InitiatorPort } from './api/initiator/initiator-port.js';
export {
  getIScsiInitiatorNodeName,
  getIScsiInitiatorNodeNameSync,
  reportIScsiInitiatorList,
  reportIScsiInitiatorListSync,
} from './api/initiator/names.js';
export { setIScsiInitiatorNodeName } from './api/initiator/node-name.js';
export type { VersionInfo } from './api/initiator/version.js';
export { getIScsiVersionInformation, getIScsiVersionInformationSync } from './api/initiator/version.js';
export {
  addISNSServer,
  refreshISNSServer,
  removeISNSServer,
  reportISNSServerList,
  reportISNSServerListSync,
} from './api/isns/servers.js';
export {
  type LoginTargetOptions,
  loginIScsiTarget,
  type SavedLogin,
} from './api/logins/login.js';
export type { LoginSettings } from './api/logins/login-options.js';
export {
  type RemovePersistentOptions,
  removeIScsiPersistentTarget,
  reportIScsiPersistentLogins,
  reportIScsiPersistentLoginsSync,
  type WhichLogin,
} from './api/logins/persistent-logins.js';
export type { AsyncOptions, SyncOptions } from './api/options.js';
export {
  type AddPortalOptions,
  addIScsiSendTargetPortal,
  refreshIScsiSendTargetPortal,
  removeIScsiSendTargetPortal,
  type SendTargetPortalInput,
  type SendTargetPortalOptions,
} from './api/portals/portal-changes.js';
export {
  reportIScsiSendTargetPortals,
  reportIScsiSendTargetPortalsEx,
  reportIScsiSendTargetPortalsExSync,
  reportIScsiSendTargetPortalsSync,
} from './api/portals/send-target-portals.js';
export {
  addRadiusServer,
  removeRadiusServer,
  reportRadiusServerList,
  reportRadiusServerListSync,
} from './api/radius/servers.js';
export {
  type ReportedLun,
  type ReportedLuns,
  type ScsiCapacity,
  sendScsiReadCapacity,
  sendScsiReportLuns,
} from './api/scsi/capacity.js';
export { type InquiryRequest, sendScsiInquiry } from './api/scsi/inquiry.js';
export type {
  Designator,
  DeviceIdentification,
  Inquired,
  InquiryPage,
  PeripheralType,
  ScsiProtocol,
  StandardInquiry,
  SupportedPages,
  UnitSerialNumber,
} from './api/scsi/inquiry-data.js';
export {
  getIScsiIKEInfo,
  getIScsiIKEInfoSync,
  type IkeIdentity,
  type IkeIdType,
  type IkeInfo,
  type InitiatorOfStored,
  type StoredIkeInfo,
  setIScsiIKEInfo,
  setIScsiTunnelModeOuterAddress,
  type TunnelAddresses,
} from './api/security/ipsec.js';
export {
  type Persist,
  setIScsiGroupPresharedKey,
  setIScsiInitiatorCHAPSharedSecret,
  setIScsiInitiatorRADIUSSharedSecret,
} from './api/security/secrets.js';
export { isElevated, isElevatedSync } from './api/service/elevation.js';
export {
  getInitiatorService,
  getInitiatorServiceSync,
  type InitiatorService,
} from './api/service/initiator-service.js';
export type { ServiceStartType, ServiceState } from './api/service/service-replies.js';
export {
  type StartedService,
  type StartServiceOptions,
  startInitiatorService,
} from './api/service/start-service.js';
export { logoutIScsiTarget } from './api/sessions/logout.js';
export type { ConnectionInfoEx, SessionInfoEx } from './api/sessions/negotiated-session.js';
export { getIScsiSessionList, getIScsiSessionListSync } from './api/sessions/session-list.js';
export { getIScsiSessionListEx, getIScsiSessionListExSync } from './api/sessions/session-list-ex.js';
export { reportActiveIScsiTargetMappings, reportActiveIScsiTargetMappingsSync } from './api/targets/active-mappings.js';
export type { TargetMapping } from './api/targets/mapping.js';
export {
  type AddStaticTargetOptions,
  addIScsiStaticTarget,
  removeIScsiStaticTarget,
  type TargetFlag,
} from './api/targets/static-targets.js';
export {
  getIScsiTargetInformation,
  getIScsiTargetInformationSync,
  type Mechanism,
  type TargetInformation,
} from './api/targets/target-information.js';
export { type ForceUpdate, reportIScsiTargets, reportIScsiTargetsSync } from './api/targets/target-list.js';
export {
  reportIScsiTargetPortals,
  reportIScsiTargetPortalsSync,
  type WhichPortals,
} from './api/targets/target-portals.js';
export { type RescannedPorts, rescanDisks } from './api/volumes/rescan-disks.js';
export type { DiskExtent } from './api/volumes/volume.js';
export type { LunInput } from './codec/lun.js';
export { formatUniqueId, parseUniqueId, type UniqueId } from './codec/unique-id.js';
export {
  type ErrorDetails,
  IscsidscError,
  type IscsidscErrorCode,
  isIscsidscError,
  StatusError,
  StatusWarning,
} from './errors.js';
export type { StatusName } from './header/statuses.js';
export type * from './named-types.js';
export type { NativeCallTrace } from './native/call-trace.js';
export type { ExportName, NativeFunction } from './native/functions.js';
export type { Library } from './native/library.js';
export { type ConnectedTarget, type ConnectOptions, connectTarget } from './tasks/connect/connect-target.js';
export type { ConnectChap, ConnectTarget } from './tasks/connect/request.js';
export type { ConnectedSession } from './tasks/connect/sessions.js';
export type { ConnectProgress, ConnectStep } from './tasks/connect/work.js';
export { describeDisks, findDisks } from './tasks/describe-disks.js';
export { type DescribeOptions, describeSessions, type SessionDescription } from './tasks/describe-sessions.js';
export {
  type DescribeTargetsOptions,
  describeTarget,
  describeTargets,
  type TargetDescription,
} from './tasks/describe-targets.js';
export { type DiagnoseOptions, diagnose } from './tasks/diagnose/diagnose.js';
export type { CheckName, Finding, FindingLevel } from './tasks/diagnose/finding.js';
export {
  type DisconnectOptions,
  disconnectTarget,
  type WhichConnection,
} from './tasks/disconnect/disconnect-target.js';
export type { DiskDescription } from './tasks/disk.js';
export type { DiskFilter } from './tasks/disk-filter.js';
export type { SessionVolume, Volume } from './tasks/disk-volumes.js';
export { findSessions } from './tasks/find-sessions.js';
export { forgetTarget } from './tasks/forget-target.js';
export type { SessionWithDevices } from './tasks/session-devices.js';
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

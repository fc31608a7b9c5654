/**
 * iscsidsc.dll as it is: every export under its own name, with the buffers in your hands. What is written past the end of
 * one corrupts the process.
 *
 * @module iscsidsc/raw
 */

import { bind } from './raw/bind.js';

export type { ErrorDetails, IscsidscError, IscsidscErrorCode, StatusError } from './errors.js';
export * from './header/constants.js';
export type { StatusName } from './header/statuses.js';
export type * from './named-types.js';
export type { ArgumentsOf, ExportName, FunctionName, Memory, NativeFunction } from './native/functions.js';
export type { Library } from './native/library.js';
export { systemLibrary } from './native/system-library.js';
export type { StructMember, StructName, StructType } from './native/types.js';
export { bind, type RawFunctions } from './raw/bind.js';
export { type StatusErrorDetails, statusError } from './raw/status-error.js';
export { type Structs, statusCodes, structs } from './raw/tables.js';

export const {
  GetIScsiVersionInformation,
  GetIScsiTargetInformationW,
  GetIScsiTargetInformationA,
  AddIScsiConnectionW,
  AddIScsiConnectionA,
  RemoveIScsiConnection,
  ReportIScsiTargetsW,
  ReportIScsiTargetsA,
  AddIScsiStaticTargetW,
  AddIScsiStaticTargetA,
  RemoveIScsiStaticTargetW,
  RemoveIScsiStaticTargetA,
  AddIScsiSendTargetPortalW,
  AddIScsiSendTargetPortalA,
  RemoveIScsiSendTargetPortalW,
  RemoveIScsiSendTargetPortalA,
  RefreshIScsiSendTargetPortalW,
  RefreshIScsiSendTargetPortalA,
  ReportIScsiSendTargetPortalsW,
  ReportIScsiSendTargetPortalsA,
  ReportIScsiSendTargetPortalsExW,
  ReportIScsiSendTargetPortalsExA,
  LoginIScsiTargetW,
  LoginIScsiTargetA,
  ReportIScsiPersistentLoginsW,
  ReportIScsiPersistentLoginsA,
  LogoutIScsiTarget,
  RemoveIScsiPersistentTargetW,
  RemoveIScsiPersistentTargetA,
  SendScsiInquiry,
  SendScsiReadCapacity,
  SendScsiReportLuns,
  ReportIScsiInitiatorListW,
  ReportIScsiInitiatorListA,
  ReportActiveIScsiTargetMappingsW,
  ReportActiveIScsiTargetMappingsA,
  SetIScsiTunnelModeOuterAddressW,
  SetIScsiTunnelModeOuterAddressA,
  SetIScsiIKEInfoW,
  SetIScsiIKEInfoA,
  GetIScsiIKEInfoW,
  GetIScsiIKEInfoA,
  SetIScsiGroupPresharedKey,
  SetIScsiInitiatorCHAPSharedSecret,
  SetIScsiInitiatorRADIUSSharedSecret,
  SetIScsiInitiatorNodeNameW,
  SetIScsiInitiatorNodeNameA,
  GetIScsiInitiatorNodeNameW,
  GetIScsiInitiatorNodeNameA,
  AddISNSServerW,
  AddISNSServerA,
  RemoveISNSServerW,
  RemoveISNSServerA,
  RefreshISNSServerW,
  RefreshISNSServerA,
  ReportISNSServerListW,
  ReportISNSServerListA,
  GetIScsiSessionListW,
  GetIScsiSessionListA,
  GetIScsiSessionListEx,
  GetDevicesForIScsiSessionW,
  GetDevicesForIScsiSessionA,
  SetupPersistentIScsiVolumes,
  SetupPersistentIScsiDevices,
  AddPersistentIScsiDeviceW,
  AddPersistentIScsiDeviceA,
  RemovePersistentIScsiDeviceW,
  RemovePersistentIScsiDeviceA,
  ClearPersistentIScsiDevices,
  ReportPersistentIScsiDevicesW,
  ReportPersistentIScsiDevicesA,
  ReportIScsiTargetPortalsW,
  ReportIScsiTargetPortalsA,
  AddRadiusServerW,
  AddRadiusServerA,
  RemoveRadiusServerW,
  RemoveRadiusServerA,
  ReportRadiusServerListW,
  ReportRadiusServerListA,
} = bind();

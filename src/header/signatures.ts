// Every export of iscsidsc.dll with its parameters, in order. `#` stands for the A or the W form, as in structs.ts.
// Each returns an ISDSC_STATUS. The system library, the simulator and the `iscsidsc/raw` entry are made from this table.
//
// `slow` marks what can wait for the network, or for a disk behind it: seconds to a minute, or until TCP gives up.
// - Documented, or met by others: logins and logouts, of connections too; discovery by a portal, an iSNS server or
//   ReportIScsiTargets with ForceUpdate; SCSI commands. ReportIScsiTargetPortals is documented to answer with errors of
//   sockets.
// - Inferred: removing a portal or an iSNS server, which can tell the other side; the functions that find the disks of
//   drive letters and mount points. A quick call that is marked only waits for its turn among the slow ones. A slow call
//   that is not marked can delay every list.
// The others read or write what the service itself stores.
export const SIGNATURES = {
  GetIScsiVersionInformation: { parameters: ['PISCSI_VERSION_INFO VersionInfo'] },
  'GetIScsiTargetInformation#': {
    parameters: [
      'P#STR TargetName',
      'P#STR DiscoveryMechanism',
      'TARGET_INFORMATION_CLASS InfoClass',
      'PULONG BufferSize',
      'PVOID Buffer',
    ],
  },
  'AddIScsiConnection#': {
    slow: true,
    parameters: [
      'PISCSI_UNIQUE_SESSION_ID UniqueSessionId',
      'PVOID Reserved',
      'ULONG InitiatorPortNumber',
      'PISCSI_TARGET_PORTAL# TargetPortal',
      'ISCSI_SECURITY_FLAGS SecurityFlags',
      'PISCSI_LOGIN_OPTIONS LoginOptions',
      'ULONG KeySize',
      'PCHAR Key',
      'PISCSI_UNIQUE_CONNECTION_ID ConnectionId',
    ],
  },
  RemoveIScsiConnection: {
    slow: true,
    parameters: ['PISCSI_UNIQUE_SESSION_ID UniqueSessionId', 'PISCSI_UNIQUE_CONNECTION_ID ConnectionId'],
  },
  'ReportIScsiTargets#': { slow: true, parameters: ['BOOLEAN ForceUpdate', 'PULONG BufferSize', 'P#CHAR Buffer'] },
  'AddIScsiStaticTarget#': {
    parameters: [
      'P#STR TargetName',
      'P#STR TargetAlias',
      'ISCSI_TARGET_FLAGS TargetFlags',
      'BOOLEAN Persist',
      'PISCSI_TARGET_MAPPING# Mappings',
      'PISCSI_LOGIN_OPTIONS LoginOptions',
      'PISCSI_TARGET_PORTAL_GROUP# PortalGroup',
    ],
  },
  'RemoveIScsiStaticTarget#': { parameters: ['P#STR TargetName'] },
  'AddIScsiSendTargetPortal#': {
    slow: true,
    parameters: [
      'P#STR InitiatorInstance',
      'ULONG InitiatorPortNumber',
      'PISCSI_LOGIN_OPTIONS LoginOptions',
      'ISCSI_SECURITY_FLAGS SecurityFlags',
      'PISCSI_TARGET_PORTAL# Portal',
    ],
  },
  'RemoveIScsiSendTargetPortal#': {
    slow: true,
    parameters: ['P#STR InitiatorInstance', 'ULONG InitiatorPortNumber', 'PISCSI_TARGET_PORTAL# Portal'],
  },
  'RefreshIScsiSendTargetPortal#': {
    slow: true,
    parameters: ['P#STR InitiatorInstance', 'ULONG InitiatorPortNumber', 'PISCSI_TARGET_PORTAL# Portal'],
  },
  'ReportIScsiSendTargetPortals#': { parameters: ['PULONG PortalCount', 'PISCSI_TARGET_PORTAL_INFO# PortalInfo'] },
  'ReportIScsiSendTargetPortalsEx#': {
    parameters: ['PULONG PortalCount', 'PULONG PortalInfoSize', 'PISCSI_TARGET_PORTAL_INFO_EX# PortalInfo'],
  },
  'LoginIScsiTarget#': {
    slow: true,
    parameters: [
      'P#STR TargetName',
      'BOOLEAN IsInformationalSession',
      'P#STR InitiatorInstance',
      'ULONG InitiatorPortNumber',
      'PISCSI_TARGET_PORTAL# TargetPortal',
      'ISCSI_SECURITY_FLAGS SecurityFlags',
      'PISCSI_TARGET_MAPPING# Mappings',
      'PISCSI_LOGIN_OPTIONS LoginOptions',
      'ULONG KeySize',
      'PCHAR Key',
      'BOOLEAN IsPersistent',
      'PISCSI_UNIQUE_SESSION_ID UniqueSessionId',
      'PISCSI_UNIQUE_CONNECTION_ID UniqueConnectionId',
    ],
  },
  'ReportIScsiPersistentLogins#': {
    parameters: ['PULONG Count', 'PPERSISTENT_ISCSI_LOGIN_INFO# PersistentLoginInfo', 'PULONG BufferSizeInBytes'],
  },
  LogoutIScsiTarget: { slow: true, parameters: ['PISCSI_UNIQUE_SESSION_ID UniqueSessionId'] },
  'RemoveIScsiPersistentTarget#': {
    parameters: [
      'P#STR InitiatorInstance',
      'ULONG InitiatorPortNumber',
      'P#STR TargetName',
      'PISCSI_TARGET_PORTAL# Portal',
    ],
  },
  SendScsiInquiry: {
    slow: true,
    parameters: [
      'PISCSI_UNIQUE_SESSION_ID UniqueSessionId',
      'ULONGLONG Lun',
      'UCHAR EvpdCmddt',
      'UCHAR PageCode',
      'PUCHAR ScsiStatus',
      'PULONG ResponseSize',
      'PUCHAR ResponseBuffer',
      'PULONG SenseSize',
      'PUCHAR SenseBuffer',
    ],
  },
  SendScsiReadCapacity: {
    slow: true,
    parameters: [
      'PISCSI_UNIQUE_SESSION_ID UniqueSessionId',
      'ULONGLONG Lun',
      'PUCHAR ScsiStatus',
      'PULONG ResponseSize',
      'PUCHAR ResponseBuffer',
      'PULONG SenseSize',
      'PUCHAR SenseBuffer',
    ],
  },
  SendScsiReportLuns: {
    slow: true,
    parameters: [
      'PISCSI_UNIQUE_SESSION_ID UniqueSessionId',
      'PUCHAR ScsiStatus',
      'PULONG ResponseSize',
      'PUCHAR ResponseBuffer',
      'PULONG SenseSize',
      'PUCHAR SenseBuffer',
    ],
  },
  'ReportIScsiInitiatorList#': { parameters: ['PULONG BufferSize', 'P#CHAR Buffer'] },
  'ReportActiveIScsiTargetMappings#': {
    parameters: ['PULONG BufferSize', 'PULONG MappingCount', 'PISCSI_TARGET_MAPPING# Mappings'],
  },
  'SetIScsiTunnelModeOuterAddress#': {
    parameters: [
      'P#STR InitiatorName',
      'ULONG InitiatorPortNumber',
      'P#STR DestinationAddress',
      'P#STR OuterModeAddress',
      'BOOLEAN Persist',
    ],
  },
  'SetIScsiIKEInfo#': {
    parameters: [
      'P#STR InitiatorName',
      'ULONG InitiatorPortNumber',
      'PIKE_AUTHENTICATION_INFORMATION AuthInfo',
      'BOOLEAN Persist',
    ],
  },
  'GetIScsiIKEInfo#': {
    parameters: [
      'P#STR InitiatorName',
      'ULONG InitiatorPortNumber',
      'PULONG Reserved',
      'PIKE_AUTHENTICATION_INFORMATION AuthInfo',
    ],
  },
  SetIScsiGroupPresharedKey: { parameters: ['ULONG KeyLength', 'PUCHAR Key', 'BOOLEAN Persist'] },
  SetIScsiInitiatorCHAPSharedSecret: { parameters: ['ULONG SharedSecretLength', 'PUCHAR SharedSecret'] },
  SetIScsiInitiatorRADIUSSharedSecret: { parameters: ['ULONG SharedSecretLength', 'PUCHAR SharedSecret'] },
  'SetIScsiInitiatorNodeName#': { parameters: ['P#STR InitiatorNodeName'] },
  'GetIScsiInitiatorNodeName#': { parameters: ['P#CHAR InitiatorNodeName'] },
  'AddISNSServer#': { slow: true, parameters: ['P#STR Address'] },
  'RemoveISNSServer#': { slow: true, parameters: ['P#STR Address'] },
  'RefreshISNSServer#': { slow: true, parameters: ['P#STR Address'] },
  'ReportISNSServerList#': { parameters: ['PULONG BufferSizeInChar', 'P#CHAR Buffer'] },
  'GetIScsiSessionList#': {
    parameters: ['PULONG BufferSize', 'PULONG SessionCount', 'PISCSI_SESSION_INFO# SessionInfo'],
  },
  GetIScsiSessionListEx: {
    parameters: ['PULONG BufferSize', 'PULONG SessionCountPtr', 'PISCSI_SESSION_INFO_EX SessionInfo'],
  },
  'GetDevicesForIScsiSession#': {
    parameters: ['PISCSI_UNIQUE_SESSION_ID UniqueSessionId', 'PULONG DeviceCount', 'PISCSI_DEVICE_ON_SESSION# Devices'],
  },
  SetupPersistentIScsiVolumes: { slow: true, parameters: [] },
  SetupPersistentIScsiDevices: { slow: true, parameters: [] },
  'AddPersistentIScsiDevice#': { slow: true, parameters: ['P#STR DevicePath'] },
  'RemovePersistentIScsiDevice#': { parameters: ['P#STR DevicePath'] },
  ClearPersistentIScsiDevices: { parameters: [] },
  'ReportPersistentIScsiDevices#': { parameters: ['PULONG BufferSizeInChar', 'P#CHAR Buffer'] },
  'ReportIScsiTargetPortals#': {
    slow: true,
    parameters: [
      'P#STR InitiatorName',
      'P#STR TargetName',
      'PUSHORT TargetPortalTag',
      'PULONG ElementCount',
      'PISCSI_TARGET_PORTAL# Portals',
    ],
  },
  'AddRadiusServer#': { parameters: ['P#STR Address'] },
  'RemoveRadiusServer#': { parameters: ['P#STR Address'] },
  'ReportRadiusServerList#': { parameters: ['PULONG BufferSizeInChar', 'P#CHAR Buffer'] },
} as const;

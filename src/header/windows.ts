// Functions of Windows' other libraries: what they return, and their parameters in order. The names of parameters are
// Microsoft's. What a result says of success:
// - `HANDLE` is INVALID_HANDLE_VALUE, `SC_HANDLE` is NULL, and `BOOL` is FALSE for a failure; GetLastError says why.
// - `BOOL_ANSWER` is an answer, never a failure.
export const WINDOWS_SIGNATURES = {
  FindFirstVolumeW: ['kernel32', 'HANDLE', 'PWCHAR lpszVolumeName', 'ULONG cchBufferLength'],
  FindNextVolumeW: ['kernel32', 'BOOL', 'HANDLE hFindVolume', 'PWCHAR lpszVolumeName', 'ULONG cchBufferLength'],
  FindVolumeClose: ['kernel32', 'BOOL', 'HANDLE hFindVolume'],
  GetVolumePathNamesForVolumeNameW: [
    'kernel32',
    'BOOL',
    'PWSTR lpszVolumeName',
    'PWCHAR lpszVolumePathNames',
    'ULONG cchBufferLength',
    'PULONG lpcchReturnLength',
  ],
  GetVolumeNameForVolumeMountPointW: [
    'kernel32',
    'BOOL',
    'PWSTR lpszVolumeMountPoint',
    'PWCHAR lpszVolumeName',
    'ULONG cchBufferLength',
  ],
  CreateFileW: [
    'kernel32',
    'HANDLE',
    'PWSTR lpFileName',
    'ULONG dwDesiredAccess',
    'ULONG dwShareMode',
    'PVOID lpSecurityAttributes',
    'ULONG dwCreationDisposition',
    'ULONG dwFlagsAndAttributes',
    'HANDLE hTemplateFile',
  ],
  DeviceIoControl: [
    'kernel32',
    'BOOL',
    'HANDLE hDevice',
    'ULONG dwIoControlCode',
    'PVOID lpInBuffer',
    'ULONG nInBufferSize',
    'PVOID lpOutBuffer',
    'ULONG nOutBufferSize',
    'PULONG lpBytesReturned',
    'PVOID lpOverlapped',
  ],
  CloseHandle: ['kernel32', 'BOOL', 'HANDLE hObject'],
  OpenSCManagerW: ['advapi32', 'SC_HANDLE', 'PWSTR lpMachineName', 'PWSTR lpDatabaseName', 'ULONG dwDesiredAccess'],
  OpenServiceW: ['advapi32', 'SC_HANDLE', 'SC_HANDLE hSCManager', 'PWSTR lpServiceName', 'ULONG dwDesiredAccess'],
  QueryServiceStatusEx: [
    'advapi32',
    'BOOL',
    'SC_HANDLE hService',
    'ENUM InfoLevel',
    'PVOID lpBuffer',
    'ULONG cbBufSize',
    'PULONG pcbBytesNeeded',
  ],
  QueryServiceConfigW: [
    'advapi32',
    'BOOL',
    'SC_HANDLE hService',
    'PVOID lpServiceConfig',
    'ULONG cbBufSize',
    'PULONG pcbBytesNeeded',
  ],
  StartServiceW: ['advapi32', 'BOOL', 'SC_HANDLE hService', 'ULONG dwNumServiceArgs', 'PVOID lpServiceArgVectors'],
  ChangeServiceConfigW: [
    'advapi32',
    'BOOL',
    'SC_HANDLE hService',
    'ULONG dwServiceType',
    'ULONG dwStartType',
    'ULONG dwErrorControl',
    'PWSTR lpBinaryPathName',
    'PWSTR lpLoadOrderGroup',
    'PULONG lpdwTagId',
    'PWSTR lpDependencies',
    'PWSTR lpServiceStartName',
    'PWSTR lpPassword',
    'PWSTR lpDisplayName',
  ],
  CloseServiceHandle: ['advapi32', 'BOOL', 'SC_HANDLE hSCObject'],
  IsUserAnAdmin: ['shell32', 'BOOL_ANSWER'],
} as const;

// dwDesiredAccess, dwShareMode and dwCreationDisposition of CreateFileW. With no access at all, a device can be asked
// what needs no rights.
export const NO_ACCESS = 0;
export const GENERIC_READ = 0x80000000;
export const GENERIC_WRITE = 0x40000000;
export const FILE_SHARE_READ = 1;
export const FILE_SHARE_WRITE = 2;
export const FILE_SHARE_DELETE = 4;
export const OPEN_EXISTING = 3;

// dwIoControlCode of DeviceIoControl.
export const IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS = 0x00560000;
export const IOCTL_DISK_GET_DRIVE_GEOMETRY_EX = 0x000700a0;
export const IOCTL_STORAGE_QUERY_PROPERTY = 0x002d1400;
export const IOCTL_SCSI_RESCAN_BUS = 0x0004101c;
export const FSCTL_LOCK_VOLUME = 0x00090018;
export const FSCTL_UNLOCK_VOLUME = 0x0009001c;

/** `StorageAdapterProperty`, a PropertyId of `STORAGE_PROPERTY_QUERY`. */
export const STORAGE_ADAPTER_PROPERTY = 1;
/** `BusTypeiScsi` of `STORAGE_BUS_TYPE`. */
export const BUS_TYPE_ISCSI = 9;

// What GetLastError says.
export const ERROR_INVALID_FUNCTION = 1;
export const ERROR_FILE_NOT_FOUND = 2;
export const ERROR_PATH_NOT_FOUND = 3;
export const ERROR_ACCESS_DENIED = 5;
export const ERROR_INVALID_HANDLE = 6;
export const ERROR_NO_MORE_FILES = 18;
export const ERROR_WRITE_PROTECT = 19;
export const ERROR_NOT_READY = 21;
export const ERROR_SHARING_VIOLATION = 32;
export const ERROR_NOT_SUPPORTED = 50;
export const ERROR_NOT_LOCKED = 158;
export const ERROR_MORE_DATA = 234;

// Of winsvc.h, what the functions for services in windows.ts need.

/** The name of the Microsoft iSCSI Initiator service. */
export const INITIATOR_SERVICE = 'MSiSCSI';

export const SC_MANAGER_CONNECT = 0x1;

export const SERVICE_QUERY_CONFIG = 0x1;
export const SERVICE_CHANGE_CONFIG = 0x2;
export const SERVICE_QUERY_STATUS = 0x4;
export const SERVICE_START = 0x10;

/** The information level of `QueryServiceStatusEx` that answers with a `SERVICE_STATUS_PROCESS`. */
export const SC_STATUS_PROCESS_INFO = 0;

/** Leaves a setting as it is, in `ChangeServiceConfigW`. */
export const SERVICE_NO_CHANGE = 0xffffffff;

export const SERVICE_WIN32_SHARE_PROCESS = 0x20;

/** `dwCurrentState`. */
export const SERVICE_STATES = {
  1: 'stopped',
  2: 'startPending',
  3: 'stopPending',
  4: 'running',
  5: 'continuePending',
  6: 'pausePending',
  7: 'paused',
} as const;

/** `dwStartType`. */
export const START_TYPES = {
  0: 'boot',
  1: 'system',
  2: 'automatic',
  3: 'manual',
  4: 'disabled',
} as const;

export const SERVICE_AUTO_START = 2;

/** `SERVICE_STATUS_PROCESS`: nine numbers of 4 bytes, the same on every platform. */
export const SERVICE_STATUS_PROCESS = {
  size: 36,
  at: {
    dwServiceType: 0,
    dwCurrentState: 4,
    dwControlsAccepted: 8,
    dwWin32ExitCode: 12,
    dwServiceSpecificExitCode: 16,
    dwCheckPoint: 20,
    dwWaitHint: 24,
    dwProcessId: 28,
    dwServiceFlags: 32,
  },
} as const;

/** `QUERY_SERVICE_CONFIGW`, with its size where pointers have 4 bytes. Pointers to strings, which follow, are not read. */
export const QUERY_SERVICE_CONFIG = {
  leastSize: 36,
  at: { dwServiceType: 0, dwStartType: 4, dwErrorControl: 8 },
} as const;

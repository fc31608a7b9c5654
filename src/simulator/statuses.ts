// What the simulated initiator answers, besides what Windows itself does.
export const ISDSC_CONNECTION_FAILED = 0xefff0003;
export const ISDSC_AUTHENTICATION_FAILURE = 0xefff0009;
export const ISDSC_AUTHORIZATION_FAILURE = 0xefff000a;
export const ISDSC_NOT_FOUND = 0xefff000b;
export const ISDSC_TOO_MANY_CONNECTIONS = 0xefff000e;
export const ISDSC_INITIATOR_INSTANCE_NOT_FOUND = 0xefff0017;
export const ISDSC_INVALID_SESSION_ID = 0xefff001c;
export const ISDSC_SCSI_REQUEST_FAILED = 0xefff001d;
export const ISDSC_TOO_MANY_SESSIONS = 0xefff001e;
export const ISDSC_SESSION_BUSY = 0xefff001f;
export const ISDSC_TARGET_NOT_FOUND = 0xefff0029;
export const ISDSC_OPERATION_NOT_ALL_SUCCESS = 0xafff002e;
export const ISDSC_NO_AUTH_INFO_AVAILABLE = 0xefff0034;
export const ISDSC_ISNS_SERVER_NOT_FOUND = 0xefff003a;
export const ISDSC_NO_PORTAL_SPECIFIED = 0xefff003c;
export const ISDSC_CANT_REMOVE_LAST_CONNECTION = 0xefff003d;
export const ISDSC_SERVICE_NOT_RUNNING = 0xefff003e;
export const ISDSC_TARGET_ALREADY_LOGGED_IN = 0xefff003f;
export const ISDSC_DEVICE_BUSY_ON_SESSION = 0xefff0040;
export const ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA = 0xefff0042;
export const ISDSC_PORTAL_NOT_FOUND = 0xefff0043;
export const ISDSC_DISCOVERY_MECHANISM_NOT_FOUND = 0xefff0045;
export const ISDSC_INVALID_CHAP_SECRET = 0xefff004a;
export const ISDSC_INVALID_INITIATOR_CHAP_SECRET = 0xefff004c;
export const ISDSC_INVALID_ISCSI_NAME = 0xefff0051;
export const ISDSC_DEVICE_ALREADY_PERSISTENTLY_BOUND = 0xefff005c;
export const ISDSC_DEVICE_NOT_FOUND = 0xefff005d;
export const ISDSC_DEVICE_NOT_ISCSI_OR_PERSISTENT = 0xefff005e;
export const ISDSC_NO_CONNECTION_AVAILABLE = 0xefff0060;
export const ISDSC_INVALID_CONNECTION_ID = 0xefff0063;
export const ISDSC_CANNOT_REMOVE_LEADING_CONNECTION = 0xefff0064;

// Of Windows itself.
export const ERROR_ACCESS_DENIED = 5;
export const ERROR_INVALID_HANDLE = 6;
export const ERROR_INVALID_LEVEL = 124;
export const ERROR_SERVICE_DISABLED = 1058;
export const ERROR_SERVICE_DOES_NOT_EXIST = 1060;

/** Of Windows Sockets: nobody has answered. */
export const WSAETIMEDOUT = 10060;

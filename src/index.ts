export type { AsyncOptions, SyncOptions } from './api/options.js';
export { getIScsiSessionList, getIScsiSessionListSync } from './api/sessions.js';
export { type ErrorDetails, IscsidscError, type IscsidscErrorCode, IscsiError } from './errors.js';
export type { ConnectionInfo, SessionInfo } from './memory/session-list.js';
export { formatUniqueId, parseUniqueId, type UniqueId } from './memory/unique-id.js';
export type { Library } from './native/library.js';

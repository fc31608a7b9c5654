// Types that the classes and functions of more than one entry name. Each entry exports them: a user of one needs no other.

export type { LoggedIn } from './api/logins/login.js';
export type { LoginFlag, LoginOptions, ReportedLoginOptions, SecurityFlag } from './api/logins/login-options.js';
export type { PersistentLogin } from './api/logins/persistent-logins.js';
export type { PortalInput, TargetPortal } from './api/portals/portal.js';
export type { SendTargetPortal, SendTargetPortalEx } from './api/portals/send-target-portals.js';
export type { ServiceChanges } from './api/service/start-service.js';
export type { LunMappings, ScsiLun } from './api/targets/mapping.js';
export type { Octets } from './codec/fields.js';
export type { Flags, FlagsInput, Named } from './codec/numbers.js';
export type { ScsiStatus, SenseData, SenseKey } from './codec/sense.js';
export type { ConnectionInfo, SessionInfo } from './codec/session-list.js';
export type { DoneBefore, Pending } from './errors.js';
export type {
  WindowsArguments,
  WindowsFunction,
  WindowsFunctionName,
  WindowsResult,
} from './native/windows-functions.js';
export type { CreatedConnection } from './tasks/connect/created.js';
export type { FailedPortal } from './tasks/connect/work.js';
export type { DisconnectedTarget } from './tasks/disconnect/disconnect-target.js';
export type { ForgottenTarget } from './tasks/forget-target.js';
export type { MissingPart } from './tasks/parts.js';

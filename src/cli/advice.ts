import type { FailureDetails } from './failure.js';

/** What is known of an error when advice is looked for. */
export interface Advised extends FailureDetails {
  readonly systemMessage?: unknown;
}

// The advice of the library is for programmers. This is for people at a prompt.
const ADVICE: Readonly<Record<string, string>> = {
  ERR_ISCSIDSC_UNSUPPORTED_PLATFORM: 'Run it on Windows, or add --simulate to try it with a simulated initiator.',
  ERROR_ACCESS_DENIED: "Open the terminal with 'Run as administrator': the initiator asks for it, for reading too.",
  ISDSC_DEVICE_BUSY_ON_SESSION:
    'Close the files on its volumes or take its disks offline, and try again; --retries N tries again up to N times.',
  ISDSC_INVALID_SESSION_ID: "'iscsidsc sessions' lists the sessions: a new login gets a new id.",
  ISDSC_INVALID_CONNECTION_ID: "'iscsidsc session show SESSION' lists the connections of a session.",
  ISDSC_CANT_REMOVE_LAST_CONNECTION: "'iscsidsc session logout SESSION' ends the session with its connection.",
  ISDSC_CANNOT_REMOVE_LEADING_CONNECTION:
    "Remove another connection, or end the session with 'iscsidsc session logout SESSION'.",
  ISDSC_TOO_MANY_CONNECTIONS:
    "Most targets allow one connection per session. A second path is usually a second session: 'iscsidsc target login IQN --portal ADDR --multipath'.",
  ISDSC_TARGET_NOT_FOUND:
    "'iscsidsc targets --refresh' asks the registered portals again, and 'iscsidsc portal add ADDR' registers another one.",
  ISDSC_TARGET_ALREADY_LOGGED_IN:
    "'iscsidsc sessions' lists the session. Add --multipath for a second path, but only where MPIO is installed: without it the disk is there twice, and its data can be damaged.",
  ISDSC_NO_PORTAL_SPECIFIED: 'Name a portal of the target with --portal ADDR[:PORT].',
  ISDSC_PORTAL_NOT_FOUND: "'iscsidsc portals' lists the registered portals.",
  ISDSC_AUTHENTICATION_FAILURE:
    'The user name of --chap-user and its secret must be those that the target has for this initiator. With --mutual, the target proves itself with another secret, which must be the one that Windows has stored (in PowerShell: Set-IscsiChapSecret).',
  ISDSC_AUTHORIZATION_FAILURE:
    "Add the node name of this initiator to those that the target lets in: 'iscsidsc initiator show' prints it.",
  ISDSC_INITIATOR_INSTANCE_NOT_FOUND: "'iscsidsc initiator show' prints the names of the instances.",
  ISDSC_COULD_NOT_SAVE_PERSISTENT_LOGIN_DATA: 'Try again with --save-only, which does not log in a second time.',
  ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA: "'iscsidsc favorites' lists the saved logins.",
};

/** The same for an error of one function alone. */
const ADVICE_OF: Readonly<Record<string, string>> = {
  'ISDSC_TARGET_NOT_FOUND RemoveIScsiStaticTarget':
    "There is no static target of that name. 'iscsidsc target show IQN' says how a target was found; one that a portal reports goes with the portal.",
};

// How the hint of the library begins, and what it is here.
const REGISTRATION = [
  { isKept: true, said: 'The portal stays registered, and Windows goes on asking it.', says: undefined },
  { isKept: false, said: 'The portal has been removed again.', says: 'The portal was removed again: --keep keeps it.' },
];

/** Undefined if there is no better advice than the hint of the error. */
export function adviceFor({
  code,
  syscall,
  pending,
  portalRegistered,
  hint,
  systemMessage,
}: Advised): string | undefined {
  if (code === 'ERR_ISCSIDSC_UNKNOWN_STATUS' && systemMessage !== undefined) return `Windows says: ${systemMessage}`;
  if (code === 'ERR_ISCSIDSC_TIMEOUT') {
    return pending === 'betweenAttempts'
      ? "Allow more time with --timeout; 'iscsidsc sessions' lists the sessions that are there."
      : 'Allow more time with --timeout. If the service MSiSCSI hangs, restart it.';
  }
  const advice = ADVICE_OF[`${code} ${String(syscall).replace(/[AW]$/, '')}`] ?? ADVICE[String(code)];
  const registration = REGISTRATION.find(({ isKept }) => isKept === portalRegistered);
  if (registration === undefined) return advice;
  const { said, says = said } = registration;
  return `${says} ${advice ?? (hint ?? '').replace(said, '').trim()}`;
}

import type { FailureDetails } from './failure.js';
import { named } from './terminal/details.js';

/** What is known of an error when advice is looked for. */
export interface Advised extends FailureDetails {
  readonly systemMessage?: unknown;
  readonly scsiStatus?: string | number;
  readonly sense?: SaidByDevice;
}

/** The sense data of an error. */
interface SaidByDevice {
  readonly isDeferred: boolean;
  readonly key: string | number | null;
  readonly asc: number | null;
  readonly ascq: number | null;
  readonly description: string | null;
}

// The advice of the library is for programmers. This is for people at a prompt.
const ADVICE: Readonly<Record<string, string>> = {
  ERR_ISCSIDSC_UNSUPPORTED_PLATFORM: 'Run it on Windows, or add --simulate to try it with a simulated initiator.',
  ISDSC_SERVICE_NOT_RUNNING:
    "Start it as an administrator with 'iscsidsc service start' or 'net start MSiSCSI'; 'iscsidsc service start --automatic' also lets it start with Windows.",
  ERROR_SERVICE_DISABLED: "'iscsidsc service start --automatic' lets it start with Windows, and starts it.",
  ERROR_ACCESS_DENIED: "Open the terminal with 'Run as administrator': the initiator asks for it, for reading too.",
  ISDSC_DEVICE_BUSY_ON_SESSION:
    'Close the files on the volumes or take the disks offline, and try again; --retries N tries again up to N times.',
  ISDSC_INVALID_SESSION_ID: "'iscsidsc sessions' lists the sessions: a new login gets a new id.",
  ISDSC_INVALID_CONNECTION_ID: "'iscsidsc session show SESSION' lists the connections of a session.",
  ISDSC_CANT_REMOVE_LAST_CONNECTION: "'iscsidsc session logout SESSION' ends the session with its connection.",
  ISDSC_CANNOT_REMOVE_LEADING_CONNECTION:
    "Remove another connection, or end the session with 'iscsidsc session logout SESSION'.",
  ISDSC_TOO_MANY_CONNECTIONS:
    "Most targets allow one connection per session. A second path is usually a second session: 'iscsidsc target login IQN --portal ADDR --multipath'.",
  ISDSC_TARGET_NOT_FOUND:
    "Check the name. 'iscsidsc portal add ADDR' prints the targets that a portal reports to this machine, and 'iscsidsc targets --refresh' asks the registered portals again.",
  ISDSC_TARGET_ALREADY_LOGGED_IN:
    "'iscsidsc sessions' lists the session. Add --multipath for a second path, but only where MPIO is installed: without it the disk is there twice, and its data can be damaged.",
  ISDSC_NO_PORTAL_SPECIFIED: 'Name a portal of the target with --portal ADDR[:PORT].',
  ISDSC_PORTAL_NOT_FOUND: "'iscsidsc portals' lists the registered portals.",
  ISDSC_AUTHENTICATION_FAILURE:
    "The user name of --chap-user and its secret must be those that the target has for this initiator. With --mutual, the target proves itself with another secret, which must be the one that 'iscsidsc chap set-secret' has set.",
  ISDSC_AUTHORIZATION_FAILURE:
    "Add the node name of this initiator to those that the target lets in: 'iscsidsc initiator show' prints it.",
  ISDSC_INVALID_INITIATOR_CHAP_SECRET:
    "'iscsidsc chap set-secret' sets it: 12 to 16 bytes, the same at the target, and not the secret of --chap-user.",
  ISDSC_NO_CONNECTION_AVAILABLE: "'iscsidsc session wait --target IQN' waits until the session has reconnected.",
  ISDSC_ISNS_SERVER_NOT_FOUND: "'iscsidsc isns list' lists the registered servers.",
  ISDSC_DEVICE_NOT_ISCSI_OR_PERSISTENT:
    "Name a volume of an iSCSI disk, and save the login of its target first: 'iscsidsc target login IQN --save-only'.",
  ISDSC_INITIATOR_NODE_NOT_FOUND: "'iscsidsc initiator show' prints the node name of this machine.",
  ISDSC_INITIATOR_INSTANCE_NOT_FOUND: "'iscsidsc initiator show' prints the names of the instances.",
  ERR_ISCSIDSC_NO_LUN: "Map a LUN to the node name of this machine at the target: 'iscsidsc initiator show' prints it.",
  ISDSC_COULD_NOT_SAVE_PERSISTENT_LOGIN_DATA: 'Try again with --save-only, which does not log in a second time.',
  ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA: "'iscsidsc favorites' lists the saved logins.",
};

/** The same for an error of one function alone. */
const ADVICE_OF: Readonly<Record<string, string>> = {
  'ISDSC_TARGET_NOT_FOUND RemoveIScsiStaticTarget':
    "There is no static target of that name. 'iscsidsc target show IQN' says how a target was found; one that a portal reports goes with the portal.",
  'ISDSC_DEVICE_NOT_FOUND RemovePersistentIScsiDevice':
    "'iscsidsc device list' lists the bound volumes: name it as it is written there.",
  'ERROR_INVALID_PARAMETER AddISNSServer': 'SERVER must be the name or the address of a host, without a port.',
  'ERROR_INVALID_PARAMETER SetIScsiInitiatorRADIUSSharedSecret': 'The secret must have 22 to 26 bytes.',
  'ERROR_INVALID_PARAMETER AddRadiusServer': 'SERVER must be the name or the address of a host, without a port.',
};

/** The same for a SCSI command that the device has refused, by its status. */
const BY_SCSI_STATUS: Readonly<Record<string, string>> = {
  reservationConflict: 'Another machine has reserved the LUN, as machines of a cluster do.',
  busy: 'Try again in a second.',
  taskSetFull: 'Try again in a second.',
};

/** And by the additional sense code. */
const BY_SENSE: Readonly<Record<number, string>> = {
  36: "If it asked for a page, the device does not have it: '--page 0x00' lists those that it has.",
  37: "'iscsidsc scsi luns' lists the LUNs that the target has.",
  41: 'The device says this once after a restart: try again.',
  58: 'Put a medium into the device.',
};

/** What a failed discovery leaves behind. */
const ISNS_STAYS = "The server may be registered nevertheless: 'iscsidsc isns list' shows it.";

/** What the hints of the library name, and what to say here in place of such a hint. */
const BY_HINT: readonly (readonly [named: string, advice: string])[] = [
  [
    'waitMs',
    "Allow more time with --wait, run 'iscsidsc disk rescan' if the LUN was mapped after the login, or see whether the target has the disk online.",
  ],
  ['describeDisks', "'iscsidsc disks' lists the disks."],
];

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
  scsiStatus,
  sense,
  hint,
  systemMessage,
}: Advised): string | undefined {
  if (code === 'ERR_ISCSIDSC_UNKNOWN_STATUS' && systemMessage !== undefined) return `Windows says: ${systemMessage}`;
  const byHint = BY_HINT.find(([name]) => hint?.includes(name));
  if (byHint) return byHint[1];
  if (code === 'ERR_ISCSIDSC_TIMEOUT') {
    return pending === 'betweenAttempts'
      ? "Allow more time with --timeout; 'iscsidsc sessions' lists the sessions that are there."
      : 'Allow more time with --timeout. If the service MSiSCSI hangs, restart it.';
  }
  const call = String(syscall).replace(/[AW]$/, '');
  if (scsiStatus !== undefined) return scsiAdvice(scsiStatus, sense);
  const advice = ADVICE_OF[`${code} ${call}`] ?? ADVICE[String(code)];
  const registration = REGISTRATION.find(({ isKept }) => isKept === portalRegistered);
  // A status of Windows Sockets: the server was not reached.
  if (call === 'AddISNSServer' && String(code).startsWith('WSA'))
    return [advice ?? hint, ISNS_STAYS].filter(Boolean).join(' ');
  if (registration === undefined) return advice;
  const { said, says = said } = registration;
  return `${says} ${advice ?? (hint ?? '').replace(said, '').trim()}`;
}

/** What the device answered, in words, and what to do about it. */
function scsiAdvice(scsiStatus: string | number, sense: SaidByDevice | undefined): string {
  const advice =
    BY_SCSI_STATUS[scsiStatus] ?? BY_SENSE[sense?.asc ?? -1] ?? 'With --json, the error has all that the device said.';
  return `The device answered ${named(scsiStatus)}${sense ? senseText(sense) : ''}. ${advice}`;
}

function senseText({ isDeferred, key, asc, ascq, description }: SaidByDevice): string {
  const whose = isDeferred ? ' of an earlier command' : '';
  if (key === null) return `${whose}, and more that cannot be read`;
  if (asc === null) return `${whose}: ${named(key)}`;
  return `${whose}: ${named(key)}, ${description ?? `ASC ${hexadecimal(asc)}, ASCQ ${hexadecimal(ascq)}`}`;
}

function hexadecimal(code: number | null): string {
  return code === null ? 'not sent' : `0x${code.toString(16).padStart(2, '0')}`;
}

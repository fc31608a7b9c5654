import { element } from '../element.mjs';

// The hints of the package are for programmers. These are for people at a window.
const ADVICE = {
  ERROR_ACCESS_DENIED:
    'Close this window and start the program with “Run as administrator”: the initiator answers nobody else.',
  ISDSC_SERVICE_NOT_RUNNING: 'Start the service. It will start with Windows, too, from then on.',
  ISDSC_DEVICE_BUSY_ON_SESSION: 'Close the programs that use the volumes, or take the disks offline, and try again.',
  ISDSC_AUTHENTICATION_FAILURE:
    'The user name and the secret must be those that the target has for this initiator. With mutual CHAP, the secret of this machine must be the one that the target proves itself with.',
  ISDSC_AUTHORIZATION_FAILURE:
    'Add the name of this initiator, at the top of the window, to those that the target lets in.',
  ISDSC_INVALID_INITIATOR_CHAP_SECRET:
    'Set the secret of this machine, under Portals: 12 to 16 characters, and not the secret by which it proves itself.',
  ISDSC_TARGET_ALREADY_LOGGED_IN:
    'The target is connected. A second path needs “several paths”, and MPIO on this machine.',
  ERR_ISCSIDSC_NO_LUN: 'Map a LUN to the name of this initiator, at the top of the window, at the target.',
  ERR_ISCSIDSC_TIMEOUT: 'If it stays like this, restart the service MSiSCSI.',
  ERR_ISCSIDSC_PROCESS_ENDED: 'It is started again by itself.',
  ABORT_ERR: '',
};

/** What happened, without the code and the status, which are facts of their own, and without the advice. */
export function whatHappened({ code, message, hint = '', syscall, errno }) {
  if (code === 'ABORT_ERR') return 'Cancelled.';
  const status = new RegExp(` \\(${syscall}, (?:0x[0-9A-F]+|${errno})\\)`);
  return message.replace(hint, '').replace(`${code}: `, '').replace(status, '').trim();
}

/** What to do about it; empty if there is nothing to say. */
export function whatToDo({ code, hint = '' }) {
  return ADVICE[code] ?? hint;
}

/** The facts for whoever looks it up: `ISDSC_CONNECTION_FAILED · AddIScsiSendTargetPortalW · 0xEFFF0003`. */
export function factsOf({ code, name, syscall, errno }) {
  return [code ?? name, syscall, errno === undefined ? undefined : number(errno)].filter(Boolean).join(' · ');
}

/** An error as the lines of a notice. */
export function errorLines(error) {
  const advice = whatToDo(error);
  return [
    element('p', {}, whatHappened(error)),
    ...(advice ? [element('p', {}, ...marked(advice))] : []),
    ...(error.code === 'ABORT_ERR' ? [] : [element('p', { className: 'facts' }, factsOf(error))]),
    ...remains(error),
  ];
}

/** What a task could not undo. */
function remains({ created, undoErrors }) {
  if (!undoErrors) return [];
  const left = Object.entries({
    session: created.sessions,
    portal: created.portals,
    favourite: created.persistentLogins,
  })
    .filter(([, list]) => list.length > 0)
    .map(([noun, { length }]) => `${length} ${noun}${length === 1 ? '' : 's'}`);
  return [element('p', {}, `Not everything could be undone. Left: ${left.join(', ')}.`)];
}

function number(errno) {
  return errno > 65535 ? `0x${errno.toString(16).toUpperCase()}` : String(errno);
}

/** What stands between backticks is to be typed. */
export function marked(text) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part));
}

import { SUCCESS } from '../../native/status.js';
import { type Answers, bothForms, type Respond, type RespondInForm } from '../answers.js';
import { givenText } from '../given.js';
import { replyStrings } from '../sized-reply.js';
import type { InitiatorState } from '../state.js';
import {
  ISDSC_DEVICE_ALREADY_PERSISTENTLY_BOUND,
  ISDSC_DEVICE_NOT_FOUND,
  ISDSC_DEVICE_NOT_ISCSI_OR_PERSISTENT,
} from '../statuses.js';

const FIRST_LETTER = 'D'.charCodeAt(0);
const LAST_LETTER = 'Z'.charCodeAt(0);

const setup: Respond = state => {
  state.persistentDevices = [...new Set(volumesOf(state))];
  return SUCCESS;
};

const add: RespondInForm = (state, _, path) => {
  const device = givenText(state, path) ?? '';
  if (!volumesOf(state).some(volume => isSame(volume, device))) return ISDSC_DEVICE_NOT_ISCSI_OR_PERSISTENT;
  if (state.persistentDevices.some(each => isSame(each, device))) return ISDSC_DEVICE_ALREADY_PERSISTENTLY_BOUND;
  state.persistentDevices = [...state.persistentDevices, device];
  return SUCCESS;
};

const remove: RespondInForm = (state, _, path) => {
  const left = state.persistentDevices.filter(each => !isSame(each, givenText(state, path) ?? ''));
  if (left.length === state.persistentDevices.length) return ISDSC_DEVICE_NOT_FOUND;
  state.persistentDevices = left;
  return SUCCESS;
};

const clear: Respond = state => {
  state.persistentDevices = [];
  return SUCCESS;
};

const list: RespondInForm = (state, text, size = null, buffer = null) =>
  replyStrings(state, { size, buffer }, state.persistentDevices, text);

/** A volume on each disk of a target with a persistent login. Disk 1 has the drive letter E. */
function volumesOf(state: InitiatorState): string[] {
  return state.sessions.flatMap(session => {
    if (!state.logins.isSaved(session.targetNodeName ?? session.targetName ?? '')) return [];
    const numbers = (state.devicesOf(session.sessionId) ?? []).map(device => device.storageDeviceNumber.deviceNumber);
    return numbers
      .map(number => FIRST_LETTER + number)
      .flatMap(letter => (letter <= LAST_LETTER ? [`${String.fromCharCode(letter)}:\\`] : []));
  });
}

function isSame(one: string, other: string): boolean {
  return one.replace(/\\$/, '').toUpperCase() === other.replace(/\\$/, '').toUpperCase();
}

export const PERSISTENT_DEVICE_ANSWERS: Answers = {
  SetupPersistentIScsiDevices: setup,
  SetupPersistentIScsiVolumes: setup,
  ClearPersistentIScsiDevices: clear,
  ...bothForms('AddPersistentIScsiDevice', add),
  ...bothForms('RemovePersistentIScsiDevice', remove),
  ...bothForms('ReportPersistentIScsiDevices', list),
};

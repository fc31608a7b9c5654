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
import { isSamePath, type MachineVolume, volumesOnSession } from '../volumes/volumes.js';

const setup: Respond = state => {
  state.persistentDevices = [...new Set(volumesOf(state).flatMap(({ paths }) => paths))];
  return SUCCESS;
};

const add: RespondInForm = (state, _, path) => {
  const device = givenText(state, path) ?? '';
  const isVolume = volumesOf(state).some(({ name, paths }) => [name, ...paths].some(path => isSamePath(path, device)));
  if (!isVolume) return ISDSC_DEVICE_NOT_ISCSI_OR_PERSISTENT;
  if (state.persistentDevices.some(each => isSamePath(each, device))) return ISDSC_DEVICE_ALREADY_PERSISTENTLY_BOUND;
  state.persistentDevices = [...state.persistentDevices, device];
  return SUCCESS;
};

const remove: RespondInForm = (state, _, path) => {
  const left = state.persistentDevices.filter(each => !isSamePath(each, givenText(state, path) ?? ''));
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

/** The volumes on the disks of targets with a persistent login. */
function volumesOf(state: InitiatorState): MachineVolume[] {
  return state.sessions.flatMap(session =>
    state.logins.isSaved(session.targetNodeName ?? session.targetName ?? '') ? volumesOnSession(state, session) : [],
  );
}

export const PERSISTENT_DEVICE_ANSWERS: Answers = {
  SetupPersistentIScsiDevices: setup,
  SetupPersistentIScsiVolumes: setup,
  ClearPersistentIScsiDevices: clear,
  ...bothForms('AddPersistentIScsiDevice', add),
  ...bothForms('RemovePersistentIScsiDevice', remove),
  ...bothForms('ReportPersistentIScsiDevices', list),
};

import { DEVICE_ON_SESSION } from '../../api/devices/device.js';
import { type Answers, bothForms, type RespondInForm, uniqueIdAt } from '../answers.js';
import { replyStructs } from '../sized-reply.js';
import { ISDSC_INVALID_SESSION_ID, ISDSC_SESSION_BUSY } from '../statuses.js';

const devices: RespondInForm = (state, text, id = null, size = null, buffer = null) => {
  const list = state.devicesOf(uniqueIdAt(id));
  if (list === undefined) return ISDSC_INVALID_SESSION_ID;
  if (state.passes('deviceBusy')) return ISDSC_SESSION_BUSY;
  return replyStructs(state, { size, buffer }, DEVICE_ON_SESSION, list, text, 'structs');
};

export const DEVICE_ANSWERS: Answers = bothForms('GetDevicesForIScsiSession', devices);

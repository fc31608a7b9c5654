import { layoutOf } from '../codec/layout.js';
import { formatUniqueId } from '../codec/unique-id.js';
import type { ExportName } from '../native/functions.js';
import { ERROR_INVALID_PARAMETER, SUCCESS } from '../native/status.js';
import { deviceImage } from './device-image.js';
import { Image } from './image.js';
import type { TextForm } from './image-builder.js';
import type { Initiator } from './initiator.js';
import { mappingImage, mappingShape } from './mapping-image.js';
import { type Address, readUint64, writeBytes } from './native-memory.js';
import { sessionExImage, sessionExShape } from './session-ex-image.js';
import { sessionImage, sessionShape } from './session-image.js';
import { answerSized } from './sized-answer.js';

/** Answers a call: the arguments are addresses, as the native function was given them. */
export type Respond = (initiator: Initiator, ...args: (Address | undefined)[]) => number;

const ISDSC_INVALID_SESSION_ID = 0xefff001c;
const ISDSC_SESSION_BUSY = 0xefff001f;
const ISDSC_DEVICE_BUSY_ON_SESSION = 0xefff0040;
const NODE_NAME_LENGTH = 224;

type RespondInForm = (initiator: Initiator, text: TextForm, ...args: (Address | undefined)[]) => number;

const sessionList: RespondInForm = (initiator, text, size = null, count = null, buffer = null) => {
  const { behaviour, sessions } = initiator;
  const image = sessionImage(sessions, text, behaviour);
  const content = { unit: 1, count: sessions.length, image, shape: sessionShape() };
  return answerSized(initiator, { size, count, buffer }, content);
};

const sessionListEx: Respond = (initiator, size = null, count = null, buffer = null) => {
  const { behaviour, parameters } = initiator;
  const image = sessionExImage(parameters, initiator.wide, behaviour);
  const content = { unit: 1, count: parameters.length, image, shape: sessionExShape() };
  return answerSized(initiator, { size, count, buffer }, content);
};

const mappings: RespondInForm = (initiator, text, size = null, count = null, buffer = null) => {
  const { behaviour, mappings: list } = initiator;
  const image = mappingImage(list, text, behaviour);
  const content = { unit: 1, count: list.length, image, shape: mappingShape(text) };
  return answerSized(initiator, { size, count, buffer }, content);
};

const devices: RespondInForm = (initiator, text, id = null, size = null, buffer = null) => {
  const list = initiator.devicesOf(sessionId(id));
  if (list === undefined) return ISDSC_INVALID_SESSION_ID;
  if (initiator.passes('deviceBusy')) return ISDSC_SESSION_BUSY;
  const unit = layoutOf(`ISCSI_DEVICE_ON_SESSION${text.form}`).size;
  const content = { unit, count: list.length, image: deviceImage(list, text), shape: {} };
  return answerSized(initiator, { size, buffer }, content);
};

const initiators: RespondInForm = (initiator, text, size = null, buffer = null) => {
  const end = Buffer.alloc(text.unit);
  const names = initiator.names.flatMap(name => [text.encode(name), end]);
  // An empty list, too, has two ends.
  const bytes = Buffer.concat([...(names.length > 0 ? names : [end]), end]);
  const image = new Image({ bytes, alignment: text.unit, pointers: [] }, [], 0);
  const content = { unit: text.unit, count: 0, image, noise: 'z', shape: { multiString: true } };
  return answerSized(initiator, { size, buffer }, content);
};

const nodeName: RespondInForm = (initiator, text, buffer = null) => {
  if (buffer === null) return ERROR_INVALID_PARAMETER;
  const bytes = text.encode(`${initiator.nodeName}\0`);
  const unterminated = Buffer.alloc(NODE_NAME_LENGTH * text.unit, text.encode('x'));
  writeBytes(buffer, initiator.behaviour.fault === 'unterminated' ? unterminated : bytes);
  return SUCCESS;
};

const version: Respond = (initiator, info = null) => {
  if (info === null) return ERROR_INVALID_PARAMETER;
  const { majorVersion, minorVersion, buildNumber } = initiator.version;
  writeBytes(info, Buffer.from(Uint32Array.of(majorVersion, minorVersion, buildNumber).buffer));
  return SUCCESS;
};

const logout: Respond = (initiator, id = null) => {
  if (initiator.devicesOf(sessionId(id)) === undefined) return ISDSC_INVALID_SESSION_ID;
  if (initiator.passes('veto')) return ISDSC_DEVICE_BUSY_ON_SESSION;
  initiator.logout(sessionId(id));
  return SUCCESS;
};

/** The functions that the simulator has. */
export const ANSWERS: Readonly<Partial<Record<ExportName, Respond>>> = {
  ...bothForms('GetIScsiSessionList', sessionList),
  ...bothForms('GetDevicesForIScsiSession', devices),
  ...bothForms('ReportActiveIScsiTargetMappings', mappings),
  ...bothForms('ReportIScsiInitiatorList', initiators),
  ...bothForms('GetIScsiInitiatorNodeName', nodeName),
  GetIScsiSessionListEx: sessionListEx,
  GetIScsiVersionInformation: version,
  LogoutIScsiTarget: logout,
};

function bothForms<Name extends string>(name: Name, respond: RespondInForm) {
  const wide: Respond = (initiator, ...args) => respond(initiator, initiator.wide, ...args);
  const ansi: Respond = (initiator, ...args) => respond(initiator, initiator.ansi, ...args);
  return { [`${name}W`]: wide, [`${name}A`]: ansi } as { [Form in `${Name}${'A' | 'W'}`]: Respond };
}

function sessionId(id: Address): string {
  if (id === null) return '';
  return formatUniqueId({ adapterUnique: readUint64(id), adapterSpecific: readUint64(id + 8n) });
}

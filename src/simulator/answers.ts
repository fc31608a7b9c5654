import { layoutOf } from '../memory/layout.js';
import { formatUniqueId } from '../memory/unique-id.js';
import type { ExportName } from '../native/functions.js';
import { ERROR_INVALID_PARAMETER, SUCCESS } from '../native/status.js';
import { deviceImage } from './device-image.js';
import { Image } from './image.js';
import type { TextForm } from './image-builder.js';
import type { Initiator } from './initiator.js';
import { mappingImage } from './mapping-image.js';
import { type Address, readUint64, writeBytes } from './native-memory.js';
import { sessionExImage } from './session-ex-image.js';
import { sessionImage } from './session-image.js';
import { answerSized } from './sized-answer.js';

/** Answers a call: the arguments are addresses, as the native function was given them. */
export type Respond = (initiator: Initiator, ...args: Address[]) => number;

const ISDSC_INVALID_SESSION_ID = 0xefff001c;
const ISDSC_SESSION_BUSY = 0xefff001f;
const ISDSC_DEVICE_BUSY_ON_SESSION = 0xefff0040;
const NODE_NAME_LENGTH = 224;

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

type RespondInForm = (initiator: Initiator, text: TextForm, ...args: Address[]) => number;

function bothForms<Name extends string>(name: Name, respond: RespondInForm) {
  const wide: Respond = (initiator, ...args) => respond(initiator, initiator.wide, ...args);
  const ansi: Respond = (initiator, ...args) => respond(initiator, initiator.ansi, ...args);
  return { [`${name}W`]: wide, [`${name}A`]: ansi } as { [Form in `${Name}${'A' | 'W'}`]: Respond };
}

function sessionList(
  initiator: Initiator,
  text: TextForm,
  size: Address = null,
  count: Address = null,
  buffer: Address = null,
): number {
  const { behaviour, sessions } = initiator;
  const { size: structSize, at } = layoutOf('ISCSI_SESSION_INFOW');
  const array = {
    pointer: at.Connections,
    count: at.ConnectionCount,
    structSize: layoutOf('ISCSI_CONNECTION_INFOW').size,
  };
  return answerSized(
    initiator,
    { size, count, buffer },
    {
      unit: 1,
      count: sessions.length,
      image: sessionImage(sessions, text, behaviour),
      shape: { structSize, string: at.TargetName, array },
    },
  );
}

function sessionListEx(
  initiator: Initiator,
  size: Address = null,
  count: Address = null,
  buffer: Address = null,
): number {
  const { behaviour, parameters } = initiator;
  const { size: structSize, at } = layoutOf('ISCSI_SESSION_INFO_EX');
  const array = {
    pointer: at.Connections,
    count: at.ConnectionCount,
    structSize: layoutOf('ISCSI_CONNECTION_INFO_EX').size,
  };
  return answerSized(
    initiator,
    { size, count, buffer },
    {
      unit: 1,
      count: parameters.length,
      image: sessionExImage(parameters, initiator.wide, behaviour),
      shape: { structSize, array },
    },
  );
}

function devices(
  initiator: Initiator,
  text: TextForm,
  id: Address = null,
  size: Address = null,
  buffer: Address = null,
): number {
  const list = initiator.devicesOf(sessionId(id));
  if (list === undefined) return ISDSC_INVALID_SESSION_ID;
  if (initiator.passes('deviceBusy')) return ISDSC_SESSION_BUSY;
  const unit = layoutOf(`ISCSI_DEVICE_ON_SESSION${text.form}`).size;
  const content = { unit, count: list.length, image: deviceImage(list, text), shape: {} };
  return answerSized(initiator, { size, buffer }, content);
}

function mappings(
  initiator: Initiator,
  text: TextForm,
  size: Address = null,
  count: Address = null,
  buffer: Address = null,
): number {
  const { behaviour, mappings: list } = initiator;
  const { size: structSize, at } = layoutOf(`ISCSI_TARGET_MAPPING${text.form}`);
  const array = { pointer: at.LUNList, count: at.LUNCount, structSize: layoutOf('SCSI_LUN_LIST').size };
  return answerSized(
    initiator,
    { size, count, buffer },
    { unit: 1, count: list.length, image: mappingImage(list, text, behaviour), shape: { structSize, array } },
  );
}

function initiators(initiator: Initiator, text: TextForm, size: Address = null, buffer: Address = null): number {
  const names = initiator.names.flatMap(name => [text.encode(name), Buffer.alloc(text.unit)]);
  // An empty list, too, has two ends.
  const bytes = Buffer.concat([...(names.length > 0 ? names : [Buffer.alloc(text.unit)]), Buffer.alloc(text.unit)]);
  return answerSized(
    initiator,
    { size, buffer },
    {
      unit: text.unit,
      count: 0,
      image: new Image({ bytes, alignment: text.unit, pointers: [] }, [], 0),
      noise: 'z',
      shape: { multiString: true },
    },
  );
}

function nodeName(initiator: Initiator, text: TextForm, buffer: Address = null): number {
  if (buffer === null) return ERROR_INVALID_PARAMETER;
  const bytes = text.encode(initiator.nodeName.padEnd(initiator.nodeName.length + 1, '\0'));
  const unterminated = Buffer.alloc(NODE_NAME_LENGTH * text.unit, text.encode('x'));
  writeBytes(buffer, initiator.behaviour.lie === 'unterminated' ? unterminated : bytes);
  return SUCCESS;
}

function version(initiator: Initiator, info: Address = null): number {
  if (info === null) return ERROR_INVALID_PARAMETER;
  const { majorVersion, minorVersion, buildNumber } = initiator.version;
  writeBytes(info, Buffer.from(Uint32Array.of(majorVersion, minorVersion, buildNumber).buffer));
  return SUCCESS;
}

function logout(initiator: Initiator, id: Address = null): number {
  if (initiator.devicesOf(sessionId(id)) === undefined) return ISDSC_INVALID_SESSION_ID;
  if (initiator.passes('veto')) return ISDSC_DEVICE_BUSY_ON_SESSION;
  initiator.logout(sessionId(id));
  return SUCCESS;
}

function sessionId(id: Address): string {
  if (id === null) return '';
  return formatUniqueId({ adapterUnique: readUint64(id), adapterSpecific: readUint64(id + 8n) });
}

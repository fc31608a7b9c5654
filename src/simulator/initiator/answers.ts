import { VERSION_INFO } from '../../api/initiator/version.js';
import { Sink } from '../../codec/sink.js';
import { ERROR_INVALID_PARAMETER, SUCCESS } from '../../native/status.js';
import { type Answers, bothForms, type Respond, type RespondInForm } from '../answers.js';
import { givenText } from '../given.js';
import { writeBytes } from '../native-memory.js';
import { replyStrings } from '../sized-reply.js';
import { ISDSC_INVALID_ISCSI_NAME } from '../statuses.js';

const NODE_NAME_LENGTH = 224;

const initiators: RespondInForm = (state, text, size = null, buffer = null) =>
  replyStrings(state, { size, buffer }, state.names, text);

const nodeName: RespondInForm = (state, text, buffer = null) => {
  if (buffer === null) return ERROR_INVALID_PARAMETER;
  const unterminated = Buffer.alloc(NODE_NAME_LENGTH * text.unit, text.encode('x'));
  // The export takes no size: what is longer would be written past the caller's buffer.
  let name = state.nodeName.slice(0, NODE_NAME_LENGTH - 1);
  while (text.encode(name).length > (NODE_NAME_LENGTH - 1) * text.unit) name = name.slice(0, -1);
  const { bytes } = new Sink(text).addString(name);
  writeBytes(buffer, state.behaviour.fault === 'unterminated' ? unterminated : bytes);
  return SUCCESS;
};

const setNodeName: RespondInForm = (state, _, name) => {
  const given = givenText(state, name);
  if (given !== null && !/^(iqn|eui|naa)\./i.test(given)) return ISDSC_INVALID_ISCSI_NAME;
  state.setNodeName(given);
  return SUCCESS;
};

const version: Respond = (state, info = null) => {
  if (info === null) return ERROR_INVALID_PARAMETER;
  const struct = VERSION_INFO.in('W');
  const sink = new Sink(state.wide);
  const piece = sink.add(struct.size, 4);
  struct.write(sink, piece, 0, state.version);
  writeBytes(info, piece.bytes);
  return SUCCESS;
};

export const INITIATOR_ANSWERS: Answers = {
  ...bothForms('ReportIScsiInitiatorList', initiators),
  ...bothForms('GetIScsiInitiatorNodeName', nodeName),
  ...bothForms('SetIScsiInitiatorNodeName', setNodeName),
  GetIScsiVersionInformation: version,
};

import { lunNumber, wireLun } from '../../codec/lun.js';
import type { SessionInfo } from '../../codec/session-list.js';
import { EVPD_CMDDT, SCSI_STATUS } from '../../header/constants.js';
import { ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_PARAMETER, SUCCESS } from '../../native/status.js';
import { type Answers, type Respond, uniqueIdAt } from '../answers.js';
import { addressOf } from '../given.js';
import { readUint32, writeBytes, writeUint32 } from '../native-memory.js';
import type { InitiatorState } from '../state.js';
import { ISDSC_INVALID_SESSION_ID, ISDSC_NO_CONNECTION_AVAILABLE, ISDSC_SCSI_REQUEST_FAILED } from '../statuses.js';
import { LunData } from './lun-data.js';

/** Why a device refuses a command: the additional sense code of an illegal request. */
type Refusal = 'logicalUnitNotSupported' | 'invalidFieldInCdb';

const CODES: Readonly<Record<Refusal, number>> = { logicalUnitNotSupported: 0x25, invalidFieldInCdb: 0x24 };
const ILLEGAL_REQUEST = 5;

const inquiry: Respond = (state, ...args) => {
  const [id, lun, evpd, pageCode, ...answer] = args as readonly unknown[];
  return command(state, id, answer, session => {
    const data = lunOf(state, session, lun);
    if (data === undefined) return 'logicalUnitNotSupported';
    if (Number(evpd) === 0) return Number(pageCode) === 0 ? data.standard : 'invalidFieldInCdb';
    if (Number(evpd) !== EVPD_CMDDT.EVPD) return 'invalidFieldInCdb';
    return data.page(Number(pageCode)) ?? 'invalidFieldInCdb';
  });
};

const capacity: Respond = (state, ...args) => {
  const [id, lun, ...answer] = args as readonly unknown[];
  return command(state, id, answer, session => lunOf(state, session, lun)?.capacity ?? 'logicalUnitNotSupported');
};

const luns: Respond = (state, ...args) => {
  const [id, ...answer] = args as readonly unknown[];
  return command(state, id, answer, session => {
    const all = state.table.lunsOf(session);
    const bytes = Buffer.alloc(8 + 8 * all.length);
    bytes.writeUInt32BE(8 * all.length);
    for (const [index, { lun }] of all.entries()) bytes.writeBigUInt64LE(wireLun(lun), 8 + 8 * index);
    return bytes;
  });
};

/** Answers a command with its response, or with why it is refused. */
function command(
  state: InitiatorState,
  id: unknown,
  answer: readonly unknown[],
  respond: (session: SessionInfo) => Buffer | Refusal,
): number {
  const [status, size, response, senseSize, sense] = answer.map(addressOf);
  const session = state.table.find(uniqueIdAt(addressOf(id)));
  if (session === undefined) return ISDSC_INVALID_SESSION_ID;
  if (!status || !size || !senseSize || !sense) return ERROR_INVALID_PARAMETER;
  if (session.connections.length === 0) return ISDSC_NO_CONNECTION_AVAILABLE;
  const said = respond(session);
  if (typeof said === 'string') {
    writeBytes(status, Buffer.from([SCSI_STATUS.CHECK_CONDITION]));
    const bytes = senseOf(CODES[said]);
    writeBytes(sense, bytes.subarray(0, readUint32(senseSize)));
    return ISDSC_SCSI_REQUEST_FAILED;
  }
  const given = readUint32(size);
  writeUint32(size, said.length);
  writeBytes(status, Buffer.from([SCSI_STATUS.GOOD]));
  if (said.length > given || !response) return ERROR_INSUFFICIENT_BUFFER;
  writeBytes(response, said);
  return SUCCESS;
}

function lunOf(state: InitiatorState, session: SessionInfo, wire: unknown): LunData | undefined {
  const number = lunNumber(BigInt.asUintN(64, BigInt(wire as number | bigint)));
  const found = state.table.lunsOf(session).find(({ lun }) => lun === number);
  return found && new LunData(session.targetName ?? '', found);
}

/** Sense data of the fixed format: an illegal request. */
function senseOf(code: number): Buffer {
  const bytes = Buffer.alloc(18);
  bytes[0] = 0x70;
  bytes[2] = ILLEGAL_REQUEST;
  bytes[7] = bytes.length - 8;
  bytes[12] = code;
  return bytes;
}

export const SCSI_ANSWERS: Answers = {
  SendScsiInquiry: inquiry,
  SendScsiReadCapacity: capacity,
  SendScsiReportLuns: luns,
};

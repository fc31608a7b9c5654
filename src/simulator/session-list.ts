import { ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_PARAMETER, ERROR_NOACCESS, SUCCESS } from '../native/status.js';
import type { Behaviour } from './behaviour.js';
import type { Initiator } from './initiator.js';
import { spoil } from './lies.js';
import { type Address, readUint32, writeBytes, writeUint32 } from './native-memory.js';
import { sessionImage, type TextForm } from './session-image.js';

/** Answers `GetIScsiSessionListA/W` as the documentation has it, and as the behaviour wants. */
export function answerSessionList(
  initiator: Initiator,
  text: TextForm,
  size: Address,
  count: Address,
  buffer: Address,
): number {
  const { behaviour, sessions } = initiator;
  if (size === null || count === null) return ERROR_INVALID_PARAMETER;
  const given = readUint32(size);
  if (given > (behaviour.refuseAbove ?? given) || (buffer === null && given > 0)) return ERROR_NOACCESS;
  const image = sessionImage(sessions, text, behaviour);
  if (image.length > given || behaviour.lie === 'never-satisfied') {
    writeUint32(size, asked(behaviour, image.length, given));
    initiator.grow();
    return behaviour.insufficient ?? ERROR_INSUFFICIENT_BUFFER;
  }
  const address = buffer ?? 0n;
  const answer = {
    // Only a lie needs the rest of the buffer.
    bytes: Buffer.alloc(behaviour.lie ? given : image.length),
    address,
    used: image.length,
    size: Math.min(image.length + (behaviour.reportSlack ?? 0), given),
    count: sessions.length,
  };
  image.bytesAt(address).copy(answer.bytes);
  if (behaviour.lie) spoil(behaviour.lie, answer);
  writeBytes(address, answer.bytes);
  writeUint32(size, answer.size);
  writeUint32(count, answer.count);
  return SUCCESS;
}

function asked({ lie, askExactly, slack = 0 }: Behaviour, needed: number, given: number): number {
  if (lie === 'never-satisfied') return given + 1;
  return askExactly ?? needed + slack;
}

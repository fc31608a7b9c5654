import { type Placement, Sink, type TextForm } from '../codec/sink.js';
import type { Struct } from '../codec/struct.js';
import { ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_PARAMETER, ERROR_NOACCESS, SUCCESS } from '../native/status.js';
import type { Behaviour } from './behaviour.js';
import { type Answer, type Content, spoil } from './faults.js';
import { type Address, readUint32, writeBytes, writeUint32 } from './native-memory.js';
import type { InitiatorState } from './state.js';

/** The arguments of a call that fills a buffer. */
export interface SizedArguments {
  readonly size: Address;
  /** Undefined where the export has no such parameter. */
  readonly count?: Address;
  readonly buffer: Address;
}

interface Reply {
  /** What the size counts, in bytes. */
  readonly unit: number;
  readonly structs: number;
  readonly placement: Placement;
  /** What follows the answer in the buffer. */
  readonly noise?: string;
  readonly content: Content;
}

/** Fills the buffer with structs, and what they point to. The size counts bytes, or structs. */
export function replyStructs<Value extends object>(
  state: InitiatorState,
  args: SizedArguments,
  struct: Struct<Value>,
  values: readonly Value[],
  text: TextForm,
  sizeCounts: 'bytes' | 'structs',
): number {
  const bound = struct.in(text.form);
  const sink = new Sink(text);
  bound.writeArray(sink, values, struct.label);
  return fill(state, args, {
    unit: sizeCounts === 'bytes' ? 1 : bound.size,
    structs: values.length,
    placement: sink.place(state.behaviour),
    content: { struct, form: text.form },
  });
}

/** Fills the buffer with what was put into a sink. The size counts bytes, and there is no count. */
export function replySink(state: InitiatorState, args: SizedArguments, sink: Sink, content: Content): number {
  return fill(state, args, { unit: 1, structs: 1, placement: sink.place(state.behaviour), content });
}

/** Fills the buffer with a multi-string: each string ends with NUL, the list with one more. The size counts characters, if not bytes. */
export function replyStrings(
  state: InitiatorState,
  args: SizedArguments,
  strings: readonly string[],
  text: TextForm,
  unit: number = text.unit,
): number {
  const sink = new Sink(text);
  for (const each of strings) sink.addString(each);
  // An empty list, too, has two ends.
  if (strings.length === 0) sink.add(text.unit, text.unit);
  sink.add(text.unit, text.unit);
  return fill(state, args, {
    unit,
    structs: 0,
    placement: sink.place(),
    noise: 'z',
    content: 'multiString',
  });
}

/** Answers a call that fills a buffer as the documentation has it, and as the behaviour wants. */
function fill(
  state: InitiatorState,
  { size, count, buffer }: SizedArguments,
  { unit, structs, placement, noise, content }: Reply,
): number {
  const { behaviour } = state;
  if (size === null || count === null) return ERROR_INVALID_PARAMETER;
  const given = readUint32(size) * unit;
  if (given > (behaviour.refuseAbove ?? given) || (buffer === null && given > 0)) return ERROR_NOACCESS;
  const needed = placement.length;
  if (needed > given || behaviour.fault === 'never-satisfied') {
    writeUint32(size, asked(behaviour, needed, given, unit));
    state.grow();
    return behaviour.insufficient ?? ERROR_INSUFFICIENT_BUFFER;
  }
  const address = buffer ?? 0n;
  const answer: Answer = {
    // The rest of the buffer matters to a fault, and where there is noise in it.
    bytes: Buffer.alloc(behaviour.fault || noise ? given : needed, noise ?? 0),
    address,
    used: needed,
    unit,
    size: Math.min(needed + (behaviour.reportSlack ?? 0) * unit, given),
    structs,
    count: count === undefined ? undefined : structs,
  };
  // Between pieces there is room, which the noise must not fill.
  answer.bytes.fill(0, 0, needed);
  placement.writeTo(answer.bytes, address);
  if (behaviour.fault) spoil(behaviour.fault, answer, content);
  writeBytes(address, answer.bytes);
  // Where there is no count of its own, the size is the count.
  if (behaviour.fault !== 'count-unwritten' || count !== undefined) writeUint32(size, answer.size / unit);
  if (count !== undefined && answer.count !== undefined) writeUint32(count, answer.count);
  return SUCCESS;
}

function asked({ fault, askExactly, slack = 0 }: Behaviour, needed: number, given: number, unit: number): number {
  if (fault === 'never-satisfied') return given / unit + 1;
  return askExactly ?? needed / unit + slack;
}

import { Sink, WIDE } from '../codec/sink.js';
import { Reply, Source } from '../codec/source.js';
import type { Struct } from '../codec/struct.js';
import { invalidArgument, isIscsidscError } from '../errors.js';

/**
 * The values as a DLL would report them, ids in their one form, and frozen: what the caller does to its own objects
 * later changes nothing. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT` for values that the struct cannot hold.
 */
export function frozenCopy<Value extends object>(
  struct: Struct<Value>,
  values: readonly Value[],
  what: string,
): readonly Value[] {
  const bound = struct.in('W');
  const sink = new Sink(WIDE);
  bound.writeArray(sink, values, what);
  try {
    return deepFreeze(bound.readHead(new Source(new Reply(sink.assemble(), 'createSimulator')), values.length, what));
  } catch (error) {
    if (isIscsidscError(error)) throw invalidArgument(`The ${what} must be such as Windows can report`, values);
    throw error;
  }
}

export function deepFreeze<Value>(value: Value): Value {
  // The elements of a Uint8Array cannot be frozen.
  if (Object(value) !== value || ArrayBuffer.isView(value)) return value;
  for (const member of Object.values(value as object)) deepFreeze(member);
  return Object.freeze(value);
}

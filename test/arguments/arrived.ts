import { expect } from 'vitest';
import { withGuards } from '../contract/guards.js';
import { errorOf } from '../contract/outcome.js';
import { type GivenCall, RecordingLibrary } from './recording-library.js';

export const LATIN = {
  decodeAnsi: (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1'),
  encodeAnsi: (text: string) => Buffer.from(text, 'latin1'),
};

/** The calls that arrive while an action runs, whose memory is all inside its guards. */
export async function arrived(action: (library: RecordingLibrary) => Promise<unknown>): Promise<readonly GivenCall[]> {
  const library = new RecordingLibrary({ codePage: LATIN, answer: () => 5 });
  await withGuards(async () => {
    const error = await errorOf(action(library));
    expect(['ERR_ISCSIDSC_INVALID_ARGUMENT', 'ERROR_ACCESS_DENIED']).toContain(error.code);
  });
  return library.calls;
}

/** A member that is another thing each time it is read. */
export function changing<Value>(...values: readonly [Value, ...unknown[]]): PropertyDescriptor & { reads: number } {
  const descriptor = {
    enumerable: true,
    reads: 0,
    get: () => values[Math.min(descriptor.reads++, values.length - 1)],
  };
  return descriptor;
}

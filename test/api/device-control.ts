import { expect } from 'vitest';
import { TRUE, type WindowsAnswer } from '../answering-windows.js';

export const FIRST_VOLUME = '\\\\?\\Volume{b75e2c83-0000-0000-0000-602f00000000}\\';
export const OTHER_VOLUME = '\\\\?\\Volume{00000000-0000-0000-0000-100000000000}\\';

/** An answer for a function or a request that fails. */
export function fails(lastError: number) {
  return () => ({ lastError });
}

export type Control = (
  input: Buffer | null,
  output: Buffer,
  returned: Uint32Array,
  handle: bigint,
) => ReturnType<WindowsAnswer>;

/** Answers by the code of the request. */
export function control(answers: Readonly<Record<number, Control>>): WindowsAnswer {
  return (handle: bigint, code: number, input: Buffer, inSize: number, output: Buffer, outSize: number, returned) => {
    expect([input?.length ?? 0, output?.length ?? 0]).toEqual([inSize, outSize]);
    return answers[code]?.(input, output, returned, handle) ?? TRUE;
  };
}

/** Writes as many of the bytes as there is room for, and says how many it has used. */
export function bytesOf(bytes: Buffer, used?: number): Control {
  return (_, output, returned) => {
    bytes.copy(output);
    returned[0] = used ?? Math.min(bytes.length, output.length);
    return bytes.length > output.length ? { lastError: 234 } : TRUE;
  };
}

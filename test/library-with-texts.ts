import type { Library } from 'iscsidsc';
import { windowsFunctionsOf } from './windows-functions-of.js';

/** A library that has texts for statuses, as Windows' own has. */
export function withTexts(inner: Library, systemMessage: (status: number) => string): Library {
  return {
    name: 'texts',
    func: name => inner.func(name),
    decodeAnsi: bytes => inner.decodeAnsi(bytes),
    encodeAnsi: text => inner.encodeAnsi(text),
    ...windowsFunctionsOf(inner),
    systemMessage,
  };
}

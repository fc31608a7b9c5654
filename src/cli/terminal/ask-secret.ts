import { on } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';

/** The part of a terminal that is needed. */
export interface SecretInput extends NodeJS.EventEmitter {
  setRawMode(isRaw: boolean): unknown;
  pause(): unknown;
  resume(): unknown;
}

const ENTER = ['\r', '\n', '\x04'];
const INTERRUPT = '\x03';
const ERASE = ['\x7f', '\b'];
const ERASE_ALL = '\x15';

/**
 * Asks on the terminal without showing what is typed. The end of the input ends the answer. Rejects with an AbortError
 * when the signal fires. `interrupt` is called at Ctrl+C, which is no signal while the terminal passes on each key.
 */
export async function askSecret(
  question: string,
  input: SecretInput,
  output: NodeJS.WritableStream,
  signal: AbortSignal,
  interrupt: () => void,
): Promise<string> {
  const decoder = new StringDecoder();
  const line = new HiddenLine(interrupt);
  output.write(question);
  input.setRawMode(true);
  try {
    const chunks = on(input, 'data', { signal, close: ['end'] });
    // The question before may have paused it.
    input.resume();
    for await (const [chunk] of chunks) {
      line.type(decoder.write(chunk));
      if (line.isComplete) break;
    }
    return line.text;
  } finally {
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  }
}

/** What a terminal would make of the keys. */
class HiddenLine {
  readonly #interrupt: () => void;
  #characters: string[] = [];
  #isComplete = false;

  constructor(interrupt: () => void) {
    this.#interrupt = interrupt;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  get text(): string {
    return this.#characters.join('');
  }

  type(keys: string): void {
    // Without those of the arrows and the like.
    for (const key of stripVTControlCharacters(keys)) {
      if (ENTER.includes(key)) {
        this.#isComplete = true;
        return;
      }
      if (key === INTERRUPT) this.#interrupt();
      else if (key === ERASE_ALL) this.#characters = [];
      else if (ERASE.includes(key)) this.#characters.pop();
      else if (key >= ' ') this.#characters.push(key);
    }
  }
}

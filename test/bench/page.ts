import { readFileSync, writeFileSync } from 'node:fs';

const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/** A page with a place for numbers. */
export class Page {
  readonly #path: string;
  readonly #before: string;
  readonly #after: string;

  constructor(path: string) {
    const text = readFileSync(path, 'utf8');
    const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
    if (begin < 0 || end < begin) throw new Error(`${path} has no ${BEGIN} with ${END} behind it`);
    this.#path = path;
    this.#before = text.slice(0, begin + BEGIN.length);
    this.#after = text.slice(end);
  }

  fill(numbers: string): void {
    writeFileSync(this.#path, `${this.#before}\n${numbers}\n${this.#after}`);
  }
}

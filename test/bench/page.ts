import { readFileSync, writeFileSync } from 'node:fs';
import type { Report } from './report.js';
import { markdownTable } from './table.js';

const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/** The page of the numbers, with its place for the tables. */
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

  fill(report: Report): void {
    const parts = [`Measured on ${report.machine}.`, ...report.sections.map(markdownTable), ...report.left];
    writeFileSync(this.#path, `${this.#before}\n${parts.join('\n\n')}\n${this.#after}`);
  }
}

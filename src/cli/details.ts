import { paint } from './colour.js';
import { printable } from './printable.js';
import type { Format } from './table.js';
import { padEnd, textWidth } from './text-width.js';
import { wrap } from './wrap.js';

/** What there is to say of one thing. */
export interface Section {
  readonly heading?: string;
  readonly fields: readonly Field[];
}

export type Field = readonly [label: string, value: string];

const INDENT = '  ';
const GAP = 2;
const LEAST_WIDTH = 16;

/** A line `label: value` for each field, values aligned, and wrapped where the terminal is too narrow. */
export function formatDetails(sections: readonly Section[], format: Format): string {
  const labels = sections.flatMap(section => section.fields.map(([label]) => labelText(section, label)));
  const labelWidth = Math.max(...labels.map(textWidth)) + GAP;
  const room = Math.max(LEAST_WIDTH, (format.columns ?? Number.POSITIVE_INFINITY) - labelWidth);
  return sections.map(section => sectionText(section, labelWidth, room, format)).join('\n');
}

function sectionText(section: Section, labelWidth: number, room: number, { columns, colour }: Format): string {
  const headings = section.heading === undefined ? [] : wrap(printable(section.heading), columns ?? Infinity);
  return [
    ...headings.map(line => (colour ? paint('bold', line) : line)),
    ...section.fields.flatMap(([label, value]) =>
      wrap(printable(value), room).map(
        (line, number) => padEnd(number === 0 ? labelText(section, label) : '', labelWidth) + line,
      ),
    ),
  ]
    .map(line => `${line}\n`)
    .join('');
}

function labelText({ heading }: Section, label: string): string {
  return `${heading === undefined ? '' : INDENT}${label}:`;
}

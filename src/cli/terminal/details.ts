import { type Format, paint } from './colour.js';
import { printable } from './printable.js';
import { padEnd, textWidth, wrap } from './text.js';

/** Facts about one thing, under a heading. A field without a label is one more value of the field above. */
export interface Section {
  readonly heading?: string;
  readonly fields: readonly Field[];
}

export type Field = readonly [label: string, value: string];

const INDENT = '  ';
const GAP = 2;

/** A line `label: value` for each field, with the values aligned. A value that does not fit beside its label is below. */
export function formatDetails(sections: readonly Section[], format: Format): string {
  const labels = sections.flatMap(section => section.fields.map(([label]) => labelText(section, label)));
  const labelWidth = Math.max(...labels.map(textWidth)) + GAP;
  return sections.map(section => sectionText(section, labelWidth, format)).join('\n');
}

/** Sentences, as lines of the terminal's width. */
export function paragraph(text: string, { columns = Number.POSITIVE_INFINITY }: Format): string {
  return wrap(printable(text), columns)
    .map(line => `${line}\n`)
    .join('');
}

/** A name of the library in words: `fullFeaturePhase` as `full feature phase`. */
export function named(value: string | number): string {
  if (typeof value === 'number') return `unknown (${value})`;
  return value
    .replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
    .replace(ABBREVIATION, word => word.toUpperCase());
}

const ABBREVIATION = /\b(?:cd|dvd|eui64|id|lun|md5|naa|scsi|t10)\b/g;

function sectionText(section: Section, labelWidth: number, format: Format): string {
  const { columns = Number.POSITIVE_INFINITY } = format;
  const headings = section.heading === undefined ? [] : wrap(printable(section.heading), columns);
  return [
    ...headings.map(line => paint(line, 'bold', format)),
    ...section.fields.flatMap(([label, value]) =>
      fieldLines(labelText(section, label), printable(value), labelWidth, columns),
    ),
  ]
    .map(line => `${line}\n`)
    .join('');
}

function fieldLines(label: string, value: string, labelWidth: number, columns: number): string[] {
  const beside = wrap(value, columns - labelWidth);
  if (beside.every(line => textWidth(line) <= columns - labelWidth)) {
    return beside.map((line, number) => padEnd(number === 0 ? label : '', labelWidth) + line);
  }
  const indent = `${/^ */.exec(label)}${INDENT}`;
  return [...(label.trim() === '' ? [] : [label]), ...wrap(value, columns - indent.length).map(line => indent + line)];
}

function labelText({ heading }: Section, label: string): string {
  return `${heading === undefined ? '' : INDENT}${label === '' ? '' : `${label}:`}`;
}

import { isKept, type Row, type Section } from './section.js';

/** For a terminal. */
export function textTable(section: Section): string {
  const lines = [headings(section), ...section.rows.map(cells)];
  const widths = headings(section).map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  const padded = lines.map(line =>
    line
      .map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return [section.title, ...padded].join('\n');
}

/** For a page. */
export function markdownTable(section: Section): string {
  const rule = headings(section).map((_, column) => (isText(column) ? '---' : '---:'));
  const lines = [headings(section), rule, ...section.rows.map(cells)].map(line => `| ${line.join(' | ')} |`);
  return [`### ${section.title}`, '', ...lines].join('\n');
}

function headings({ mine, other, ratio }: Section): string[] {
  return ['', mine, other, ratio, 'promise'];
}

function isText(column: number): boolean {
  return column === 0 || column === 4;
}

function cells(row: Row): string[] {
  return [row.label, time(row.mine), time(row.other), row.ratio.toFixed(row.ratio < 10 ? 2 : 1), promise(row)];
}

/** With its unit. */
export function time(microseconds: number): string {
  if (microseconds < 1) return `${(microseconds * 1000).toPrecision(3)} ns`;
  if (microseconds < 1000) return `${microseconds.toPrecision(3)} µs`;
  return `${(microseconds / 1000).toPrecision(3)} ms`;
}

function promise(row: Row): string {
  if (row.promise === undefined) return '';
  const words =
    'atLeast' in row.promise ? `at least ${row.promise.atLeast}` : `at most ${row.promise.atMost.toFixed(2)}`;
  return isKept(row) ? `${words}: kept` : `${words}: MISSED`;
}

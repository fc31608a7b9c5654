import { type Colour, paint } from './colour.js';
import { printable } from './printable.js';
import { padEnd, shortenMiddle, textWidth } from './text-width.js';
import { wrap } from './wrap.js';

export interface Column<Row> {
  readonly heading: string;
  /** What stands in the cell; several values are separated by commas. */
  values(row: Row): readonly string[];
  colour?(row: Row): Colour;
  /** May lose its middle where the terminal is too narrow. */
  readonly shortens?: boolean;
  /** Stands beneath the row, a line for each value, wrapped where the terminal is too narrow. */
  readonly beneath?: boolean;
}

export interface Format {
  /** The width to keep to, if any. */
  readonly columns?: number | undefined;
  readonly colour: boolean;
}

interface Cell {
  readonly values: readonly string[];
  readonly colour: Colour | undefined;
}

const GAP = '  ';
// Shorter, and a target can no longer be recognized.
const LEAST_WIDTH = 16;

/** A line for each row, under a heading; where that is too wide, a line for each value instead. Ends with a newline. */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], format: Format): string {
  const beside = columns.filter(({ beneath }) => !beneath);
  const cells = cellsOf(beside, rows);
  const widths = fittingWidths(beside, cells, format.columns);
  const lines = widths
    ? tableLines(beside, cells, widths, format, beneathLines(columns, rows, format))
    : listLines(columns, cellsOf(columns, rows), format);
  return lines.map(line => `${line}\n`).join('');
}

function cellsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Cell[][] {
  return rows.map(row =>
    columns.map(column => ({ values: column.values(row).map(printable), colour: column.colour?.(row) })),
  );
}

function beneathLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[], format: Format): string[][] {
  const beneath = columns.filter(column => column.beneath);
  return cellsOf(beneath, rows).map(cells =>
    cells.flatMap(({ values, colour }) =>
      values
        .flatMap(value => wrap(value, widthOf(format) - GAP.length))
        .map(line => GAP + painted(line, colour, format)),
    ),
  );
}

/** The width of each column, or undefined if they cannot be made to fit. */
function fittingWidths(
  columns: readonly Column<never>[],
  rows: readonly (readonly Cell[])[],
  limit: number | undefined,
): number[] | undefined {
  const widths = columns.map(({ heading }, index) =>
    rows.reduce((widest, row) => Math.max(widest, textWidth(joined(row[index]))), textWidth(heading)),
  );
  if (limit === undefined) return widths;
  let excess = widths.reduce((sum, width) => sum + width, GAP.length * (columns.length - 1)) - limit;
  const fitting = widths.map((width, index) => {
    if (excess <= 0 || !columns[index]?.shortens) return width;
    const shortened = Math.max(Math.min(width, LEAST_WIDTH), width - excess);
    excess -= width - shortened;
    return shortened;
  });
  return excess <= 0 ? fitting : undefined;
}

function tableLines(
  columns: readonly Column<never>[],
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
  format: Format,
  beneath: readonly (readonly string[])[],
): string[] {
  const line = (texts: readonly string[], colours: readonly (Colour | undefined)[]) =>
    texts
      .map((text, index) => {
        const width = widths[index] ?? 0;
        const shortened = shortenMiddle(text, width);
        const padded = index === texts.length - 1 ? shortened : padEnd(shortened, width);
        return painted(padded, colours[index], format);
      })
      .join(GAP);
  return [
    line(
      columns.map(({ heading }) => heading),
      columns.map(() => 'bold'),
    ),
    ...rows.flatMap((row, number) => [
      line(
        row.map(joined),
        row.map(({ colour }) => colour),
      ),
      ...(beneath[number] ?? []),
    ]),
  ];
}

function listLines(columns: readonly Column<never>[], rows: readonly (readonly Cell[])[], format: Format): string[] {
  const headingWidth = Math.max(...columns.map(({ heading }) => textWidth(heading)));
  const room = Math.max(LEAST_WIDTH, widthOf(format) - headingWidth - GAP.length);
  return rows.flatMap((row, number) => [
    ...(number === 0 ? [] : ['']),
    ...columns.flatMap(({ heading, shortens, beneath }, index) => {
      const { values, colour } = row[index] ?? { values: [], colour: undefined };
      const label = painted(padEnd(heading, headingWidth), 'bold', format);
      const texts = values
        .flatMap(value => (beneath ? wrap(value, room) : [shortens ? shortenMiddle(value, room) : value]))
        .map(value => painted(value, colour, format));
      return texts.length === 0
        ? [painted(heading, 'bold', format)]
        : texts.map((text, at) => (at === 0 ? label : ' '.repeat(headingWidth)) + GAP + text);
    }),
  ]);
}

function widthOf({ columns }: Format): number {
  return columns ?? Number.POSITIVE_INFINITY;
}

function joined(cell: Cell | undefined): string {
  return cell?.values.join(', ') ?? '';
}

function painted(text: string, colour: Colour | undefined, format: Format): string {
  return colour && format.colour ? paint(colour, text) : text;
}

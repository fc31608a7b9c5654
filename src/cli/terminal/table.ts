import { type Colour, type Format, paint } from './colour.js';
import { printable } from './printable.js';
import { textWidth, wrap } from './text.js';

export interface Column<Row> {
  readonly heading: string;
  values(row: Row): readonly string[];
  colour?(row: Row): Colour | undefined;
  /** Left out if no row has a value. */
  readonly optional?: true;
  /** Where its values are, other than beside the other columns: above or beneath the row. */
  readonly place?: {
    readonly where: 'above' | 'beneath';
    /** `'narrow'`: only if the table is too wide for the terminal. */
    readonly when: 'narrow' | 'always';
    /** Stands in front of each value there, where no heading says what it is. */
    readonly label?: string;
  };
}

interface Cell {
  readonly values: readonly string[];
  readonly colour: Colour | undefined;
}

/** One way to lay the table out. */
interface Arrangement {
  /** Each value of a cell has a line of its own; else they are separated by commas. */
  readonly stacked: boolean;
  /** The columns that are moved if the table is too narrow. */
  readonly moved: readonly ('above' | 'beneath')[];
}

// From the widest to the narrowest. Nothing is ever shortened.
const ARRANGEMENTS: readonly Arrangement[] = [
  { stacked: false, moved: [] },
  { stacked: true, moved: [] },
  { stacked: false, moved: ['above'] },
  { stacked: true, moved: ['above'] },
  { stacked: true, moved: ['above', 'beneath'] },
];
const GAP = '  ';

/**
 * A table with a heading. If it is wider than the terminal, the values of a cell are stacked, then columns move to lines
 * above the row (one line for equal neighbours) and beneath it.
 */
export function formatTable<Row>(all: readonly Column<Row>[], rows: readonly Row[], format: Format): string {
  const columns = all.filter(({ optional, values }) => !optional || rows.some(row => values(row).length > 0));
  const cells = rows.map(row =>
    columns.map(column => ({ values: column.values(row).map(printable), colour: column.colour?.(row) })),
  );
  let layout: Layout | undefined;
  for (const arrangement of ARRANGEMENTS) {
    layout = new Layout(columns, cells, arrangement, format);
    if (layout.fits) break;
  }
  return (layout?.lines() ?? []).map(line => `${line}\n`).join('');
}

class Layout {
  readonly #columns: readonly Column<never>[];
  readonly #rows: readonly (readonly Cell[])[];
  readonly #stacked: boolean;
  readonly #format: Format;
  readonly #places: readonly ('above' | 'beside' | 'beneath')[];
  readonly #widths: readonly number[];
  readonly #indent: string;

  constructor(
    columns: readonly Column<never>[],
    rows: readonly (readonly Cell[])[],
    arrangement: Arrangement,
    format: Format,
  ) {
    this.#columns = columns;
    this.#rows = rows;
    this.#stacked = arrangement.stacked;
    this.#format = format;
    this.#places = columns.map(({ place }) =>
      place && (place.when === 'always' || arrangement.moved.includes(place.where)) ? place.where : 'beside',
    );
    this.#widths = columns.map(({ heading }, index) =>
      this.#places[index] === 'beside'
        ? rows.reduce(
            (widest, row) => Math.max(widest, ...this.#linesOf(row[index]).map(textWidth)),
            textWidth(heading),
          )
        : 0,
    );
    this.#indent = this.#places.includes('above') ? GAP : '';
  }

  get fits(): boolean {
    const beside = this.#widths.filter((_, index) => this.#places[index] === 'beside');
    const width = beside.reduce((sum, each) => sum + each, GAP.length * (beside.length - 1) + this.#indent.length);
    return width <= (this.#format.columns ?? Number.POSITIVE_INFINITY);
  }

  lines(): string[] {
    const headings = this.#columns.map(({ heading }) => ({ values: [heading], colour: 'bold' as const }));
    let above = this.#above(headings);
    const lines = [...above, ...this.#beside(headings)];
    for (const row of this.#rows) {
      const next = this.#above(row);
      if (next.join('\n') !== above.join('\n')) lines.push(...next);
      above = next;
      lines.push(...this.#beside(row), ...this.#beneath(row));
    }
    return lines;
  }

  #at(place: 'above' | 'beside' | 'beneath', row: readonly Cell[]): readonly (readonly [Cell, number])[] {
    return row.flatMap((cell, index) => (this.#places[index] === place ? [[cell, index] as const] : []));
  }

  #above(row: readonly Cell[]): string[] {
    return this.#at('above', row).flatMap(([{ values, colour }]) =>
      values.map(value => paint(value, colour, this.#format)),
    );
  }

  /** As many lines as the cell with the most values has. */
  #beside(row: readonly Cell[]): string[] {
    const cells = this.#at('beside', row);
    const height = Math.max(...cells.map(([cell]) => this.#linesOf(cell).length), 1);
    return Array.from({ length: height }, (_, line) => {
      const parts = cells.map(([cell, index]) => {
        const text = this.#linesOf(cell)[line] ?? '';
        const padding = ' '.repeat((this.#widths[index] ?? 0) - textWidth(text));
        return paint(text, text === '' ? undefined : cell.colour, this.#format) + padding;
      });
      return (this.#indent + parts.join(GAP)).trimEnd();
    });
  }

  #beneath(row: readonly Cell[]): string[] {
    const indent = this.#indent + GAP;
    const room = (this.#format.columns ?? Number.POSITIVE_INFINITY) - indent.length;
    return this.#at('beneath', row).flatMap(([{ values, colour }, index]) => {
      const label = this.#columns[index]?.place?.label;
      const texts = label === undefined ? values : values.map(value => `${label} ${value}`);
      return texts.flatMap(text => wrap(text, room)).map(line => indent + paint(line, colour, this.#format));
    });
  }

  #linesOf(cell: Cell | undefined): readonly string[] {
    const values = cell?.values ?? [];
    return this.#stacked || values.length < 2 ? values : [values.join(', ')];
  }
}

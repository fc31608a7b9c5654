/**
 * Keeps a `tbody` for each item: what has not changed is not touched, and a selection in it stays. When the one with the
 * focus goes away, the focus goes to its neighbour, so that nobody has to begin at the top of the page.
 */
export class KeyedRows {
  #table;
  #makeRow;
  #fallback;
  #rows = new Map();

  /** `makeRow` returns `{ body, fill(item), focus() }`; `fallback` gets the focus after the last row. */
  constructor(table, makeRow, fallback) {
    this.#table = table;
    this.#makeRow = makeRow;
    this.#fallback = fallback;
  }

  show(items) {
    const rows = new Map();
    for (const item of items) {
      const json = JSON.stringify(item);
      const row = this.#rows.get(item.key)?.row ?? this.#makeRow();
      if (this.#rows.get(item.key)?.json !== json) row.fill(item);
      rows.set(item.key, { row, json });
    }
    const orphan = [...this.#rows.keys()].findIndex(key => !rows.has(key) && this.#hasFocus(key));
    for (const [key, { row }] of this.#rows) if (!rows.has(key)) row.body.remove();
    const bodies = [...rows.values()].map(({ row }) => row.body);
    bodies.forEach((body, index) => {
      if (this.#table.tBodies[index] !== body) this.#table.insertBefore(body, this.#table.tBodies[index] ?? null);
    });
    this.#rows = rows;
    if (orphan >= 0) this.#focusNear(orphan);
  }

  #hasFocus(key) {
    return this.#rows.get(key).row.body.contains(document.activeElement);
  }

  #focusNear(index) {
    const left = [...this.#rows.values()];
    const near = left[Math.min(index, left.length - 1)];
    if (near) near.row.focus();
    else this.#fallback().focus();
  }
}

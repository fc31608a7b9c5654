import { fillRow, sessionRow } from './session-row.mjs';

/** Keeps a row for each session: what has not changed is not touched, and a selection in it stays. */
export class SessionTable {
  #body;
  #rows = new Map();

  constructor(body) {
    this.#body = body;
  }

  show(sessions) {
    const rows = new Map();
    for (const session of sessions) {
      const json = JSON.stringify(session);
      const known = this.#rows.get(session.sessionId);
      const row = known?.row ?? sessionRow();
      if (known?.json !== json) fillRow(row, session);
      if (known && known.json !== json) flash(row);
      rows.set(session.sessionId, { row, json });
    }
    for (const [id, { row }] of this.#rows) if (!rows.has(id)) row.remove();
    [...rows.values()].forEach(({ row }, index) => {
      if (this.#body.children[index] !== row) this.#body.insertBefore(row, this.#body.children[index] ?? null);
    });
    this.#rows = rows;
  }
}

function flash(row) {
  row.classList.add('changed');
  row.addEventListener('animationend', () => row.classList.remove('changed'), { once: true });
}

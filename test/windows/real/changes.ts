import type { SessionRecord } from './dump.js';

/** One value of a dump, changed. */
export interface Change {
  session: SessionRecord;
  /** The list and the index within it, where the value is of a connection or of a disk. */
  part: string;
  member: string;
  before: unknown;
  after: unknown;
  /** All sessions, with the changed one in its place. */
  sessions: SessionRecord[];
}

/** Every single value changed, one at a time. */
export function eachChange(sessions: readonly SessionRecord[]): Change[] {
  return sessions.flatMap((session, index) => {
    const changes = (part: string, item: object, put: (changed: object) => Partial<SessionRecord>): Change[] =>
      Object.entries(item)
        .filter(([, value]) => typeof value !== 'object')
        .map(([member, before]) => {
          const after = changeOf(before);
          const changed = { ...session, ...put({ ...item, [member]: after }) };
          return { session, part, member, before, after, sessions: replaced(sessions, index, changed) };
        });
    const lists = (['Connections', 'Disks'] as const).flatMap(list =>
      session[list].flatMap((item, at) =>
        changes(` ${list}[${at}]`, item, changed => ({ [list]: replaced<object>(session[list], at, changed) })),
      ),
    );
    return [...changes('', session, changed => changed), ...lists];
  });
}

function replaced<Item>(list: readonly Item[], index: number, item: Item): Item[] {
  return list.map((each, at) => (at === index ? item : each));
}

function changeOf(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? value + 1 : `${value}0`;
}

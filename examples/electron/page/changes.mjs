import { shortName } from './target-name.mjs';

/** What has happened between two lists, in words. */
export function* changesBetween(before, after) {
  const known = new Map(before.map(session => [session.sessionId, session]));
  const now = new Map(after.map(session => [session.sessionId, session]));
  for (const session of before) {
    if (!now.has(session.sessionId)) yield { kind: 'worse', name: shortName(session), text: 'has gone' };
  }
  for (const session of after) {
    const was = known.get(session.sessionId);
    if (!was) yield { kind: 'better', name: shortName(session), text: 'is new' };
    else yield* changesOf(was, session);
  }
}

function* changesOf(was, is) {
  const name = shortName(is);
  const [from, to] = [was.connections.length, is.connections.length];
  if (to === 0 && from > 0) yield { kind: 'worse', name, text: 'has lost its last connection, and is reconnecting' };
  else if (to > 0 && from === 0) yield { kind: 'better', name, text: 'is connected again' };
  else if (to < from) yield { kind: 'worse', name, text: `has lost a connection, ${to} left` };
  else if (to > from) yield { kind: 'better', name, text: `has ${to} connections` };
}

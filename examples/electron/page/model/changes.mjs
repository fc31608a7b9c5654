import { shortName } from '../text/target-name.mjs';
import { counted } from '../text/values.mjs';

const key = ({ targetName }) => targetName.toLowerCase();

/** What has happened between two lists of targets, in words. A part that was not known says nothing. */
export function* changesBetween(before, after) {
  const known = new Map(before.map(target => [key(target), target]));
  const now = new Map(after.map(target => [key(target), target]));
  for (const target of before) {
    if (!now.has(key(target)))
      yield { kind: 'neutral', name: shortName(target.targetName), what: 'gone', text: 'is not known any more' };
  }
  for (const target of after) {
    const was = known.get(key(target));
    if (!was) yield { kind: 'neutral', name: shortName(target.targetName), what: 'new', text: 'is a new target' };
    else if (was.sessions && target.sessions) yield* pathChange(was, target);
  }
}

function* pathChange(was, is) {
  const name = shortName(is.targetName);
  const [from, to] = [was, is].map(({ sessions }) =>
    sessions.reduce((sum, { connections }) => sum + connections.length, 0),
  );
  if (is.sessions.length === 0 && was.sessions.length > 0)
    yield { kind: 'neutral', name, what: 'disconnected', text: 'was disconnected' };
  else if (was.sessions.length === 0 && is.sessions.length > 0)
    yield { kind: 'good', name, what: 'connected', text: 'was connected' };
  else if (to === 0 && from > 0) yield { kind: 'bad', name, text: 'has lost its last path, and is reconnecting' };
  else if (to > 0 && from === 0) yield { kind: 'good', name, text: 'is connected again' };
  else if (to < from) yield { kind: 'warning', name, what: 'fewer', text: `has lost a path, ${to} left` };
  else if (to > from) yield { kind: 'good', name, text: `has ${counted(to, 'path')}` };
}

import type { SessionChange, SessionInfo } from '../index.js';
import { type Colour, paint } from './colour.js';
import { failureDetails } from './failure.js';
import { printable, printableJson } from './printable.js';
import { portalsOf, stateOf, targetOf } from './session-text.js';
import { timestamp } from './timestamp.js';

const SIGNS: Readonly<Record<SessionChange['type'], readonly [sign: string, colour: Colour]>> = {
  added: ['+', 'green'],
  removed: ['-', 'red'],
  changed: ['~', 'yellow'],
  error: ['!', 'red'],
};
const WORD_WIDTH = Math.max(...Object.keys(SIGNS).map(word => word.length));

/** A change as a line of text: `2026-03-01 14:05:09  + added    ID  TARGET  PORTALS  STATE`. */
export function changeLine(change: SessionChange, time: Date, colour: boolean): string {
  const [sign, inColour] = SIGNS[change.type];
  const word = `${sign} ${change.type.padEnd(WORD_WIDTH)}`;
  return `${[timestamp(time), colour ? paint(inColour, word) : word, ...whatChanged(change)].join('  ')}\n`;
}

/** A change as a line of JSON. */
export function changeJson(change: SessionChange, time: Date): string {
  const plain = change.type === 'error' ? { ...change, error: failureDetails(change.error) } : change;
  return `${printableJson({ time: time.toISOString(), ...plain })}\n`;
}

function whatChanged(change: SessionChange): string[] {
  switch (change.type) {
    case 'added':
      return sessionTexts(change.session, stateOf(change.session));
    case 'removed':
      return sessionTexts(change.session, `was ${stateOf(change.session)}`);
    case 'changed': {
      const [before, after] = [stateOf(change.before), stateOf(change.after)];
      return sessionTexts(change.after, before === after ? after : `${after}, was ${before}`);
    }
    case 'error':
      return [printable(failureDetails(change.error).message)];
  }
}

function sessionTexts(session: SessionInfo, state: string): string[] {
  return [session.sessionId, targetOf(session), portalsOf(session).join(', ') || 'no portal', state].map(printable);
}

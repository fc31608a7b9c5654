import type { IscsidscErrorCode } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { STATUS_ROWS } from '../../src/header/statuses.js';
import { run } from '../cli/run.js';
import { OWN_ERRORS } from './own-errors.js';

const LONGEST = 160;

describe('the advice for a code', () => {
  it('is there for every status, in one or two short sentences', () => {
    for (const [, name, , hint] of STATUS_ROWS) {
      expect(hint, name).toMatch(/^[A-Z].{10,}[^.]\.$/);
      expect(hint.length, name).toBeLessThanOrEqual(LONGEST);
      expect(hint.split(/\.(?: |$)/).filter(Boolean).length, name).toBeLessThanOrEqual(2);
    }
  });

  it('names commands that there are', async () => {
    const commands = STATUS_ROWS.flatMap(([, , , hint]) => hint.match(/(?<=`iscsidsc )[a-z ]+[a-z]/g) ?? []);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      expect(await run(['help', ...command.split(' ')])).toMatchObject({ status: 0, stderr: '' });
    }
  });

  it('is each one of its own', () => {
    const advice = [...STATUS_ROWS.map(([, , , hint]) => hint), ...Object.values(OWN_ERRORS).map(([, what]) => what)];
    expect(new Set(advice).size).toBe(advice.length);
  });

  it('is more than what the code means', () => {
    for (const [, name, meaning, hint] of STATUS_ROWS) {
      const known = new Set(words(`${name.replaceAll('_', ' ')} ${meaning}`));
      expect(words(hint).filter(word => !known.has(word)).length, name).toBeGreaterThanOrEqual(3);
    }
  });

  it('is there for every code of the package itself, which the type holds', () => {
    // `satisfies` in own-errors.ts refuses a code that is missing; this one refuses a code too many.
    const codes: readonly IscsidscErrorCode[] = Object.keys(OWN_ERRORS) as (keyof typeof OWN_ERRORS)[];
    for (const code of codes)
      expect(
        OWN_ERRORS[code].every(text => /^[A-Z`].*[^.]\.$/.test(text)),
        code,
      ).toBe(true);
  });
});

function words(text: string): string[] {
  return text.toLowerCase().match(/[a-z]+/g) ?? [];
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { tierOrReason } from '../windows/required.js';
import type { Report } from './report.js';
import { sectionOf } from './section.js';

const BENCH = fileURLToPath(new URL('bench.mjs', import.meta.url));
const tier = tierOrReason();

it('npm run bench measures all that this machine can', { timeout: 300_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [BENCH, '--quick', '--json']);
  const report: Report = JSON.parse(stdout);
  const kinds = tier.ok ? (['unicode', 'ansi', 'c', 'plain', 'rest'] as const) : (['unicode', 'ansi', 'rest'] as const);
  expect(report.sections.map(({ title }) => title)).toEqual(kinds.map(kind => sectionOf(kind, []).title));
  for (const { rows } of report.sections) {
    expect(rows.length).toBeGreaterThan(0);
    for (const { ratio } of rows) expect(ratio).toBeGreaterThan(0);
  }
  expect(report.way?.steps.map(({ step }) => step)).toEqual([
    'portal',
    'session',
    'devices',
    'persistentLogin',
    'volumes',
  ]);
  for (const { calls, time } of report.way?.steps ?? []) expect([calls > 0, time > 0]).toEqual([true, true]);
  expect(report.left).toHaveLength(tier.ok ? 0 : 1);
});

import { describe, expect, it } from 'vitest';
import { Decoding, measureDecoding } from './decoding.js';
import { QUICK } from './effort.js';
import { asSessionInfo } from './plain-koffi.js';
import { sectionOf, sizeRows, timesLess } from './section.js';
import { SIZES } from './sizes.js';
import { markdownTable, textTable } from './table.js';

// What it takes is not tested: see docs/performance.md.
describe.each(['unicode', 'ansi'] as const)('the benchmark of decoding (%s)', charset => {
  it.each(SIZES)('compares two ways that decode the same %d sessions', count => {
    const decoding = new Decoding(charset, count);
    expect(decoding.byPackage()).toHaveLength(count);
    expect(decoding.byKoffi().map(asSessionInfo)).toStrictEqual(decoding.byPackage());
  });

  it('has a row for every size', async () => {
    const section = sectionOf(charset, sizeRows((await measureDecoding(charset, QUICK)).map(timesLess)));
    for (const { mine, other, ratio } of section.rows) {
      for (const number of [mine, other, ratio]) expect(number).toBeGreaterThan(0);
    }
    const labels = ['0 sessions', '1 session', '8 sessions', '32 sessions', '256 sessions', '1,000 sessions'];
    expect(section.rows.map(row => row.label)).toEqual(labels);
    for (const label of labels) {
      expect(textTable(section)).toContain(`\n${label} `);
      expect(markdownTable(section)).toContain(`\n| ${label} | `);
    }
  });
});

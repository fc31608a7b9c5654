import { describe, expect, it } from 'vitest';
import { fencesIn } from './fence.js';
import { otherFunctions, wrappedFunctions } from './function-table.js';
import { readPage } from './page.js';

const ENTRY = /^- \*\*`(\w+)\(/gm;

/** Each noun: its entries, and its program. */
const sections = readPage('docs/reference.md')
  .text.split(/^## /m)
  .slice(1)
  .map(text => ({
    entries: [...text.matchAll(ENTRY)].map(([, name = '']) => name),
    program: fencesIn(text)
      .map(({ language, code }) => (language === 'js' ? code : ''))
      .join('\n'),
  }));

const described = [...wrappedFunctions().values(), ...otherFunctions()];

describe('the reference', () => {
  it.each(described)('has an entry for $name, with a program that calls it', ({ name }) => {
    const [section, another] = sections.filter(({ entries }) => entries.includes(name));
    expect(another).toBeUndefined();
    expect(section?.program).toMatch(new RegExp(`\\b${name}\\(`));
  });

  it('has one entry for each, and none for anything else', () => {
    const names = described.map(({ name }) => name);
    expect(sections.flatMap(({ entries }) => entries).sort()).toEqual(names.sort());
  });
});

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STRUCTS } from '../../src/header/structs.js';
import { exportNames } from '../../src/native/functions.js';
import { namesIn } from '../../src/native/types.js';
import { PAGES, type Page, readPage } from './page.js';
import { PROJECT, REPOSITORY } from './project.js';
import { exportsOf } from './public-surface.js';

const ENTRIES = ['src/index.ts', 'src/raw.ts', 'src/simulator.ts'];

// Generated, and not in the clone.
const GENERATED = ['docs/api/README.md'];

const links = PAGES.flatMap(page =>
  [...withoutCode(page).matchAll(/\[[^\]]*\]\(([^)\s]+)\)|\b(?:src|srcset)="([^"\s]+)"/g)].map(([, link, picture]) => ({
    page: page.name,
    target: link ?? picture ?? '',
  })),
);
const inside = links.filter(({ target }) => !/^https?:/.test(target));
const outside = [
  ...links.map(({ target }) => target).filter(target => /^https?:/.test(target)),
  ...ENTRIES.flatMap(exportsOf).flatMap(({ comment }) => comment.match(/https?:\/\/[^\s)]+/g) ?? []),
];

describe('the links of README.md and docs', () => {
  for (const { page, target } of inside) {
    it(`${page}: ${target} leads to something`, () => {
      const [path = '', anchor] = target.split('#');
      const name = path === '' ? page : new URL(path, `file:///${page}`).pathname.slice(1);
      if (GENERATED.includes(name)) return;
      expect(existsSync(`${PROJECT}${name}`), name).toBe(true);
      if (anchor !== undefined) expect(anchorsIn(readPage(name))).toContain(anchor);
    });
  }

  it('and the names of files and folders in backquotes are those of the clone', () => {
    const named = PAGES.flatMap(page =>
      [...withoutCode(page).matchAll(/`((?:src|test|docs|examples)\/[\w./-]+)`/g)].map(([, path = '']) => path),
    ).filter(path => !path.startsWith('docs/api'));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(path => !existsSync(`${PROJECT}${path}`))).toEqual([]);
  });

  it('lead to every page', () => {
    const linked = inside.map(({ page, target }) => new URL(target, `file:///${page}`).pathname.slice(1));
    for (const { name } of PAGES) if (name !== 'README.md') expect(linked).toContain(name);
  });

  it('that leave are https, and none of them leads to a page of Microsoft that is not there in any form', () => {
    expect(outside.length).toBeGreaterThan(10);
    const known = new Set([
      ...exportNames().map(name => `nf-iscsidsc-${name.toLowerCase()}`),
      ...namesIn(STRUCTS).map(name => `ns-iscsidsc-${name.toLowerCase()}`),
    ]);
    for (const target of outside) {
      expect(target).toMatch(/^https:\/\/[\w.-]+(\/[\w.~/?=&%@+-]*)?$/);
      const page = /^https:\/\/learn\.microsoft\.com\/windows\/win32\/api\/iscsidsc\/(.+)$/.exec(target)?.[1];
      if (page !== undefined) expect(known).toContain(page);
    }
  });

  it('to the repository are those of this one', () => {
    for (const target of outside.filter(url => url.includes('github.com/iscsidsc'))) {
      expect(target.startsWith(REPOSITORY)).toBe(true);
    }
  });
});

function withoutCode({ text }: Page): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '');
}

/** As GitHub makes them of headings. */
function anchorsIn(page: Page): string[] {
  return [...withoutCode(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

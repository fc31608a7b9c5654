import { readdirSync, readFileSync } from 'node:fs';
import { type Fence, fencesIn } from './fence.js';
import { PROJECT } from './project.js';

/** A page of the documentation. */
export interface Page {
  /** From the folder of the clone: `docs/sessions.md`. */
  readonly name: string;
  readonly text: string;
  readonly fences: readonly Fence[];
}

/** All pages that people read, README.md first. */
export const PAGES: readonly Page[] = [
  'README.md',
  'CONTRIBUTING.md',
  'examples/README.md',
  'test/windows/real/README.md',
  ...readdirSync(`${PROJECT}docs`)
    .filter(name => name.endsWith('.md'))
    .sort()
    .map(name => `docs/${name}`),
].map(readPage);

export function readPage(name: string): Page {
  const text = readFileSync(`${PROJECT}${name}`, 'utf8');
  return { name, text, fences: fencesIn(text) };
}

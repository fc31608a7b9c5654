import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { PROJECT } from './project.js';

// Vitest's, as `--mode` says.
const writes = (import.meta as { env?: { MODE?: string } }).env?.MODE === 'write';

/** Holds a generated file to what it must be, or writes it (`npm run docs`). */
export function holdFile(name: string, right: string): void {
  const file = `${PROJECT}${name}`;
  if (writes) writeFileSync(file, right);
  else expect(readFileSync(file, 'utf8')).toBe(right);
}

/** The same for what stands between `<!-- marker -->` and `<!-- /marker -->` in a page. */
export function holdSection(name: string, marker: string, right: string): void {
  const text = readFileSync(`${PROJECT}${name}`, 'utf8');
  const [begin, end] = [`<!-- ${marker} -->\n`, `\n<!-- /${marker} -->`];
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start < 0 || stop < start) throw new Error(`${name} has no ${begin.trim()} with ${end.trim()} behind it`);
  holdFile(name, `${text.slice(0, start + begin.length)}${right}${text.slice(stop)}`);
}

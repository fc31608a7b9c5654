import { transformSync } from 'esbuild';
import type { Fence } from './fence.js';
import { PAGES } from './page.js';
import type { ReaderFolder } from './reader-folder.js';

/** A program of the docs, in a file of its own. */
export interface Snippet {
  /** `docs/sessions.md:12`. */
  readonly place: string;
  readonly fence: Fence;
  /** What a reader would run. */
  readonly program: string;
  /** The same as TypeScript, for the compiler. */
  readonly typed: string;
}

/** Writes the programs of all pages, those of a page side by side. Quotes of a file are not among them. */
export function writeSnippets(folder: ReaderFolder): Snippet[] {
  return PAGES.flatMap(({ name, fences }) =>
    fences
      .filter(({ language, file }) => /^[jt]s$/.test(language) && file === undefined)
      .map(fence => {
        const page = name.replaceAll('/', '-');
        const file = fence.name ?? `${fence.line}.${fence.language}`;
        return {
          place: `${name}:${fence.line}`,
          fence,
          program: folder.write(`${page}/${file.replace(/ts$/, 'js')}`, runnable(fence)),
          typed: folder.write(`${fence.language}/${page}/${file.replace(/js$/, 'ts')}`, fence.code),
        };
      }),
  );
}

function runnable({ language, code }: Fence): string {
  return language === 'ts' ? transformSync(code, { loader: 'ts', target: 'node20' }).code : code;
}

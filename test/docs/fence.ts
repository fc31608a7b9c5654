/** A block of code in a page, and what the words behind its language say of it. */
export interface Fence {
  readonly language: string;
  readonly code: string;
  /** The line on which the code begins, from 1. */
  readonly line: number;
  /** `file=examples/list-sessions.ts`: the code stands in that file. */
  readonly file?: string;
  /** `name=disks.mjs`: other fences of the page can import it by that name. */
  readonly name?: string;
  /** `state=walk`: commands go on where those of the page's fences before it with the same word have stopped. */
  readonly state?: string;
  /** The text fence behind it with the word `output`: what it prints. */
  readonly output?: string;
}

type Open = Omit<Fence, 'output'> & { readonly words: readonly string[] };

const FENCE = /^```(\w+)?([^\n]*)\n([\s\S]*?)^```$/gm;

/** The fences of a page, in order. Those of output belong to the one before. */
export function fencesIn(text: string): Fence[] {
  const all = [...text.matchAll(FENCE)].map(match => open(match, text));
  return all.flatMap((fence, index) => {
    if (fence.words.includes('output')) return [];
    const { words, ...rest } = fence;
    const next = all[index + 1];
    return [next?.words.includes('output') ? { ...rest, output: next.code } : rest];
  });
}

function open({ 1: language = '', 2: info = '', 3: code = '', index = 0 }: RegExpMatchArray, text: string): Open {
  const words = info.split(' ').filter(Boolean);
  const values = Object.fromEntries(words.filter(word => word.includes('=')).map(word => word.split('=')));
  return { language, words, code, line: text.slice(0, index).split('\n').length + 1, ...values };
}

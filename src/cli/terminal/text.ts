const ASCII = /^[\x20-\x7e]*$/;
// Half-width Katakana (U+FF61 to U+FF9F) takes one column.
const WIDE =
  /^(?![\uff61-\uff9f])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;

/** The number of terminal columns that the text takes. */
export function textWidth(text: string): number {
  // Nearly all text is ASCII, and the segmenter is slow.
  if (ASCII.test(text)) return text.length;
  return graphemes(text).reduce((width, grapheme) => width + graphemeWidth(grapheme), 0);
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/**
 * Breaks text at its spaces into lines of at most `width` columns. A longer word is a line of its own: ids and names
 * are not broken.
 */
export function wrap(text: string, width: number): string[] {
  if (textWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(' ')) {
    const longer: string = line === undefined ? word : `${line} ${word}`;
    if (line === undefined || textWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === undefined ? lines : [...lines, line];
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Cuts text into pieces of at most `width` columns, as a terminal does at its margin. */
export function cutAtMargin(text: string, width: number): string[] {
  if (textWidth(text) <= width) return [text];
  const pieces: string[] = [];
  let piece = '';
  let taken = 0;
  for (const grapheme of graphemes(text)) {
    const columns = graphemeWidth(grapheme);
    if (piece !== '' && taken + columns > width) {
      pieces.push(piece);
      piece = '';
      taken = 0;
    }
    piece += grapheme;
    taken += columns;
  }
  return [...pieces, piece];
}

/** `2026-03-01 14:05:09`, in local time. */
export function timestamp(time: Date): string {
  // The Swedish form is the one without words and with the year first.
  return time.toLocaleString('sv-SE');
}

let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): string[] {
  // To create one takes as long as to load Koffi.
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function graphemeWidth(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : 1;
}

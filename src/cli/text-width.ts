const ASCII = /^[\x20-\x7e]*$/;
const GRAPHEMES = new Intl.Segmenter();
// Half-width Katakana (U+FF61 to U+FF9F) is as narrow as its name says.
const WIDE =
  /^(?![\uff61-\uff9f])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;

/** How many columns of a terminal the text takes. */
export function textWidth(text: string): number {
  // Nearly all text is, and the segmenter is slow.
  if (ASCII.test(text)) return text.length;
  return graphemes(text).reduce((width, grapheme) => width + graphemeWidth(grapheme), 0);
}

/** The text in at most so many columns, its middle replaced by an ellipsis: an IQN tells most at its two ends. */
export function shortenMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const all = graphemes(text);
  const start = takeWhileFits(all, Math.floor((width - 1) / 2));
  const end = takeWhileFits([...all].reverse(), width - 1 - textWidth(start.join(''))).reverse();
  return `${start.join('')}…${end.join('')}`;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** As much of the text as so many columns take, at least a character. */
export function startThatFits(text: string, width: number): string {
  const all = graphemes(text);
  return takeWhileFits(all, width).join('') || (all[0] ?? '');
}

function takeWhileFits(from: readonly string[], width: number): string[] {
  let left = width;
  const end = from.findIndex(grapheme => {
    left -= graphemeWidth(grapheme);
    return left < 0;
  });
  return end < 0 ? [...from] : from.slice(0, end);
}

function graphemes(text: string): string[] {
  return Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
}

function graphemeWidth(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : 1;
}

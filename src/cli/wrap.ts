import { startThatFits, textWidth } from './text-width.js';

/** The text in lines of at most so many columns, broken at spaces, or within a word that is too long itself. */
export function wrap(text: string, width: number): string[] {
  if (textWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(' ')) {
    const longer: string = line === undefined ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== undefined) lines.push(line);
    line = word;
    while (textWidth(line) > width) {
      const start = startThatFits(line, width);
      lines.push(start);
      line = line.slice(start.length);
    }
  }
  return line === undefined ? lines : [...lines, line];
}

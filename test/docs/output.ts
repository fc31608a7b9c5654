/** What was printed: three dots stand for anything on their line, and alone on a line for any lines. */
export function outputPattern(output: string): RegExp {
  const pattern = output
    .replace(/[*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/^\.\.\.$\n/gm, '[\\s\\S]*')
    .replaceAll('...', '\u0000')
    .replaceAll('.', '\\.')
    .replaceAll('\u0000', '.*');
  return new RegExp(`^${pattern}$`);
}

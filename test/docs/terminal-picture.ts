import { textWidth } from '../../src/cli/terminal/text.js';

interface Piece {
  readonly text: string;
  /** The numbers of the escape sequence in force. */
  readonly style: string;
}

const [COLUMN, LINE, SIZE, MARGIN, BAR] = [8.4, 20, 14, 18, 34];
const CLASSES: Readonly<Record<string, string>> = { 1: 'bold', 31: 'red', 32: 'green', 33: 'yellow' };
const COLOURS = ['.red { fill: #ff7b72 }', '.green { fill: #3fb950 }', '.yellow { fill: #d29922 }'];
const DOTS = ['#ff5f57', '#febc2e', '#28c840'];

/** Text with the colours of a terminal as an SVG picture of that terminal. */
export function terminalPicture(text: string, title: string): string {
  const lines = text.trimEnd().split('\n').map(piecesOf);
  const columns = Math.max(...lines.map(pieces => textWidth(pieces.map(piece => piece.text).join(''))));
  const [width, height] = [Math.ceil(columns * COLUMN + 2 * MARGIN), lines.length * LINE + BAR + MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>text { fill: #e6edf3; font: ${SIZE}px ui-monospace, Consolas, Menlo, 'DejaVu Sans Mono', monospace; white-space: pre }`,
    `.bold { font-weight: bold } ${COLOURS.join(' ')}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117" stroke="#30363d"/>`,
    ...DOTS.map((fill, index) => `<circle cx="${MARGIN + index * 18 + 2}" cy="18" r="5.5" fill="${fill}"/>`),
    ...lines.flatMap((pieces, index) => drawn(pieces, BAR + index * LINE + SIZE)),
    '</svg>\n',
  ].join('\n');
}

// Each piece has its own place and length: so columns stay in line whatever font there is.
function drawn(pieces: readonly Piece[], y: number): string[] {
  let column = 0;
  return pieces.flatMap(({ text, style }) => {
    const [x, width] = [MARGIN + column * COLUMN, textWidth(text)];
    column += width;
    if (text.trim() === '') return [];
    const name = CLASSES[style] ? ` class="${CLASSES[style]}"` : '';
    return [
      `<text x="${x.toFixed(1)}" y="${y}" textLength="${(width * COLUMN).toFixed(1)}"${name}>${escaped(text)}</text>`,
    ];
  });
}

/** A line, cut where the style changes and at the gaps between columns. */
function piecesOf(line: string): Piece[] {
  const [plain = '', ...styled] = line.split('\x1b[');
  const runs = styled.map(part => ({ style: part.split('m', 1)[0] ?? '', text: part.slice(part.indexOf('m') + 1) }));
  return [{ style: '', text: plain }, ...runs].flatMap(({ style, text }) =>
    text
      .split(/( {2,})/)
      .filter(Boolean)
      .map(piece => ({ style, text: piece })),
  );
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}

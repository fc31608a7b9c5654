import { SIGNATURES } from '../../src/header/signatures.js';
import { markdownTable } from './table.js';

/** Every function of the header with its parameters, as in C. */
export function exportTable(): string {
  const rows = Object.entries(SIGNATURES).map(([name, { parameters }]) => [
    `\`${name}\``,
    parameters.length === 0 ? '' : `\`${parameters.join(', ')}\``,
  ]);
  return markdownTable(['function', 'parameters'], rows);
}

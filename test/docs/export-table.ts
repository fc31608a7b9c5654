import { SIGNATURES } from '../../src/header/signatures.js';
import { markdownTable } from './table.js';

/** Every function of the header with its parameters, as in C. */
export function exportTable(): string {
  const rows = Object.entries<readonly string[]>(SIGNATURES).map(([name, signature]) => {
    const parameters = signature.filter(entry => entry !== 'slow');
    return [
      `\`${name}\``,
      parameters.length === 0 ? '' : `\`${parameters.join(', ')}\``,
      signature.includes('slow') ? 'yes' : '',
    ];
  });
  return markdownTable(['function', 'parameters', 'can wait for the network'], rows);
}

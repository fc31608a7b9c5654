import { exportNames, type FunctionName } from '../../src/native/functions.js';
import { type Exported, firstSentence, microsoftPage, publicFunctions } from './public-surface.js';
import { markdownTable } from './table.js';

/** The functions of iscsidsc.h, without the letter of their form. */
export function headerFunctions(): Map<string, 'A, W' | ''> {
  const exported: readonly string[] = exportNames();
  return new Map(
    exported.map(name => {
      const base = name.slice(0, -1) as FunctionName;
      return exported.includes(`${base}A`) && exported.includes(`${base}W`) ? [base, 'A, W'] : [name, ''];
    }),
  );
}

/** The public functions that go back to one of the header, by that one's name. */
export function wrappedFunctions(): Map<string, Exported> {
  const all = new Map(publicFunctions().map(fn => [fn.name, fn]));
  return new Map(
    [...headerFunctions().keys()].flatMap(name => {
      const fn = all.get(lowerFirst(name));
      return fn ? [[name, fn] as const] : [];
    }),
  );
}

/** Those that ask other parts of Windows: the pages at Microsoft that they name are not about iscsidsc.h. */
export function otherFunctions(): Exported[] {
  const wrapped = [...wrappedFunctions().values()].map(({ name }) => name);
  return publicFunctions().filter(
    fn =>
      !wrapped.includes(fn.name) && /\/win32\/api\//.test(fn.comment) && !/\/win32\/api\/iscsidsc\//.test(fn.comment),
  );
}

/** The functions of the header that the package has under their names. */
export function functionTable(): string {
  const header = headerFunctions();
  const wrapped = wrappedFunctions();
  const rows = [...wrapped].map(([name, fn]) => [linked(fn), firstSentence(fn), header.get(name) ?? '']);
  return [
    `${wrapped.size} of ${header.size} functions of the header have a function of their own. [docs/reference.md](docs/reference.md) has a program for each, and [\`iscsidsc/raw\`](docs/raw.md) the exports as they are.`,
    '',
    markdownTable(['function', 'what it does', 'forms'], rows),
  ].join('\n');
}

/** The functions that Windows does not have. */
export function ownFunctionTable(): string {
  const wrapped = [...wrappedFunctions().values()].map(({ name }) => name);
  const own = publicFunctions().filter(({ name }) => !wrapped.includes(name.replace(/Sync$/, '')));
  return markdownTable(
    ['function', 'what it does'],
    own.map(fn => [`\`${fn.name}\``, firstSentence(fn)]),
  );
}

function linked(fn: Exported): string {
  const page = microsoftPage(fn);
  return page ? `[\`${fn.name}\`](${page})` : `\`${fn.name}\``;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

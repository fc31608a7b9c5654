import ts from 'typescript';
import { PROJECT } from './project.js';

/** Something that an entry of the package exports. */
export interface Exported {
  readonly name: string;
  readonly kind: 'function' | 'other';
  /** Its doc comment, without the stars. */
  readonly comment: string;
}

const known = new Map<string, Exported[]>();

/** What an entry exports, `src/index.ts` for instance, in the order in which it does. */
export function exportsOf(entry: string): Exported[] {
  let exported = known.get(entry);
  if (exported === undefined) {
    exported = readExports(entry);
    known.set(entry, exported);
  }
  return exported;
}

function readExports(entry: string): Exported[] {
  const program = ts.createProgram([`${PROJECT}${entry}`], { noLib: true, module: ts.ModuleKind.ESNext });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(`${PROJECT}${entry}`);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry} is no module`);
  return checker.getExportsOfModule(module).map(symbol => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return {
      name: symbol.name,
      kind: target.flags & ts.SymbolFlags.Function ? 'function' : 'other',
      comment: ts.displayPartsToString(target.getDocumentationComment(checker)),
    };
  });
}

/** The functions of the main entry. */
export function publicFunctions(): Exported[] {
  return exportsOf('src/index.ts').filter(({ kind }) => kind === 'function');
}

/** The first sentence of a doc comment, on one line. */
export function firstSentence({ comment }: Exported): string {
  return (/^.*?\.(?=\s|$)/s.exec(comment)?.[0] ?? comment).replaceAll('\n', ' ');
}

/** The page at Microsoft that a doc comment names. */
export function microsoftPage({ comment }: Exported): string | undefined {
  return /https:\/\/learn\.microsoft\.com\/\S+/.exec(comment)?.[0];
}

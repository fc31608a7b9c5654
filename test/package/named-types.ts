import ts from 'typescript';

/** The types that the exports of a module name without exporting them: `SyncOptions.library: Library`, for instance. */
export function unexportedTypes(program: ts.Program, file: string): string[] {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(sourceFile(program, file));
  if (!module) throw new Error(`${file} exports nothing`);
  const exported = new Set(checker.getExportsOfModule(module).map(symbol => resolved(checker, symbol)));
  const found = new Set<string>();
  for (const symbol of exported) {
    for (const declaration of symbol.declarations ?? []) {
      for (const type of typesNamedIn(declaration)) {
        const named = resolved(checker, checker.getSymbolAtLocation(type));
        if (named && isOurs(program, named) && !exported.has(named)) found.add(`${symbol.name} names ${named.name}`);
      }
    }
  }
  return [...found].sort();
}

/** Every place in a declaration file where the type is `any`, said or unsaid. */
export function anyTypes(program: ts.Program, file: string): string[] {
  const checker = program.getTypeChecker();
  const source = sourceFile(program, file);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const { flags } = checker.getTypeAtLocation(node);
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    if (ts.isTypeNode(node) && !ts.isTemplateLiteralTypeSpan(node) && flags & ts.TypeFlags.Any) {
      found.push(`${line + 1}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

function sourceFile(program: ts.Program, file: string): ts.SourceFile {
  const source = program.getSourceFile(file);
  if (!source) throw new Error(`${file} is not in the program`);
  return source;
}

function typesNamedIn(node: ts.Node): ts.Node[] {
  // What a type is computed from is no part of the surface.
  if (ts.isConditionalTypeNode(node)) return [];
  const inside = ts.isTypeReferenceNode(node) ? [node.typeName] : [];
  const heritage = ts.isExpressionWithTypeArguments(node) ? [node.expression] : [];
  const children: ts.Node[] = [];
  ts.forEachChild(node, child => {
    children.push(...typesNamedIn(child));
  });
  return [...inside, ...heritage, ...children];
}

function resolved(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol;
function resolved(checker: ts.TypeChecker, symbol: ts.Symbol | undefined): ts.Symbol | undefined;
function resolved(checker: ts.TypeChecker, symbol: ts.Symbol | undefined): ts.Symbol | undefined {
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Not the language's or Koffi's, not a type parameter, and not a helper with which types are computed. */
function isOurs(program: ts.Program, { declarations = [] }: ts.Symbol): boolean {
  return declarations.some(
    declaration =>
      !program.isSourceFileDefaultLibrary(declaration.getSourceFile()) &&
      !declaration.getSourceFile().fileName.includes('/node_modules/koffi/') &&
      !ts.isTypeParameterDeclaration(declaration) &&
      !(ts.isTypeAliasDeclaration(declaration) && declaration.typeParameters),
  );
}

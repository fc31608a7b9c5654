import ts from 'typescript';

export interface Compiled {
  /** What the compiler says of the programs and of the packages that they import, one line each. */
  complaints: string[];
  program: ts.Program;
}

/** Compiles strictly, and looks into the declarations of packages, too. Writes the code to `outDir`, if there is one. */
export function compile(files: string[], options: ts.CompilerOptions): Compiled {
  const program = ts.createProgram(files, {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: ['node'],
    noEmit: options.outDir === undefined,
    ...options,
  });
  program.emit();
  const sources = program.getSourceFiles().filter(source => !isOfTheMachine(program, source));
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...sources.flatMap(source => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]),
  ];
  return { program, complaints: diagnostics.map(lineOf) };
}

/** The types of the language and of Node: checking them takes seconds, and they are not ours. */
function isOfTheMachine(program: ts.Program, source: ts.SourceFile): boolean {
  return program.isSourceFileDefaultLibrary(source) || /\/node_modules\/(@types|undici-types)\//.test(source.fileName);
}

function lineOf({ file, start, code, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (!file || start === undefined) return `TS${code}: ${text}`;
  const { line } = file.getLineAndCharacterOfPosition(start);
  return `${file.fileName.replace(/.*\/(?=node_modules\/|[^/]+$)/, '')}:${line + 1} TS${code}: ${text}`;
}

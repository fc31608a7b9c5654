import ts from 'typescript';
import { PROJECT } from './project.js';

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: ['node'],
  skipLibCheck: true,
  noEmit: true,
  paths: {
    iscsidsc: [`${PROJECT}src/index.ts`],
    'iscsidsc/simulate': [`${PROJECT}src/simulate.ts`],
    'iscsidsc/raw': [`${PROJECT}src/raw.ts`],
    'iscsidsc/simulator': [`${PROJECT}src/simulator.ts`],
  },
};

// A program that is JavaScript in the docs cannot say what a parameter or a caught error is.
const JAVASCRIPT: ts.CompilerOptions = { ...OPTIONS, noImplicitAny: false, useUnknownInCatchVariables: false };

/** What the compiler has to say of these files, by file. */
export function complaints(files: readonly string[], language: 'js' | 'ts'): Map<string, string[]> {
  const program = ts.createProgram(files, language === 'js' ? JAVASCRIPT : OPTIONS);
  return new Map(
    files.map(file => [file, ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(inWords)]),
  );
}

function inWords({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
  return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}

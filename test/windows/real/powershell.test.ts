import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser } from '@vscode/tree-sitter-wasm';
import { beforeAll, describe, expect, it } from 'vitest';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const GRAMMARS = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));

// PowerShell and its PSScriptAnalyzer run in CI on Windows; here, a grammar tells whether the scripts can be read at all.
describe('the PowerShell scripts', () => {
  const parser = { parse: (_: string): Node => expect.unreachable() };
  beforeAll(async () => {
    await Parser.init({ locateFile: (name: string) => join(GRAMMARS, name) });
    const real = new Parser();
    real.setLanguage(await Language.load(join(GRAMMARS, 'tree-sitter-powershell.wasm')));
    parser.parse = text => real.parse(text)?.rootNode ?? expect.unreachable();
  });

  for (const name of readdirSync(FOLDER).filter(each => each.endsWith('.ps1'))) {
    it(`can be read: ${name}`, () => {
      expect(faults(parser.parse(readFileSync(join(FOLDER, name), 'utf8')))).toEqual([]);
    });
    it(`are not read with a brace too few: ${name}`, () => {
      expect(faults(parser.parse(readFileSync(join(FOLDER, name), 'utf8').replace('}', '')))).not.toEqual([]);
    });
  }
});

function faults(node: Node): string[] {
  if (!node.hasError) return [];
  const own = node.isError || node.isMissing ? [`${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`] : [];
  return [...own, ...node.children.flatMap(child => (child ? faults(child) : []))];
}

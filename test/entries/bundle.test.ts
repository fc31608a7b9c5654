import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(fileURLToPath(new URL('.run-', import.meta.url)));
afterAll(() => rmSync(folder, { recursive: true }));

const PROGRAM = `
  import { getIScsiSessionListSync } from 'iscsidsc';
  import { createSimulator } from 'iscsidsc/simulator';
  const library = createSimulator();
  console.log(getIScsiSessionListSync({ library }).length);
  library.dispose();
`;

describe('a program that is bundled with the package, koffi left outside', () => {
  it('works as ESM', async () => {
    expect(await run(await bundle('esm', `${folder}/program.mjs`))).toBe('4\n');
  });

  it('works as CommonJS', async () => {
    expect(await run(await bundle('cjs', `${folder}/program.cjs`))).toBe('4\n');
  });

  it('says what to do where koffi is not to be found', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'iscsidsc-'));
    await expect(run(await bundle('cjs', join(elsewhere, 'program.cjs')))).rejects.toMatchObject({
      stderr: expect.stringMatching(
        /Koffi, which makes the native calls, cannot be loaded.*ERR_ISCSIDSC_LIBRARY_LOAD/s,
      ),
    });
    rmSync(elsewhere, { recursive: true });
  });
});

async function bundle(format: 'esm' | 'cjs', outfile: string): Promise<string> {
  await build({
    stdin: { contents: PROGRAM, resolveDir: folder },
    outfile,
    bundle: true,
    platform: 'node',
    format,
    external: ['koffi'],
    // An alias to the source would miss the built package.
    tsconfigRaw: {},
    logLevel: 'error',
  });
  return outfile;
}

async function run(program: string): Promise<string> {
  return (await promisify(execFile)(process.execPath, [program])).stdout;
}

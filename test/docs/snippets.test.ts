import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { complaints } from './compile.js';
import { outputPattern } from './output.js';
import { PAGES } from './page.js';
import { PROJECT } from './project.js';
import { ReaderFolder } from './reader-folder.js';
import { type Snippet, writeSnippets } from './snippet.js';

const SIMULATED = 'iscsidsc/simulate: the iSCSI initiator is simulated. No call reaches Windows.\n';

const folder = new ReaderFolder();
afterAll(() => folder[Symbol.dispose]());
const snippets = writeSnippets(folder);

describe('the programs in README.md and docs', () => {
  it('are there', () => {
    for (const page of ['README.md', 'docs/sessions.md', 'docs/testing.md', 'docs/raw.md', 'docs/errors.md']) {
      expect(snippets.map(({ place }) => place)).toContainEqual(expect.stringMatching(`^${page}:`));
    }
  });

  it.each(['js', 'ts'] as const)('compile, those in %s, with strict types', language => {
    const programs = snippets.filter(({ fence }) => fence.language === language);
    const files = programs.map(({ typed }) => typed);
    const said = complaints(files, language);
    expect(programs.flatMap(({ place, typed }) => said.get(typed)?.map(what => `${place}, ${what}`) ?? [])).toEqual([]);
  });

  for (const snippet of snippets) {
    it.concurrent(`${snippet.place} runs as it stands, with the simulator for the DLL`, async () => {
      const { stdout, stderr } = await run(snippet);
      expect(stderr).toBe(SIMULATED);
      const { output } = snippet.fence;
      if (output !== undefined) expect(stdout).toMatch(outputPattern(output));
    });
  }

  it.runIf(process.platform !== 'win32')('say off Windows what to do, where they want the DLL', async () => {
    const first = snippets.find(({ place }) => place.startsWith('README.md:'));
    // Beside the tests the package finds itself by its name, as an installed one is found.
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', first?.fence.code ?? ''], {
      cwd: PROJECT,
    });
    await expect(run).rejects.toMatchObject({
      stderr: expect.stringContaining("code: 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM'"),
    });
  });
});

describe('the quotes in README.md and docs', () => {
  const quotes = PAGES.flatMap(({ name, fences }) =>
    fences.flatMap(({ file, line, code }) => (file ? [{ place: `${name}:${line}`, file, code }] : [])),
  );

  it('stand in their files, word for word', () => {
    for (const { place, file, code } of quotes)
      expect(readFileSync(`${PROJECT}${file}`, 'utf8'), place).toContain(code);
  });
});

/** Vitest runs its own tests; Node.js all else. Where a program names no library, it gets a simulator. */
function run({ program, fence }: Snippet): Promise<{ stdout: string; stderr: string }> {
  const vitest = [`${PROJECT}node_modules/vitest/vitest.mjs`, 'run', program];
  const args = /from 'vitest'/.test(fence.code) ? vitest : ['--require', './parent-port.cjs', program];
  return promisify(execFile)(process.execPath, ['--import', 'iscsidsc/simulate', ...args], { cwd: folder.path });
}

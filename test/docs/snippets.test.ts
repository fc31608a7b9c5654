import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
// Inside the project: there the package finds itself by its name, as an installed one is found.
const folder = mkdtempSync(`${PROJECT}/test/docs/.run-`);
afterAll(() => rmSync(folder, { recursive: true }));

const snippets = [...readFileSync(`${PROJECT}/README.md`, 'utf8').matchAll(/```js\n([\s\S]*?)```/g)].map(
  ([, code]) => code as string,
);

describe('the programs in README.md', () => {
  it('are three', () => {
    expect(snippets).toHaveLength(3);
  });

  it.runIf(process.platform !== 'win32')('say off Windows what to do, where they want the DLL', async () => {
    await expect(run(0)).rejects.toMatchObject({
      stderr: expect.stringContaining("code: 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM'"),
    });
  });

  it('run as they stand, with the simulator', async () => {
    expect((await run(1)).stdout).toContain(
      "iqn.2005-10.org.example.nas:backup connected [ '\\\\\\\\.\\\\PhysicalDrive2' ]",
    );
    expect((await run(2)).stdout).toBe('\\\\.\\PhysicalDrive2\nadded\n');
  });
});

function run(index: number): Promise<{ stdout: string }> {
  const file = `${folder}/${index}.mjs`;
  writeFileSync(file, snippets[index] as string);
  return promisify(execFile)(process.execPath, [file]);
}

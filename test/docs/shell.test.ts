import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { machine, run, SIMULATED } from '../cli/run.js';
import { outputPattern } from './output.js';
import { PAGES } from './page.js';
import { PROJECT, REPOSITORY } from './project.js';
import { type TypedCommand, typedFencesIn } from './shell.js';

const fences = PAGES.flatMap(typedFencesIn);
const commands = fences.flatMap(fence => fence.commands);
const alone = fences.filter(({ state }) => state === undefined);
const shown = alone.filter(({ output }) => output !== undefined);
const states = [...new Set(fences.flatMap(({ state }) => state ?? []))];

// In place of the words in capitals of the docs.
const VALUES: Readonly<Record<string, string>> = {
  ID: 'ffffe00112345010-4000013700000000',
  IQN: 'iqn.2005-10.org.example.nas:backup',
  SECONDS: '10',
  // The same as from a terminal.
  FILE: '-',
};
const ENDLESS = ['session watch'];
const OTHERS = /^(npm ci|Start-Service MSiSCSI|npx vitest run test\/\w+|\$env:ISCSIDSC_[A-Z_]+ = (\d|'[^']+'))$/;
// Tests in test/package do these, or somebody has, by hand.
const IN_A_USERS_PROJECT = [
  'node --import iscsidsc/simulate app.mjs',
  'npm install --omit=dev --os=win32 --cpu=x64',
  'npx esbuild app.mjs --bundle --platform=node --format=cjs --outfile=out/app.cjs',
  'node --build-sea sea-config.json',
  'node --experimental-sea-config sea-config.json',
  'npx postject app NODE_SEA_BLOB sea.blob --sentinel-fuse NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
];

describe('the commands in README.md and docs', () => {
  for (const command of alone.flatMap(fence => fence.commands)) {
    it(`${command.place} can be typed: ${command.text}`, () => check(command));
  }

  it.for(shown)('$place prints what the page shows', async ({ commands, output = '' }) => {
    expect(await printed(commands)).toMatch(outputPattern(output));
  });

  it.for(states)('%s: each command goes on where the one before has stopped', async (state, { expect }) => {
    const folder = mkdtempSync(join(tmpdir(), 'iscsidsc-docs-'));
    const environment = { ISCSIDSC_SIMULATED_STATE: join(folder, 'machine.json') };
    try {
      for (const { place, commands, output } of fences.filter(fence => fence.state === state)) {
        const text = await printed(commands, environment);
        if (output !== undefined) expect(text, place).toMatch(outputPattern(output));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('show each command of the command line', async () => {
    const { stdout } = await run(['--help']);
    const names = [...stdout.matchAll(/^ {2}([a-z]+(?: [a-z-]+)?) {2,}.*?(?:the same: ([a-z]+)|$)/gm)];
    expect(names.length).toBeGreaterThan(5);
    const texts = commands.map(({ text }) => text);
    for (const [, name, plural = name] of names) {
      expect(texts).toContainEqual(expect.stringMatching(`iscsidsc (${name}|${plural})\\b`));
    }
  });
});

/** What commands print, one after the other. Each must succeed. A machine that is kept is a simulated one. */
async function printed(
  commands: readonly TypedCommand[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  let all = '';
  for (const { text, variables } of commands) {
    const [program, , ...args] = text.split(/\s+/);
    expect(program).toBe('npx');
    const added = environment.ISCSIDSC_SIMULATED_STATE && !args.includes('--simulate') ? ['--simulate'] : [];
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [`${PROJECT}dist/cli.js`, ...args, ...added],
      { env: { ...process.env, ...environment, ...variables } },
    );
    all += (added.length > 0 ? stderr.replace(SIMULATED, '') : stderr) + stdout;
  }
  return all;
}

async function check({ text, remark, folder }: TypedCommand): Promise<void> {
  const [program = '', first = '', second, ...rest] = text.split(/\s+/);
  const here = `${PROJECT}${folder}/`;
  if (OTHERS.test(text) || IN_A_USERS_PROJECT.includes(text)) return;
  if (text.startsWith('npx iscsidsc ')) await checkIscsidsc(text.split(/\s+/).slice(2), remark);
  else if (program === 'npm' && first === 'run') expect(scriptsIn(here)).toContain(second);
  else if (program === 'npm' && ['test', 'start'].includes(first)) expect(scriptsIn(here)).toContain(first);
  else if (program === 'npm' && first === 'install') expect([undefined, 'iscsidsc', 'koffi']).toContain(second);
  else if (program === 'npm' && first === 'pack') expect(second).toBeUndefined();
  else if (program === 'git' && first === 'clone') expect([second, ...rest]).toEqual([REPOSITORY]);
  else if (program === 'node') expectFile(`${here}${[first, second].find(arg => !arg?.startsWith('-'))}`);
  else if (program === 'cd') expectFile(first === 'iscsidsc' ? here : `${here}${first}`);
  else if (program.endsWith('.ps1')) expectFile(`${here}${program.replaceAll('\\', '/')}`);
  else expect.fail(`nobody knows how to check: ${text}`);
}

function scriptsIn(folder: string): string[] {
  return Object.keys(JSON.parse(readFileSync(`${folder}package.json`, 'utf8')).scripts);
}

function expectFile(path: string): void {
  expect(existsSync(path), path).toBe(true);
}

/** Every option of the line and of the remark behind it must be known; what comes to an end must succeed. */
async function checkIscsidsc(args: readonly string[], remark: string): Promise<void> {
  const given = args.map(arg => VALUES[arg] ?? arg);
  const help = await run([...given, '--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  for (const [option] of remark.matchAll(/--[a-z]+/g)) expect(help.stdout).toContain(`${option} `);
  if (ENDLESS.includes(given.slice(0, 2).join(' '))) return;
  using on = machine();
  await on.prepare(given.slice(0, 2).join(' '));
  const askSecret = async (question: string) =>
    question.startsWith('RADIUS') ? 'shared-with-the-server!' : 'initiator-12345';
  const terminal = { ask: async () => 'y', askSecret };
  const { status, stderr } = await on.run(given.filter(word => word !== '--simulate').join(' '), terminal);
  expect(status, stderr).toBe(0);
}

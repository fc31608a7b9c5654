import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { NoTier, Tier } from '../windows/tier.mjs';
import { FULL, QUICK } from './effort.js';
import { Page } from './page.js';
import { Programs } from './programs.js';
import { describeMachine, numbersOf, type Report, wayOf } from './report.js';
import { type Section, sectionOf } from './section.js';
import { textTable } from './table.js';
import { measureAnywhere, measureWay } from './this-platform.js';
import { wayTable } from './way.js';
import { measureWindows } from './windows.js';

export interface Surroundings {
  /** The folder of the project. */
  project: string;
  tier: Tier | NoTier;
  argv: string[];
}

const USAGE = `npm run bench -- [--quick] [--json] [--write]
  --quick  a few seconds, and rough numbers
  --json   the report as JSON
  --write  the tables into docs/performance.md and docs/connect.md`;

/** Measures and prints. The exit status is 0 whatever the numbers are: a time is not a test. */
export async function main({ project, tier, argv }: Surroundings): Promise<void> {
  const options = readOptions(argv);
  if (options === undefined) return;
  const effort = options.quick ? QUICK : FULL;
  const say = (text: string) => {
    if (!options.json) process.stdout.write(`${text}\n`);
  };
  // Before minutes have gone into numbers for it.
  const page = options.write ? new Page(join(project, 'docs/performance.md')) : undefined;
  const wayPage = options.write ? new Page(join(project, 'docs/connect.md')) : undefined;
  const programs = new Programs(project);
  const report: Report = { machine: describeMachine(tier), quick: options.quick, sections: [], left: [] };
  say(report.machine);
  const show = (section: Section) => {
    report.sections.push(section);
    say(`\n${textTable(section)}`);
  };

  const rest = await measureAnywhere(programs, effort, show);
  if (tier.ok) rest.push(...(await measureWindows(programs, tier, effort, show)));
  else report.left.push(`Not measured in Windows Node.js: ${tier.reason}. To prepare it: ${tier.how}`);
  show(sectionOf('rest', rest));
  report.way = await measureWay(programs, effort);
  say(`\nFrom a portal to a drive letter, simulator\n${wayTable(report.way)}`);
  for (const line of report.left) say(`\n${line}`);

  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  page?.fill(numbersOf(report));
  wayPage?.fill(wayOf(report));
}

function readOptions(argv: string[]): { quick: boolean; json: boolean; write: boolean } | undefined {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({ args: argv, options: { quick: flag, json: flag, write: flag, help: flag } });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return undefined;
    }
    if (values.quick && values.write) throw new Error('Numbers of --quick are not for the page.');
    return values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

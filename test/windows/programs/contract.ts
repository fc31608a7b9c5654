import { writeFileSync } from 'node:fs';
import type { Library } from 'iscsidsc';
import { systemLibrary } from 'iscsidsc/raw';
import { contract } from '../../contract/contract.js';
import type { Scenario } from '../../contract/scenario.js';
import { isInTwoWays } from '../../contract/ways.js';
import { arrangeStandIn } from './stand-in.js';

/** How a rule was kept. */
export interface Outcome {
  rule: string;
  error?: string;
}

const LONGEST_MS = 120_000;

// Runs in Windows Node, where vitest cannot: it needs pipes. The outcomes go to the file that is named first. With
// `two-ways` behind it, each rule is asked in two of the four ways.
void run(process.argv[2] as string, process.argv[3] === 'two-ways');

async function run(file: string, inTwoWays: boolean): Promise<void> {
  const outcomes: Outcome[] = [];
  const checks: [string, () => void | Promise<void>][] = [];
  contract({ arrange }, (rule, check) => {
    if (!inTwoWays || isInTwoWays(rule)) checks.push([rule, check]);
  });
  for (const [rule, check] of checks) {
    const error = await outcomeOf(check);
    outcomes.push({ rule, ...(error === undefined ? {} : { error }) });
  }
  writeFileSync(file, JSON.stringify(outcomes));
}

function arrange(scenario: Scenario): Library {
  arrangeStandIn(scenario);
  return systemLibrary();
}

async function outcomeOf(check: () => void | Promise<void>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>(resolve => {
    timer = setTimeout(resolve, LONGEST_MS, `not done in ${LONGEST_MS} ms`);
  });
  try {
    return (await Promise.race([late, check()])) || undefined;
  } catch (error) {
    return error instanceof Error ? `${error.stack}` : String(error);
  } finally {
    clearTimeout(timer);
  }
}

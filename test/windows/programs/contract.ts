import { writeFileSync } from 'node:fs';
import type { Library } from 'iscsidsc';
import { systemLibrary } from 'iscsidsc/raw';
import { contract } from '../../contract/contract.js';
import type { Scenario } from '../../contract/scenario.js';
import { isInTwoWays } from '../../contract/ways.js';
import { outcomesOf, type RuleCheck } from './outcomes.js';
import { arrangeStandIn } from './stand-in.js';

// Runs in Windows Node, where vitest cannot: it needs pipes. The outcomes go to the file that is named first. With
// `two-ways` behind it, each rule is asked in two of the four ways.
void run(process.argv[2] as string, process.argv[3] === 'two-ways');

async function run(file: string, inTwoWays: boolean): Promise<void> {
  const checks: RuleCheck[] = [];
  contract({ arrange }, (rule, check) => {
    if (!inTwoWays || isInTwoWays(rule)) checks.push([rule, check]);
  });
  writeFileSync(file, JSON.stringify(await outcomesOf(checks)));
}

function arrange(scenario: Scenario): Library {
  arrangeStandIn(scenario);
  return systemLibrary();
}

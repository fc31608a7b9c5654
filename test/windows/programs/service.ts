import { writeFileSync } from 'node:fs';
import { systemLibrary } from 'iscsidsc/raw';
import { serviceContract } from '../../contract/service.js';
import { outcomesOf, type RuleCheck } from './outcomes.js';
import { StandInService } from './stand-in-service.js';

// Checks the rules of the service against Windows' own service manager, with the program that is named first for the
// service. The outcomes go to the file that is named behind it.
const [, , program, file] = process.argv as [string, string, string, string];
const service = new StandInService(program);
const checks: RuleCheck[] = [];
const arrange = async (scenario: Parameters<StandInService['arrange']>[0]) => {
  await service.arrange(scenario);
  return systemLibrary();
};
serviceContract({ arrange }, (rule, check) => checks.push([rule, check]));
const outcomes = await outcomesOf(checks);
await service.remove();
writeFileSync(file, JSON.stringify(outcomes));

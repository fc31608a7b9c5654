import { writeFileSync } from 'node:fs';
import { machineRules } from '../machine-rules.js';
import { outcomesOf, type RuleCheck } from './outcomes.js';

// Checks the rules of the machine in Windows Node. The outcomes go to the file that is named first.
const checks: RuleCheck[] = [];
machineRules((rule, check) => checks.push([rule, check]));
writeFileSync(process.argv[2] as string, JSON.stringify(await outcomesOf(checks)));

import fc from 'fast-check';
import { bind } from 'iscsidsc/raw';
import { anyCall } from '../../arguments/any-call.js';
import { codeOf } from '../../arguments/made-call.js';

// Makes the calls of a seed, each followed by one that none of them makes, and prints the codes of their errors.
const [codePage = 0, seed = 0, numRuns = 0] = process.argv.slice(2).map(Number);
const { GetIScsiVersionInformation: mark } = bind();
const codes: unknown[] = [];
for (const call of fc.sample(anyCall(codePage), { seed, numRuns })) {
  codes.push(await codeOf(call));
  mark(null);
}
process.stdout.write(JSON.stringify(codes));

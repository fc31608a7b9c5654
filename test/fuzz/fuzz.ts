// The properties at length: `npm run fuzz -- [--runs=100000] [--seed=1]`. A failure prints the smallest case found.
import { parseArgs } from 'node:util';
import fc, { type IAsyncProperty } from 'fast-check';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import { mutatedFamilyReply } from './family.js';
import { mutatedReply, roundTrip, TEXTS } from './properties.js';
import { mutatedReport, reportRoundTrip } from './report-properties.js';
import { anyScsiReply } from './scsi-properties.js';

const PARTS = 20;
// Lists that come back whole are the smaller part of what can go wrong.
const MUTATED = 0.4;
const FAMILY = 0.15;
const REPORTS = 0.25;
const SCSI = 0.05;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const total = Number(values.runs);
const seed = Number(values.seed);
if (!Number.isInteger(total) || total < 1 || !Number.isInteger(seed)) {
  console.error('fuzz: --runs and --seed are whole numbers');
  process.exit(2);
}

console.log(`fuzz: ${total} runs, seed ${seed} (again with --seed=${seed})`);
const seen = { list: 0, error: 0 };
let done = 0;
for (let part = 0; part < PARTS; part++) {
  for (const text of TEXTS) {
    const simulator = createSimulator({ codePage: text.codePage });
    const share = (amount: number) => (total * amount) / PARTS / TEXTS.length;
    const tally = { add: (outcome: keyof typeof seen) => seen[outcome]++ };
    await check(
      `${text.name}: a list comes back`,
      roundTrip(text, simulator),
      share(1 - MUTATED - FAMILY - REPORTS - SCSI),
      part,
    );
    await check(`${text.name}: a changed reply`, mutatedReply(text, simulator, tally), share(MUTATED), part);
    await check(`${text.name}: a report comes back`, reportRoundTrip(text, simulator), share(REPORTS / 3), part);
    await check(`${text.name}: a changed report`, mutatedReport(text, simulator, tally), share(REPORTS / 1.5), part);
    simulator.dispose();
  }
  const simulator = createSimulator({ sessions: exampleSessions(4, { connections: 2 }) });
  await check('a changed reply of the functions around', mutatedFamilyReply(simulator), (total * FAMILY) / PARTS, part);
  simulator.dispose();
  await check('any answer of a SCSI command', anyScsiReply(), (total * SCSI) / PARTS, part);
  console.log(`fuzz: ${done} runs done; of the changed replies ${seen.list} gave a list, ${seen.error} an error`);
}
console.log('fuzz: all promises kept');

async function check<Args>(what: string, property: IAsyncProperty<Args>, runs: number, part: number): Promise<void> {
  const details = await fc.check(property, { numRuns: Math.ceil(runs), seed: seed + part });
  done += details.numRuns;
  if (!details.failed) return;
  console.error(`fuzz: ${what}\n${await fc.asyncDefaultReportMessage(details)}`);
  process.exit(1);
}

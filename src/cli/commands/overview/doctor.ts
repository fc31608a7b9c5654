import type { Finding, FindingLevel } from '../../../index.js';
import { defineCommand } from '../../command.js';
import type { Format } from '../../terminal/colour.js';
import { formatDetails, type Section } from '../../terminal/details.js';

const LEVELS: readonly { readonly level: FindingLevel; readonly heading: string }[] = [
  { level: 'problem', heading: 'Problem' },
  { level: 'warning', heading: 'Warning' },
];

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Find out what is wrong with the initiator of this machine, and what to do',
  description:
    'Changes nothing, and asks nobody on the network. With --json it prints a report for others, in which target-1 and the like stand for the names of targets, addresses and ids of sessions. The exit status is 1 if there is a problem.',
  operands: {},
  options: { full: { help: 'Keep the names and addresses with --json' } },
  example: 'doctor --json',
  run: async ({ full }, { iscsidsc, options, version, json }) => ({
    version,
    findings: await iscsidsc.diagnose({ ...options, anonymous: json && !full }),
  }),
  format: ({ findings }, format) => {
    const bad = LEVELS.flatMap(each => sections(findings, each));
    // By themselves, because their labels are longer.
    return [[`${counts(findings)}\n`], bad.length === 0 ? [] : [formatDetails(bad, format)], rest(findings, format)]
      .flat()
      .join('\n');
  },
  exitStatus: ({ findings }) => (findings.some(({ level }) => level === 'problem') ? 1 : 0),
  mayHang: ({ findings }) => JSON.stringify(findings).includes('"pending":"running"'),
});

function counts(findings: readonly Finding[]): string {
  const count = (wanted: FindingLevel) => findings.filter(({ level }) => level === wanted).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  return `${problems} problem${problems === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}, ${count('ok')} ok`;
}

function sections(findings: readonly Finding[], { level, heading }: (typeof LEVELS)[number]): Section[] {
  return findings
    .filter(finding => finding.level === level)
    .map(({ check, what, why, whatToDo }) => ({
      heading: `${heading}: ${what}`,
      fields: [
        ['Check', check],
        ['Why', why],
        ['To do', whatToDo ?? ''],
      ],
    }));
}

function rest(findings: readonly Finding[], format: Format): string[] {
  const fields = findings.filter(({ level }) => level === 'ok').map(({ check, what }) => [check, what] as const);
  return fields.length === 0 ? [] : [formatDetails([{ heading: 'OK', fields }], format)];
}

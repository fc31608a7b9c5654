import type { Finding, FindingLevel } from '../../../index.js';
import { adviceFor } from '../../advice.js';
import { defineCommand } from '../../command.js';
import type { Format } from '../../terminal/colour.js';
import { formatDetails, type Section } from '../../terminal/details.js';
import { groupByReason } from './known.js';

/** Why a question had no answer, as a finding has it in its details. */
interface Failure {
  readonly code: string;
  readonly message: string;
  readonly syscall?: string;
  readonly hint?: string;
}

// A check that lacks an answer is a warning, with the error of the question.
type NotChecked = Finding & { readonly details: { readonly error: Failure } };

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
    const bad = [...LEVELS.flatMap(each => sections(findings, each)), ...notCheckedSections(findings)];
    // By themselves, because their labels are longer.
    return [[`${counts(findings)}\n`], bad.length === 0 ? [] : [formatDetails(bad, format)], rest(findings, format)]
      .flat()
      .join('\n');
  },
  exitStatus: ({ findings }) => (findings.some(({ level }) => level === 'problem') ? 1 : 0),
  mayHang: ({ findings }) => JSON.stringify(findings).includes('"pending":"running"'),
});

function counts(findings: readonly Finding[]): string {
  const missing = findings.filter(isNotChecked).length;
  const count = (wanted: FindingLevel) => findings.filter(({ level }) => level === wanted).length;
  const [problems, warnings] = [count('problem'), count('warning') - missing];
  const checked = `${problems} problem${problems === 1 ? '' : 's'}, ${warnings} warning${warnings === 1 ? '' : 's'}, ${count('ok')} ok`;
  return missing === 0 ? checked : `${checked}, ${missing} not checked`;
}

function sections(findings: readonly Finding[], { level, heading }: (typeof LEVELS)[number]): Section[] {
  return findings
    .filter(finding => finding.level === level && !isNotChecked(finding))
    .map(finding => ({
      heading: `${heading}: ${finding.what}`,
      fields: [
        ['Check', finding.check],
        ['Why', finding.why],
        ['To do', whatToDo(finding)],
      ],
    }));
}

function isNotChecked(finding: Finding): finding is NotChecked {
  return finding.level === 'warning' && finding.details?.error !== undefined;
}

/** While the service is stopped, most checks lack an answer for one reason. */
function notCheckedSections(findings: readonly Finding[]): Section[] {
  return groupByReason(findings.filter(isNotChecked), ({ details }) => details.error).map(group => ({
    heading: `Not checked: ${group[0].details.error.message}`,
    fields: [
      ['Checks', group.map(({ check }) => check).join(', ')],
      ['To do', whatToDo(group[0])],
    ],
  }));
}

/** The hint of an error is for programs, so it is said here as for the error of a command. */
function whatToDo({ whatToDo: advice, details = {} }: Finding): string {
  const failures = [details, ...Object.values(details)].map(each => Object(each).error as Failure | undefined);
  const failure = failures.find(each => each?.hint === advice);
  return (failure && adviceFor(failure)) ?? advice ?? '';
}

function rest(findings: readonly Finding[], format: Format): string[] {
  const fields = findings.filter(({ level }) => level === 'ok').map(({ check, what }) => [check, what] as const);
  return fields.length === 0 ? [] : [formatDetails([{ heading: 'OK', fields }], format)];
}

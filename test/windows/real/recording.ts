import { appendFileSync, writeFileSync } from 'node:fs';
import {
  getIScsiInitiatorNodeName,
  getIScsiSessionList,
  getIScsiSessionListEx,
  getIScsiVersionInformation,
  type Library,
  reportActiveIScsiTargetMappings,
  reportIScsiInitiatorList,
} from 'iscsidsc';
import { type Sides, summaryOf } from './summary.js';

/** What both sides have said at one time, and where to ask for more. */
export interface State extends Sides {
  library: Library;
}

/**
 * Writes what both sides say into the file that ISCSIDSC_RECORDING names, and the results into the summary of the
 * workflow.
 */
export async function record({ library, ...sides }: State): Promise<void> {
  const file = process.env.ISCSIDSC_RECORDING;
  if (file) writeFileSync(file, `${JSON.stringify({ ...sides, ...(await otherAnswers(library)) }, null, 2)}\n`);
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary) appendFileSync(summary, summaryOf(sides));
}

/** An error in place of an answer tells as much. */
async function otherAnswers(library: Library): Promise<Record<string, unknown>> {
  const answers: Readonly<Record<string, Promise<unknown>>> = {
    sessionsAnsi: getIScsiSessionList({ library, charset: 'ansi' }),
    parameters: getIScsiSessionListEx({ library }),
    mappings: reportActiveIScsiTargetMappings({ library }),
    version: getIScsiVersionInformation({ library }),
    nodeName: getIScsiInitiatorNodeName({ library }),
    initiators: reportIScsiInitiatorList({ library }),
  };
  const settled = Object.entries(answers).map(async ([name, answer]) => [name, await answer.catch(error => error)]);
  return Object.fromEntries(await Promise.all(settled));
}

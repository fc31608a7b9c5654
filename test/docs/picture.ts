import { run } from '../cli/run.js';
import { terminalPicture } from './terminal-picture.js';

const COLUMNS = 120;

/** The table of sessions, as `npx iscsidsc sessions --devices --simulate` prints it on a terminal. */
export async function sessionsPicture(): Promise<string> {
  const { stdout, stderr } = await run(['sessions', '--devices', '--simulate'], { colour: true, columns: COLUMNS });
  const prompt = '\x1b[32m>\x1b[39m npx iscsidsc sessions --devices --simulate\n';
  return terminalPicture(prompt + stderr + stdout, 'A table of iSCSI sessions in a terminal');
}

import { getIScsiSessionList, getIScsiSessionListSync } from 'iscsidsc';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import { compare } from '../side.js';

// Prints how the async form compares with the sync one, one call at a time.
const effort = JSON.parse(process.argv[2] as string);
const library = createSimulator({ sessions: exampleSessions(8) });
const comparison = await compare(
  { async: () => getIScsiSessionList({ library }) },
  { sync: () => getIScsiSessionListSync({ library }) },
  effort,
);
library.dispose();
process.stdout.write(JSON.stringify(comparison));

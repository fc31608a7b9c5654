import 'iscsidsc/simulate';
import { getIScsiSessionListSync } from 'iscsidsc';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';

const library = createSimulator({ sessions: exampleSessions(2) });
console.log(getIScsiSessionListSync().length, getIScsiSessionListSync({ library }).length);
library.dispose();

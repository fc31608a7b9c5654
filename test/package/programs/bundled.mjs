import { getIScsiSessionListSync } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';

const library = createSimulator();
console.log(getIScsiSessionListSync({ library }).length);
library.dispose();

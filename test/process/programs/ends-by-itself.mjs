import { fork } from 'node:child_process';
import { createInitiatorProcess } from '../../../dist/process.js';

const child = new URL('simulated.mjs', import.meta.url);
const initiator = createInitiatorProcess({ fork: (_, { env }) => fork(child, [], { env, serialization: 'advanced' }) });
console.log(`${(await initiator.getIScsiSessionList()).length} sessions`);

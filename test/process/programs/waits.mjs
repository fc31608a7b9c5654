// Prints the id of its child, and waits for ever for a call.
import { fork } from 'node:child_process';
import { createInitiatorProcess } from '../../../dist/process.js';

let pid;
const start = (_, { env }) => {
  const child = fork(new URL('simulated.mjs', import.meta.url), ['hanging'], { env, serialization: 'advanced' });
  pid = child.pid;
  return child;
};
const initiator = createInitiatorProcess({ fork: start });
await initiator.reportIScsiInitiatorList();
console.log(pid);
await initiator.getIScsiSessionList();

// Makes some calls, for NODE_DEBUG=iscsidsc to tell of.
import { getIScsiInitiatorNodeName, getIScsiSessionList, getIScsiSessionListSync } from 'iscsidsc';
import { bind } from 'iscsidsc/raw';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';

const library = createSimulator({ sessions: exampleSessions(600, { name: 'very-private' }) });
getIScsiSessionListSync({ library });
library.sessions = exampleSessions(2);
await getIScsiSessionList({ library, charset: 'ansi' });
await getIScsiInitiatorNodeName({ library });
library.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
await getIScsiSessionList({ library }).catch(() => {});

library.behaviour = { status: 0xdead };
const { GetIScsiSessionListW, GetIScsiInitiatorNodeNameW } = bind(library);
const size = new Uint32Array([4096]);
GetIScsiSessionListW(size, new Uint8Array(2), null);
GetIScsiSessionListW(null, 0n, Buffer.from('very-private'));
// Memory that goes while the call runs.
const gone = new Uint32Array([8]);
const status = new Promise(resolve => GetIScsiSessionListW.async(gone, null, null, (_, answer) => resolve(answer)));
structuredClone(gone.buffer, { transfer: [gone.buffer] });
console.log(await status);

const secret = Buffer.from('very-private');
const kept = GetIScsiInitiatorNodeNameW;
library.dispose();
for (const call of [() => kept(secret), () => kept.async(secret, () => {})]) {
  try {
    call();
  } catch (error) {
    console.log(error.code);
  }
}

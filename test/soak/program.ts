// `npm run soak -- [--sync=1000000] [--async=100000] [--connections=20000] [--library=simulator|system] [--leak]`; status 1
// where memory grows. Without lists, or without connections, that part is left out.
import { parseArgs } from 'node:util';
import { systemLibrary } from 'iscsidsc/raw';
import { createSimulator } from 'iscsidsc/simulator';
import { connectionSimulator, soakConnections } from './connections.js';
import { soakLists } from './lists.js';

const { values } = parseArgs({
  options: {
    sync: { type: 'string', default: '1000000' },
    async: { type: 'string', default: '100000' },
    connections: { type: 'string', default: '20000' },
    library: { type: 'string', default: 'simulator' },
    leak: { type: 'boolean', default: false },
  },
});

const [sync, async, cycles] = [values.sync, values.async, values.connections].map(Number) as [number, number, number];
const { leak } = values;
const isSystem = values.library === 'system';
const say = (line: string) => console.log(`soak: ${line}`);

const verdicts = [];
if (sync > 0 || async > 0) {
  verdicts.push(await soakLists({ ...(!isSystem && { library: createSimulator() }), sync, async, leak, say }));
}
if (cycles > 0) {
  const library = isSystem ? systemLibrary() : connectionSimulator();
  verdicts.push(await soakConnections({ library, cycles, leak, say }));
}
process.exitCode = verdicts.every(({ flat }) => flat) ? 0 : 1;

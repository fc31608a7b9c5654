// `npm run soak -- [--sync=1000000] [--async=100000] [--library=simulator|system] [--leak]`; status 1 where memory grows.
import { parseArgs } from 'node:util';
import { createSimulator } from 'iscsidsc/simulator';
import { soak } from './soak.js';

const { values } = parseArgs({
  options: {
    sync: { type: 'string', default: '1000000' },
    async: { type: 'string', default: '100000' },
    library: { type: 'string', default: 'simulator' },
    leak: { type: 'boolean', default: false },
  },
});

const { flat } = await soak({
  ...(values.library === 'system' ? {} : { library: createSimulator() }),
  sync: Number(values.sync),
  async: Number(values.async),
  leak: values.leak,
  say: line => console.log(`soak: ${line}`),
});
process.exitCode = flat ? 0 : 1;

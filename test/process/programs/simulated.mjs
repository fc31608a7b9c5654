import { serveInitiatorProcess } from '../../../dist/process.js';
import { createSimulator } from '../../../dist/simulator.js';

const simulator = createSimulator();
const hangs = process.argv[2] === 'hanging';
const never = Object.assign(() => 0, { async() {} });
const { decodeAnsi, encodeAnsi } = simulator;
serveInitiatorProcess({
  library: {
    name: 'simulated',
    decodeAnsi: decodeAnsi.bind(simulator),
    encodeAnsi: encodeAnsi.bind(simulator),
    func: name => (hangs && name === 'GetIScsiSessionListW' ? never : simulator.func(name)),
  },
});

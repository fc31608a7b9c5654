// Connects to a target of a simulated machine in a file, and kills its own process once so many native calls have been
// made: argv is the file, the number, and the target as JSON. Without a number it prints how many calls there were.
import { connectTarget } from '../../../dist/index.js';
import { createSimulator } from '../../../dist/simulator.js';

const [stateFile, lastCall, target] = process.argv.slice(2);
const simulator = createSimulator({ stateFile });
let calls = 0;
const library = {
  name: 'dying',
  func: name => {
    const native = simulator.func(name);
    const async = (...argsAndDone) => {
      const done = argsAndDone.pop();
      native.async(...argsAndDone, (error, status) => {
        calls++;
        if (calls === Number(lastCall)) process.kill(process.pid, 'SIGKILL');
        done(error, status);
      });
    };
    return Object.assign((...args) => native(...args), { async });
  },
  decodeAnsi: bytes => simulator.decodeAnsi(bytes),
  encodeAnsi: text => simulator.encodeAnsi(text),
};
await connectTarget(JSON.parse(target), { library });
console.log(calls);

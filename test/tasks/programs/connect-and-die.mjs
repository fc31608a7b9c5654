// Connects to a target of a simulated machine in a file, and kills its own process at one of the moments that there are:
// before and after each native call, and when a step is told. argv[2] is JSON: the file, the target, the number of
// the moment, and the native call that fails, if any. Without a number it prints the moments.
import { connectTarget } from '../../../dist/index.js';
import { createSimulator } from '../../../dist/simulator.js';

const { stateFile, network, target, dieAt, failing } = JSON.parse(process.argv[2]);
const simulator = createSimulator({ stateFile, network });
const moments = [];

function moment(what) {
  if (moments.push(what) === dieAt) process.kill(process.pid, 'SIGKILL');
}

function dying(name, native) {
  let calls = 0;
  const async = (...argsAndDone) => {
    const done = argsAndDone.pop();
    const call = `${name} ${++calls}`;
    moment(`before ${call}`);
    if (call === failing) return setImmediate(done, null, 0xefff0001);
    native.async(...argsAndDone, (error, result) => {
      moment(`after ${call}`);
      done(error, result);
    });
  };
  return Object.assign(() => {}, { async });
}

const functions = new Map();
function functionOf(name, native) {
  if (!functions.has(name)) functions.set(name, dying(name, native));
  return functions.get(name);
}

const library = {
  name: 'dying',
  func: name => functionOf(name, simulator.func(name)),
  windowsFunc: name => functionOf(name, simulator.windowsFunc(name)),
  decodeAnsi: bytes => simulator.decodeAnsi(bytes),
  encodeAnsi: text => simulator.encodeAnsi(text),
};
const onProgress = ({ step, status }) => moment(`${step} ${status}`);
try {
  await connectTarget(target, { library, onProgress });
} catch (error) {
  if (error.syscall !== failing?.split(' ')[0]) throw error;
}
console.log(JSON.stringify(moments));

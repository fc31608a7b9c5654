// Stands in for `iscsidsc/simulator` in a user's project: the examples' simulator is what the test wants it to be.
import { createSimulator as create } from 'iscsidsc/simulator';

const { crash, tells, ...options } = JSON.parse(process.env.ARRANGED_SIMULATOR);

export function createSimulator() {
  const simulator = create(options);
  const func = simulator.func.bind(simulator);
  simulator.func = name => {
    const native = func(name);
    const async = (...args) => {
      if (crash) process.kill(process.pid, 'SIGKILL');
      if (tells === 'by messages') process.send({ called: name });
      if (tells === 'on stderr') console.error(`called ${name}`);
      native.async(...args);
    };
    return Object.assign((...args) => native(...args), { async });
  };
  if (tells === 'by messages') {
    process.on('message', change => process.send({ arranged: Object.keys(Object.assign(simulator, change)) }));
    process.channel.unref();
  }
  return simulator;
}

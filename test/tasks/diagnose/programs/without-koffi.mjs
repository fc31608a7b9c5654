import Module from 'node:module';

const load = Module._load;
Module._load = (name, ...rest) => {
  if (name === 'koffi') throw new Error('There is no binary.');
  return load(name, ...rest);
};

const { diagnose } = await import('../../../../dist/index.js');
const { createSimulator } = await import('../../../../dist/simulator.js');
// Whatever cannot be made without Koffi fails when it is first called.
const library = { name: 'broken', decodeAnsi: String, encodeAnsi: Buffer.from };
library.func = name => createSimulator().func(name);
process.stdout.write(JSON.stringify(await diagnose({ library })));

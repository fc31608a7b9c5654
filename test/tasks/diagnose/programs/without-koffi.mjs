import Module from 'node:module';

const load = Module._load;
Module._load = (name, ...rest) => {
  if (name !== 'koffi') return load(name, ...rest);
  const error = new Error('Cannot open /home/somebody/koffi.node\nsecond line');
  throw Object.assign(error, { code: 'ERR_DLOPEN_FAILED' });
};

const { diagnose } = await import('../../../../dist/index.js');
const { createSimulator } = await import('../../../../dist/simulator.js');
// Whatever cannot be made without Koffi fails when it is first called.
const library = { name: 'broken', decodeAnsi: String, encodeAnsi: Buffer.from };
library.func = name => createSimulator().func(name);
const anonymous = process.argv[2] === 'anonymous';
process.stdout.write(JSON.stringify(await diagnose({ library, anonymous })));

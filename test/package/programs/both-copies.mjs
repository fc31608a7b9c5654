// The ESM and the CommonJS copy together: each lists, sync and async, of its own simulator and of the other's.
import { createRequire } from 'node:module';
import * as esm from 'iscsidsc';
import * as esmSimulator from 'iscsidsc/simulator';

const require = createRequire(import.meta.url);
const cjs = require('iscsidsc');
const cjsSimulator = require('iscsidsc/simulator');

const sessions = esmSimulator.exampleSessions(300, { connections: 2 });
const expected = JSON.stringify(sessions);
const libraries = [esmSimulator.createSimulator({ sessions }), cjsSimulator.createSimulator({ sessions })];
let lists = 0;
for (let round = 0; round < 5; round++) {
  for (const { getIScsiSessionList, getIScsiSessionListSync } of [esm, cjs]) {
    for (const charset of ['unicode', 'ansi']) {
      const asked = libraries.map(library => getIScsiSessionList({ library, charset }));
      for (const library of libraries) asked.push(getIScsiSessionListSync({ library, charset }));
      for (const list of await Promise.all(asked)) {
        if (JSON.stringify(list) !== expected) throw new Error('a list is not whole');
        lists++;
      }
    }
  }
}
// An error of the other copy is known by its shape.
libraries[1].behaviour = { missing: ['GetIScsiSessionListEx'] };
const [{ negotiatedError }] = await esm.describeSessions({ library: libraries[1] });
if (negotiatedError?.code !== 'ERR_ISCSIDSC_MISSING_EXPORT') throw new Error(`no reason, but ${negotiatedError}`);
for (const library of libraries) library.dispose();
process.stdout.write(`${lists} lists, ${esm.IscsidscError === cjs.IscsidscError ? 'one copy' : 'two copies'}`);

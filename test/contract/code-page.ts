import assert from 'node:assert/strict';
import {
  addIScsiSendTargetPortal,
  addIScsiStaticTarget,
  getIScsiTargetInformationSync,
  loginIScsiTarget,
  removeIScsiPersistentTarget,
  reportIScsiTargetPortals,
} from 'iscsidsc';
import type { CountedLibrary } from './counted-library.js';
import { errorOf } from './outcome.js';
import type { Arrange, Declare } from './subject.js';

type Call = (text: string, library: CountedLibrary, charset: 'ansi' | 'unicode') => unknown;

/** Windows itself would take an s for the first, a d and an i for the next, and question marks for the rest. */
const NOT_IN_1252 = ['iqn.2003-01.org.example:di\u015bk', 'iqn.\uff44isk', 'iqn.d\u0131sk', 'iqn.\u03a9', 'iqn.\u65e5'];

const CALLS: Readonly<Record<string, Call>> = {
  'a target to log in to': (text, library, charset) => loginIScsiTarget(text, { library, charset }),
  'a target to ask about': (text, library, charset) =>
    getIScsiTargetInformationSync(text, 'discoveryMechanisms', { library, charset }),
  'a target whose portals are asked for': (text, library, charset) =>
    reportIScsiTargetPortals(text, { library, charset }),
  'a target whose login is removed': (text, library, charset) =>
    removeIScsiPersistentTarget(text, { library, charset }),
  'an alias': (targetAlias, library, charset) => addIScsiStaticTarget('iqn.x', { targetAlias, library, charset }),
  'an address': (address, library, charset) => addIScsiSendTargetPortal({ address }, { library, charset }),
  'an initiator': (initiatorInstance, library, charset) =>
    addIScsiSendTargetPortal('10.0.0.10', { initiatorInstance, library, charset }),
};

/** Rules about text that the ANSI code page does not have, here 1252: another name must not go in its place. */
export function codePageContract(arrange: Arrange, rule: Declare): void {
  for (const [what, call] of Object.entries(CALLS)) {
    rule(`code page: ${what} is refused in the A form before any native call, and not in the W form`, async () => {
      for (const text of NOT_IN_1252) {
        const library = arrange({});
        const error = await errorOf((async () => call(text, library, 'ansi'))());
        assert.equal(error.code, 'ERR_ISCSIDSC_INVALID_ARGUMENT', text);
        assert.equal(library.calls, 0);
        // What an initiator that keeps a state makes of it does not matter here.
        await Promise.resolve()
          .then(() => call(text, library, 'unicode'))
          .catch(({ name }: Error) => assert.equal(name, 'StatusError'));
        assert.equal(library.calls, 1);
      }
    });
  }
  rule('code page: text that it has is passed on in the A form', async () => {
    const library = arrange({ status: 5 });
    const error = await errorOf(loginIScsiTarget('iqn.größe-ñ-€', { library, charset: 'ansi' }));
    assert.deepEqual([error.code, library.calls], ['ERROR_ACCESS_DENIED', 1]);
  });
}

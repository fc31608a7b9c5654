import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import {
  describeSessions,
  findDisks,
  findSessions,
  getDevicesForIScsiSession,
  getDevicesForIScsiSessionSync,
  getIScsiSessionList,
  getIScsiSessionListSync,
  logoutIScsiTarget,
  waitForSession,
  watchSessions,
} from 'iscsidsc';
import { CountedLibrary } from '../counted-library.js';
import { errorOf } from '../outcome.js';
import type { Declare, Open } from '../subject.js';
import { type WrongCalls, wrong } from './wrong.js';
import { SECRET, WRONG_LOGINS } from './wrong-logins.js';
import { WRONG_TARGETS } from './wrong-targets.js';

const CALLS: WrongCalls = {
  'an unknown charset': library => getIScsiSessionListSync({ library, charset: wrong('utf-8') }),
  'a misspelt option': library => getIScsiSessionList(wrong({ library, timeout: 5 })),
  'a timeout of nothing': library => getIScsiSessionList({ library, timeoutMs: 0 }),
  'no signal': library => getIScsiSessionList({ library, signal: wrong({}) }),
  'no id': library => getDevicesForIScsiSession('', { library }),
  'an id too long': library => getDevicesForIScsiSessionSync('1-00000000000000001', { library }),
  'an id that is a number': library => getDevicesForIScsiSession(wrong(1), { library }),
  'no id to log out': library => logoutIScsiTarget('*', { library }),
  'half an id to log out': library => logoutIScsiTarget('ffffe00112345010', { library }),
  'an unknown member to find by': library => findSessions(wrong({ target: 'x' }), { library }),
  'a port out of range': library => findSessions({ targetSocket: 65536 }, { library }),
  'a name to find by that is undefined': library => findSessions(wrong({ targetName: undefined }), { library }),
  'a name on the prototype that is undefined': library =>
    findSessions(wrong(Object.create({ targetName: undefined })), { library }),
  'nothing to find by': library => findSessions({}, { library }),
  'nothing to wait for': library => waitForSession({}, { library }),
  'a name to wait for that is undefined': library => waitForSession(wrong({ targetName: undefined }), { library }),
  'nothing to watch': async library => watchSessions({ library, filter: {} }).next(),
  'nothing to describe': library => describeSessions({ library, filter: {} }),
  'an interval of nothing': library => waitForSession({ state: 'connected' }, { library, intervalMs: 0 }),
  'an end of a wait that is none': library =>
    waitForSession({ state: 'connected' }, wrong({ library, until: 'connected' })),
  'nothing to find of disks': library => findDisks({}, { library }),
  'a target of disks that is undefined': library => findDisks(wrong({ targetName: undefined }), { library }),
  'a drive letter without a colon': library => findDisks({ volume: 'E' }, { library }),
  'a LUN of disks that is text': library => findDisks(wrong({ lun: '0' }), { library }),
  'negative retries': library => describeSessions({ library, retries: -1 }),
};

/** What is promised of wrong arguments: they do not get as far as the initiator. */
export function anyArgumentsContract(open: Open, rule: Declare): void {
  for (const [name, call] of [CALLS, WRONG_TARGETS, WRONG_LOGINS].flatMap(calls => Object.entries(calls))) {
    rule(`${name} is refused before any native call`, async () => {
      const library = new CountedLibrary(open());
      const error = await errorOf((async () => call(library))());
      assert.equal(error.code, 'ERR_ISCSIDSC_INVALID_ARGUMENT');
      assert.equal(library.calls, 0);
      assert.doesNotMatch(inspect(error), new RegExp(SECRET));
    });
  }
}

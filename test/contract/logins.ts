import assert from 'node:assert/strict';
import {
  addIScsiConnection,
  addIScsiSendTargetPortal,
  formatUniqueId,
  loginIScsiTarget,
  refreshIScsiSendTargetPortal,
  removeIScsiPersistentTarget,
  removeIScsiSendTargetPortal,
  reportIScsiPersistentLogins,
  reportIScsiSendTargetPortals,
  reportIScsiSendTargetPortalsEx,
} from 'iscsidsc';
import type { CountedLibrary } from './counted-library.js';
import { examplePortal } from './examples/portals.js';
import { exampleTargetName } from './examples/targets.js';
import { guardedErrorOf } from './outcome.js';
import { sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { ASYNC_WAYS } from './ways.js';

const THREE_TARGETS = { targets: 3 };
const TARGET = exampleTargetName(2, 'disk');
const PORTAL = examplePortal(0, 'disk');
const [SESSION] = sessionsOf({});
const SESSION_ID = SESSION?.sessionId ?? '';

/** Rules about what a login and a new connection return, and about passing back what was reported. */
export function loginsContract(arrange: Arrange, rule: Declare): void {
  for (const { name, form, charset } of ASYNC_WAYS) {
    const given = (text: string, check: () => Promise<void>) => rule(`logins: ${text} (${name})`, check);

    given('the ids of a login are returned as they were written', async () => {
      const library = arrange(THREE_TARGETS);
      const written = writtenIds(library, [11, 12]);
      const { sessionId, connectionId } = await loginIScsiTarget(TARGET, { library, charset });
      assert.deepEqual([[sessionId, connectionId]], written);
    });
    given('the id of a new connection is returned as it was written', async () => {
      const library = arrange({});
      const written = writtenIds(library, [8]);
      const connectionId = await addIScsiConnection(SESSION_ID, { targetPortal: PORTAL, library, charset });
      assert.deepEqual([[connectionId]], written);
    });
    given('a login whose ids were not written is an error', async () => {
      const library = arrange({ ...THREE_TARGETS, fault: 'count-unwritten' });
      const error = await guardedErrorOf(() => loginIScsiTarget(TARGET, { library, charset }));
      assert.deepEqual([error.code, error.member], ['ERR_ISCSIDSC_MALFORMED_REPLY', 'UniqueSessionId']);
      assert.equal(error.syscall, `LoginIScsiTarget${form}`);
    });
    given('a connection whose id was not written is an error', async () => {
      const library = arrange({ fault: 'count-unwritten' });
      const options = { targetPortal: PORTAL, library, charset };
      const error = await guardedErrorOf(() => addIScsiConnection(SESSION_ID, options));
      assert.deepEqual([error.code, error.member], ['ERR_ISCSIDSC_MALFORMED_REPLY', 'ConnectionId']);
      assert.equal(error.syscall, `AddIScsiConnection${form}`);
    });
    given('a login that is saved has no ids, and needs none', async () => {
      const library = arrange({ ...THREE_TARGETS, fault: 'count-unwritten' });
      const saved = await loginIScsiTarget(TARGET, { isPersistent: true, library, charset });
      assert.deepEqual(saved, { sessionId: null, connectionId: null });
    });
    given('every portal can be passed back as it was reported', async () => {
      const library = arrange({ portals: 8 });
      const options = { library, charset };
      const reported = [
        ...(await reportIScsiSendTargetPortals(options)),
        ...(await reportIScsiSendTargetPortalsEx(options)),
      ];
      assert.equal(reported.length, 16);
      for (const portal of reported) {
        await oneCall(library, () => refreshIScsiSendTargetPortal(portal, options));
        await oneCall(library, () => addIScsiSendTargetPortal(portal, options));
        await oneCall(library, () => removeIScsiSendTargetPortal(portal, options));
      }
    });
    given('every saved login can be passed back as it was reported', async () => {
      const library = arrange({ logins: 12 });
      const options = { library, charset };
      const reported = await reportIScsiPersistentLogins(options);
      assert.equal(reported.length, 12);
      for (const login of reported) {
        await oneCall(library, () => loginIScsiTarget(login.targetName, { ...login, ...options }));
        await oneCall(library, () => loginIScsiTarget(login.targetName, { ...login, ...options, isPersistent: true }));
        await removeIScsiPersistentTarget(login.targetName, { ...login, ...options });
      }
    });
  }
}

/** The ids in the memory of these arguments when a call has returned: they are wiped afterwards. */
function writtenIds(library: CountedLibrary, places: readonly number[]): string[][] {
  const written: string[][] = [];
  library.onReturned = (_, args) => {
    written.push(
      places.map(place => {
        const bytes = args[place] as Buffer;
        return formatUniqueId({ adapterUnique: bytes.readBigUInt64LE(0), adapterSpecific: bytes.readBigUInt64LE(8) });
      }),
    );
  };
  return written;
}

/** The call gets as far as the initiator. An initiator that keeps a state may not do what it is asked. */
async function oneCall(library: CountedLibrary, call: () => Promise<unknown>): Promise<void> {
  const before = library.calls;
  const error = await call().then(
    () => undefined,
    (reason: unknown) => reason as Error & { code?: unknown },
  );
  if (error) assert.equal(error.name, 'StatusError', error.stack);
  assert.ok(library.calls > before);
}

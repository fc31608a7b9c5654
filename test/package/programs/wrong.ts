// What must not compile: where one of these does, the directive above it is the error.
import {
  type AsyncOptions,
  describeSessions,
  findSessions,
  getDevicesForIScsiSession,
  getIScsiSessionList,
  getIScsiSessionListSync,
  type Library,
  parseUniqueId,
  type SessionInfo,
  waitForSession,
  watchSessions,
} from 'iscsidsc';
import { createInitiatorProcess } from 'iscsidsc/process';
import {
  bind,
  GetIScsiSessionListW,
  SCSI_STATUS,
  statusCodes,
  statusError,
  structs,
  TARGET_INFORMATION_CLASS,
} from 'iscsidsc/raw';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';

export async function wrong(session: SessionInfo, library: Library): Promise<void> {
  // @ts-expect-error: a misspelt option
  await getIScsiSessionList({ timeout: 1000 });
  // @ts-expect-error: a timeout is a number
  await getIScsiSessionList({ timeoutMs: '1000' });
  // @ts-expect-error: there are two charsets
  await getIScsiSessionList({ charset: 'utf8' });
  // @ts-expect-error: a sync function cannot be ended
  getIScsiSessionListSync({ timeoutMs: 1000 });
  // @ts-expect-error: an id is text
  await getDevicesForIScsiSession(42);
  // @ts-expect-error: an id is needed
  await getDevicesForIScsiSession({ library });
  // @ts-expect-error: nobody has waited for the list
  getIScsiSessionList().map(({ sessionId }) => sessionId);
  // @ts-expect-error: Windows gives no name now and then
  session.targetName.toUpperCase();
  // @ts-expect-error: no such member
  session.target;
  // @ts-expect-error: the halves are bigint
  const half: number = parseUniqueId(session.sessionId).adapterUnique;
  // @ts-expect-error: a description lacks its devices where they could not be had
  (await describeSessions()).map(({ devices }) => devices.length);
  // @ts-expect-error: a misspelt member of the filter
  await findSessions({ target: 'iqn.2005-10.org.example.nas:backup' });
  // @ts-expect-error: a filter is needed
  await findSessions();
  for await (const round of watchSessions()) {
    // @ts-expect-error: a poll that failed has no sessions
    round.sessions;
    // @ts-expect-error: there are devices only where they are asked for
    if (!round.error) round.sessions[0]?.devices;
  }
  // @ts-expect-error: nothing is left of a session that is gone
  (await waitForSession({ state: 'connected' }, { until: 'gone' })).sessionId;
  // @ts-expect-error: the third argument is memory
  GetIScsiSessionListW(new Uint32Array(1), new Uint32Array(1), 'text');
  // @ts-expect-error: an argument is missing
  GetIScsiSessionListW(new Uint32Array(1), new Uint32Array(1));
  // @ts-expect-error: no such export
  bind(library).GetIScsiSessionList;
  // @ts-expect-error: no such struct
  structs.ISCSI_SESSION_INFO;
  // @ts-expect-error: no such member of the struct
  structs.ISCSI_SESSION_INFOW.members.Target;
  // @ts-expect-error: no such status
  statusCodes.ISDSC_SERVICE_STOPPED;
  // @ts-expect-error: the export is needed
  statusError(5, {});
  // @ts-expect-error: no such value
  TARGET_INFORMATION_CLASS.Alias;
  // @ts-expect-error: constants are read-only
  SCSI_STATUS.GOOD = 1;
  // @ts-expect-error: status codes are read-only
  statusCodes.ISDSC_SERVICE_NOT_RUNNING = 0;
  // @ts-expect-error: no such lie
  createSimulator({ behaviour: { fault: 'white' } });
  // @ts-expect-error: a count is needed
  exampleSessions();
  // @ts-expect-error: not a library
  const options: AsyncOptions = { library: {} };
  console.log(half, options);
  // @ts-expect-error: a sync function would block
  createInitiatorProcess().getIScsiSessionListSync();
  // @ts-expect-error: a name is text
  await createInitiatorProcess().getIScsiTargetInformation(42, 'targetAlias');
}

import { exampleDevices, exampleSessions } from 'iscsidsc/simulator';

/** What programs/uses.cjs prints, parsed. */
export function printedByUses(): object {
  const sessions = exampleSessions(3, { connections: 2, name: 'größe' });
  return {
    lists: { async: sessions, sync: sessions, ansi: sessions, ansiSync: sessions },
    devices: exampleDevices(sessions)[sessions[0]?.sessionId as string],
    raws: [0, 3],
    layout: process.arch === 'ia32' ? 48 : 64,
    stopped: { code: 'ISDSC_SERVICE_NOT_RUNNING', errno: 0xefff003e, isStatusError: true },
    disposed: { code: 'ERR_ISCSIDSC_DISPOSED', isStatusError: false },
    errno: 0xefff003e,
    member: 'TargetName',
    code: 'ISDSC_SERVICE_NOT_RUNNING',
    flag: 2,
  };
}

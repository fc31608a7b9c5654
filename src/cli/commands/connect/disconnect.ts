import type { DisconnectedTarget, WhichConnection } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { DoneInPart } from '../../failure.js';
import type { ValueType } from '../../options/parse.js';
import { COUNT, TARGET_AMONG_OTHERS } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';
import { DISK } from '../disks/disk-argument.js';
import { whereText } from '../favorites/saved-login.js';
import { portalText } from '../login-text.js';
import { sessionText } from '../sessions/session-table.js';
import { noSuchSession, questionFor } from './disconnect-question.js';

const SESSION_ID = /^[0-9a-f]{1,16}-[0-9a-f]{1,16}$/i;

const WHICH: ValueType<WhichConnection> = {
  placeholder: 'IQN, SESSION, DISK or VOLUME',
  expected: 'the name of a target, the id of a session, the number of a disk, or a volume such as E:',
  read(text) {
    const targetName = TARGET_AMONG_OTHERS.read(text);
    if (targetName !== undefined) return { targetName };
    return SESSION_ID.test(text) ? { sessionId: text.toLowerCase() } : DISK.read(text);
  },
};

export const disconnect = defineCommand({
  name: 'disconnect',
  changes: true,
  asksTo: 'disconnect',
  summary: 'Log out the sessions of a target, a disk or a volume',
  description:
    'Nothing is done while a program has something open on a volume that would go away. Windows logs in again when it starts where a login is saved, unless --forget is given.',
  operands: {
    which: {
      help: 'The name of a target, the id of a session, a disk by its number or as \\\\.\\PhysicalDriveN, or a volume by its drive letter, mount point or name',
      type: WHICH,
      required: true,
    },
  },
  synopsis: '(IQN | SESSION | DISK | VOLUME)',
  options: {
    forget: { help: 'Remove the saved logins of the target first' },
    'remove-portal': { help: 'Remove the portals that lead to the target and nowhere else, too' },
    retries: { help: 'Retry up to N times, twice a second, while a volume is in use', type: COUNT, default: '10' },
  },
  example: 'disconnect iqn.2005-10.org.example.nas:backup --forget --remove-portal',
  async run({ which, forget, retries, 'remove-portal': removePortal }, context): Promise<DisconnectedTarget> {
    const { iscsidsc, options, confirm } = context;
    await confirm(() => questionFor(which, { forget, removePortal }, context));
    let done: DisconnectedTarget;
    try {
      done = await iscsidsc.disconnectTarget(which, { ...options, forget, removePortal, retries });
    } catch (error) {
      const { done: part } = Object(error) as { done?: DisconnectedTarget };
      throw part && isSomething(part) ? new DoneInPart(part, error) : error;
    }
    if (!isSomething(done)) throw noSuchSession(which);
    return done;
  },
  format: (done, format) =>
    steps(done)
      .map(step => paragraph(step, format))
      .join(''),
});

function isSomething({ loggedOut, removedLogins, removedPortals }: DisconnectedTarget): boolean {
  return loggedOut.length + removedLogins.length + removedPortals.length > 0;
}

function steps({ removedLogins, loggedOut, removedPortals }: DisconnectedTarget): string[] {
  return [
    ...removedLogins.map(login => `Removed: saved login to ${login.targetName} (${whereText(login)}).`),
    ...loggedOut.map(session => `Logged out: ${sessionText(session)}.`),
    ...removedPortals.map(portal => `Removed: portal ${portalText(portal)}.`),
  ];
}

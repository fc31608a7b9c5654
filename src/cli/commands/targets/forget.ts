import type { ForgottenTarget, TargetDescription } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { DoneInPart } from '../../failure.js';
import { COUNT, TARGET } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';
import { whereText } from '../favorites/saved-login.js';
import { sessionText } from '../sessions/session-table.js';
import { noTarget } from './show.js';

export const targetForget = defineCommand({
  name: 'target forget',
  changes: true,
  asksTo: 'forget the target',
  summary: 'Remove the saved logins of a target, log it out, and remove the static target',
  description:
    'The target need not exist any more. One that a portal reports stays in the list of targets until the portal is removed.',
  operands: { target: { help: 'The name of the target', type: TARGET, required: true } },
  options: {
    retries: { help: 'Retry up to N times, twice a second, while a disk is in use', type: COUNT, default: '10' },
  },
  example: 'target forget iqn.2001-05.com.example.retired:old-disk',
  async run({ target, retries }, { iscsidsc, options, confirm }): Promise<ForgottenTarget> {
    const before = await iscsidsc.describeTarget(target, options);
    await confirm(question(target, before));
    let done: ForgottenTarget;
    try {
      done = await iscsidsc.forgetTarget(target, { ...options, retries });
    } catch (error) {
      const { done: part } = Object(error) as { done?: ForgottenTarget };
      throw part && isSomething(part) ? new DoneInPart(part, error) : error;
    }
    if (before === null && !isSomething(done)) throw noTarget(target);
    return done;
  },
  format: (done, format) =>
    steps(done)
      .map(step => paragraph(step, format))
      .join(''),
});

function question(target: string, before: TargetDescription | null): string {
  // Null are those that could not be asked for.
  const logins = before ? before.persistentLogins?.length : 0;
  const sessions = before ? before.sessions?.length : 0;
  const disks = sessions === 0 ? '' : ' Its disks go away.';
  return `Forget ${target}, with ${count(logins, 'saved login')} and ${count(sessions, 'session')}?${disks}`;
}

function isSomething({ removedLogins, loggedOut, removedStaticTarget }: ForgottenTarget): boolean {
  return removedLogins.length + loggedOut.length > 0 || removedStaticTarget;
}

function steps(done: ForgottenTarget): string[] {
  if (!isSomething(done)) {
    return [`Nothing to forget: ${done.targetName} has no saved login and no session, and is not a static target.`];
  }
  return [
    ...done.removedLogins.map(login => `Removed: saved login to ${login.targetName} (${whereText(login)}).`),
    ...done.loggedOut.map(session => `Logged out: ${sessionText(session)}.`),
    ...(done.removedStaticTarget ? [`Removed: static target ${done.targetName}.`] : []),
  ];
}

function count(number: number | undefined, noun: string): string {
  if (number === undefined) return `an unknown number of ${noun}s`;
  return `${number === 0 ? 'no' : number} ${noun}${number === 1 ? '' : 's'}`;
}

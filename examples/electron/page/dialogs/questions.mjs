import { element } from '../element.mjs';
import { diskLine, disksWithout, loginName } from '../model/items.mjs';
import { start } from '../operation.mjs';
import { shortName } from '../text/target-name.mjs';
import { counted, portalText } from '../text/values.mjs';

/** Before a target is disconnected. */
export function disconnectQuestion({ target }, known, refreshed) {
  const { targetName } = target;
  const name = shortName(targetName);
  const now = () => known.targets.find(each => each.targetName === targetName);
  return {
    title: `Disconnect ${name}?`,
    yes: 'Disconnect',
    running: 'Disconnecting. While something is open on a volume, it is tried again for five seconds.',
    ready: refreshed,
    option:
      target.persistentLogins?.length > 0
        ? 'Also remove it from the favourites. Else Windows connects it again when it starts.'
        : '',
    content: isFresh => whatGoes(known, now()?.sessions?.map(({ sessionId }) => sessionId) ?? [], isFresh),
    action: forget => start('disconnect', { targetName, forget }),
    done: ({ sessions }) => ({
      kind: 'neutral',
      name,
      what: 'disconnected',
      text: `was disconnected: ${counted(sessions, 'session')} logged out`,
    }),
    failed: { name, text: 'was not disconnected' },
  };
}

/** Before one of several sessions of a target is logged out. */
export function logOutQuestion(target, { sessionId }, known, refreshed) {
  const name = shortName(target.targetName);
  return {
    title: `Log out one session of ${name}?`,
    yes: 'Log out',
    running: 'Logging out.',
    ready: refreshed,
    content: isFresh => [element('p', {}, element('code', {}, sessionId)), ...whatGoes(known, [sessionId], isFresh)],
    action: () => start('logOut', { sessionId }),
    done: () => ({ kind: 'neutral', name, what: 'fewer', text: 'has one session less' }),
    failed: { name, text: 'has kept its session' },
  };
}

/** Before a favourite is removed; of a target that is gone, all that is left of it. */
export function favouriteQuestion({ target, login, isGone }) {
  const { targetName } = target;
  const name = shortName(targetName);
  if (isGone) return forgetQuestion({ target });
  const { initiatorInstance, initiatorPortNumber, targetPortal } = login;
  return {
    title: `Remove the favourite ${name}?`,
    yes: 'Remove',
    running: 'Removing.',
    content: () => [
      element('p', {}, `Windows will no longer connect ${loginName(login)} when it starts.`),
      element('p', {}, 'A session that is there stays.'),
    ],
    action: () => start('removeLogin', { targetName, initiatorInstance, initiatorPortNumber, targetPortal }),
    done: () => ({ kind: 'neutral', name, text: `through ${portalText(targetPortal)} is no favourite any more` }),
    failed: { name, text: 'is still a favourite' },
  };
}

/** Before all that is left of a target is removed. */
export function forgetQuestion({ target }) {
  const { targetName } = target;
  const name = shortName(targetName);
  return {
    title: `Forget ${name}?`,
    yes: 'Forget',
    running: 'Removing what is left of it.',
    content: () => [
      element(
        'p',
        {},
        'No portal reports this target, and there is no session with it. Windows tries to connect it over and over.',
      ),
      element('p', {}, `All its favourites are removed: ${target.persistentLogins?.length ?? 'not known how many'}.`),
      element('p', {}, element('code', {}, targetName)),
    ],
    action: () => start('forget', { targetName }),
    done: () => ({ kind: 'neutral', name, what: 'gone', text: 'is forgotten' }),
    failed: { name, text: 'is not forgotten' },
  };
}

/** Before a portal is removed. */
export function portalQuestion({ portal }) {
  const name = portalText(portal);
  const { initiatorName, initiatorPortNumber, symbolicName, address, socket } = portal;
  return {
    title: `Remove the portal ${name}?`,
    yes: 'Remove',
    running: 'Removing.',
    content: () => [element('p', {}, 'Windows will no longer ask it for targets. Sessions and favourites stay.')],
    action: () => start('removePortal', { initiatorName, initiatorPortNumber, symbolicName, address, socket }),
    done: () => ({ kind: 'neutral', name, text: 'is no longer asked for targets' }),
    failed: { name, text: 'was not removed' },
  };
}

function whatGoes({ disks, errors }, sessionIds, isFresh) {
  if (!isFresh) return [element('p', { className: 'busy' }, 'Asking which disks go away.')];
  if (disks === undefined || errors.length > 0) {
    return [element('p', { className: 'notice warning' }, 'It is not known now which disks and volumes go away.')];
  }
  const { gone, kept } = disksWithout(disks, sessionIds);
  return [
    ...(gone.length === 0
      ? [element('p', {}, 'No disk goes away.')]
      : [
          element(
            'p',
            {},
            `${gone.length === 1 ? 'This disk goes' : 'These disks go'} away. Close what is open on them first.`,
          ),
          list(gone),
        ]),
    ...(kept.length === 0 ? [] : [element('p', {}, 'These keep another path:'), list(kept)]),
  ];
}

function list(disks) {
  return element('ul', { className: 'disks' }, ...disks.map(diskLine).map(diskItem));
}

function diskItem([volumes, disk]) {
  return element('li', {}, element('strong', {}, volumes), element('span', { className: 'none' }, disk));
}

import { shortName } from '../text/target-name.mjs';
import { connectionText, portalText, sizeText } from '../text/values.mjs';
import { stateOf } from './paths.mjs';

const nameKey = name => name?.toLowerCase();

/** The targets as they are listed. */
export function targetItems({ targets, disks }, memory) {
  const all = targets.flatMap(({ sessions }) => sessions ?? []);
  memory.see(all);
  return targets.map(target => ({
    key: nameKey(target.targetName),
    target,
    state: stateOf(target, memory),
    paths: (target.sessions ?? []).flatMap(({ connections }) => connections.map(connectionText)),
    disks: disks?.filter(disk => nameKey(disk.targetName) === nameKey(target.targetName)) ?? null,
    isFavourite: target.persistentLogins === null ? null : target.persistentLogins.length > 0,
    isConnected: (target.sessions?.length ?? 0) > 0,
  }));
}

/** The disks as they are listed, with the paths of their targets: Windows lists no disk of a path that is lost. */
export function diskItems({ disks, targets = [] }, memory) {
  const states = new Map(targets.map(target => [nameKey(target.targetName), stateOf(target, memory)]));
  return disks.map(disk => ({
    key: disk.deviceNumber === null ? `unknown/${disk.sessions.join()}` : `disk/${disk.deviceNumber}`,
    disk,
    state: states.get(nameKey(disk.targetName)) ?? { kind: 'unknown', text: 'Not known' },
  }));
}

/** The logins that Windows makes when it starts. Equal ones are told apart by a count. */
export function favouriteItems(targets, memory) {
  const times = new Map();
  return targets.flatMap(target =>
    (target.persistentLogins ?? []).map(login => {
      const { targetPortal, initiatorInstance, initiatorPortNumber } = login;
      const same = JSON.stringify([nameKey(target.targetName), targetPortal, initiatorInstance, initiatorPortNumber]);
      times.set(same, (times.get(same) ?? 0) + 1);
      const isGone = !target.isDiscovered && target.sessions?.length === 0;
      const state = stateOf(target, memory);
      return {
        key: `${same}/${times.get(same)}`,
        target,
        login,
        isGone,
        state: isGone ? { kind: 'bad', text: 'Target is gone' } : state,
      };
    }),
  );
}

/** The registered portals. */
export function portalItems(portals) {
  return portals.map(portal => ({
    key: JSON.stringify([portal.address, portal.socket, portal.initiatorName, portal.initiatorPortNumber]),
    portal,
  }));
}

/** The volumes of a disk, and the disk itself, for a list of what goes away. */
export function diskLine({ deviceNumber, volumes, volumesError, sizeBytes, serialNumber, targetName, devicesError }) {
  if (deviceNumber === null)
    return [`Disks of ${shortName(targetName)}`, `Windows does not tell which: ${devicesError.code}`];
  const paths = volumes?.flatMap(volume => (volume.paths.length > 0 ? volume.paths : ['a volume without a letter']));
  const named = paths === undefined ? `volumes not known: ${volumesError.code}` : paths.join(', ') || 'no volume';
  const facts = [`disk ${deviceNumber}`, sizeBytes === null ? undefined : sizeText(sizeBytes), serialNumber];
  return [named, facts.filter(Boolean).join(', ')];
}

/** What a logout of these sessions takes away, and what loses a path. */
export function disksWithout(disks, sessionIds) {
  const touched = disks.filter(disk => disk.sessions.some(id => sessionIds.includes(id)));
  const goes = ({ sessions }) => sessions.every(id => sessionIds.includes(id));
  return { gone: touched.filter(goes), kept: touched.filter(disk => !goes(disk)) };
}

/** `vol-sql through 192.168.1.108:3260`. */
export function loginName({ targetName, targetPortal }) {
  return `${shortName(targetName)} through ${portalText(targetPortal)}`;
}

import type { Command } from '../command.js';
import { chapSetSecret } from './chap/set-secret.js';
import { connect } from './connect/connect.js';
import { disconnect } from './connect/disconnect.js';
import { connectionAdd } from './connections/add.js';
import { connectionRemove } from './connections/remove.js';
import { deviceBind, deviceBindAll, deviceClear, deviceList, deviceUnbind } from './devices/persistent-devices.js';
import { diskList } from './disks/list.js';
import { diskRescan } from './disks/rescan.js';
import { diskShow } from './disks/show.js';
import { favoriteList } from './favorites/list.js';
import { favoriteRemove } from './favorites/remove.js';
import { initiatorRename } from './initiator/rename.js';
import { initiatorShow } from './initiator/show.js';
import { isnsAdd, isnsList, isnsRefresh, isnsRemove } from './isns/servers.js';
import { doctor } from './overview/doctor.js';
import { status } from './overview/status.js';
import { portalAdd } from './portals/add.js';
import { portalList } from './portals/list.js';
import { portalRefresh } from './portals/refresh.js';
import { portalRemove } from './portals/remove.js';
import { radiusAdd, radiusList, radiusRemove } from './radius/servers.js';
import { radiusSetSecret } from './radius/set-secret.js';
import { scsiCapacity } from './scsi/capacity.js';
import { scsiInquiry } from './scsi/inquiry.js';
import { scsiLuns } from './scsi/luns.js';
import { serviceShow } from './service/show.js';
import { serviceStart } from './service/start.js';
import { sessionList } from './sessions/list.js';
import { sessionLogout } from './sessions/logout.js';
import { sessionShow } from './sessions/show.js';
import { sessionWait } from './sessions/wait.js';
import { sessionWatch } from './sessions/watch.js';
import { targetAdd } from './targets/add.js';
import { targetForget } from './targets/forget.js';
import { targetList } from './targets/list.js';
import { targetLogin } from './targets/login.js';
import { targetRemove } from './targets/remove.js';
import { targetShow } from './targets/show.js';

/** Commands that somebody who looks for one of them reads together. */
export interface CommandGroup {
  readonly heading: string;
  readonly commands: readonly Command[];
}

/** In the order of the help. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  {
    heading: 'Overview',
    commands: [status, doctor],
  },
  {
    heading: 'Connect and disconnect',
    commands: [connect, disconnect],
  },
  {
    heading: 'Sessions',
    commands: [sessionList, sessionShow, sessionWatch, sessionWait, sessionLogout, connectionAdd, connectionRemove],
  },
  {
    heading: 'Disks',
    commands: [diskList, diskShow, diskRescan],
  },
  {
    heading: 'Targets',
    commands: [targetList, targetShow, targetLogin, targetForget, targetAdd, targetRemove],
  },
  {
    heading: 'Where Windows looks for targets',
    commands: [portalList, portalAdd, portalRefresh, portalRemove, isnsList, isnsAdd, isnsRefresh, isnsRemove],
  },
  {
    heading: 'What Windows does when it starts',
    commands: [favoriteList, favoriteRemove, deviceList, deviceBind, deviceBindAll, deviceUnbind, deviceClear],
  },
  {
    heading: 'SCSI commands to the LUNs of a session',
    commands: [scsiLuns, scsiCapacity, scsiInquiry],
  },
  {
    heading: 'This machine',
    commands: [
      serviceShow,
      serviceStart,
      initiatorShow,
      initiatorRename,
      chapSetSecret,
      radiusList,
      radiusAdd,
      radiusRemove,
      radiusSetSecret,
    ],
  },
];

export const COMMANDS: readonly Command[] = COMMAND_GROUPS.flatMap(({ commands }) => commands);

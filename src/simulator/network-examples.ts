import type { PersistentLogin } from '../api/logins/persistent-logins.js';
import type { SendTargetPortalEx } from '../api/portals/send-target-portals.js';
import { ISCSI_ANY_INITIATOR_PORT } from '../header/constants.js';
import type { SimulatedNetwork } from './network.js';

/** A network that fits the default sessions, and two targets that nobody has discovered yet. */
export const DEFAULT_NETWORK: SimulatedNetwork = {
  targets: [
    {
      targetName: 'iqn.1992-08.com.example.san:vol-sql',
      targetAlias: 'SQL Server data',
      portalGroups: [['192.168.1.108', '192.168.2.108']],
      maximumConnections: 2,
    },
    { targetName: 'iqn.2005-10.org.example.nas:backup', portalGroups: [['fd00:10:20::5']] },
    { targetName: 'iqn.2004-04.com.example.archive:lun0', portalGroups: [['192.168.1.30']] },
    { targetName: 'iqn.1991-05.com.microsoft:filer-quorum-target', portalGroups: [['192.168.1.20']] },
    {
      targetName: 'iqn.2003-01.org.example:disk1',
      targetAlias: 'A disk for everyone',
      portalGroups: [['10.0.0.10', '10.0.1.10']],
    },
    {
      targetName: 'iqn.2003-01.org.example:disk2',
      targetAlias: 'A disk with CHAP',
      portalGroups: [['10.0.0.10', '10.0.1.10']],
      luns: [{ lun: 0 }, { lun: 1 }],
      chap: { username: 'backup-host', secret: 'initiator-12345' },
      mutualChap: { secret: 'target-1234567' },
    },
  ],
  portals: [{ address: '192.168.1.30', down: true }],
  isnsServers: [{ address: 'isns.corp.example', targets: ['iqn.2003-01.org.example:disk1'] }],
};

/** The portals that the default machine asks: not that of the last two targets. */
export function defaultPortals(): SendTargetPortalEx[] {
  return ['192.168.1.108', 'fd00:10:20::5', '192.168.1.30', '192.168.1.20'].map(address => ({
    initiatorName: '',
    initiatorPortNumber: ISCSI_ANY_INITIATOR_PORT,
    symbolicName: '',
    address,
    socket: 3260,
    securityFlags: [],
    loginOptions: { loginFlags: [] },
  }));
}

/** What it logs in to when it starts: one of the targets is no more. */
export function defaultLogins(): PersistentLogin[] {
  return [
    ['iqn.1992-08.com.example.san:vol-sql', '192.168.1.108'],
    ['iqn.2005-10.org.example.nas:backup', 'fd00:10:20::5'],
    ['iqn.2001-05.com.example.retired:old-disk', '192.168.1.99'],
  ].map(([targetName = '', address = '']) => ({
    targetName,
    isInformationalSession: false,
    initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0',
    initiatorPortNumber: ISCSI_ANY_INITIATOR_PORT,
    targetPortal: { symbolicName: '', address, socket: 3260 },
    securityFlags: [],
    mappings: null,
    loginOptions: { loginFlags: [] },
  }));
}

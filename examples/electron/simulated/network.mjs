// @ts-check

/** @import { PersistentLogin, SendTargetPortalEx } from 'iscsidsc' */
/** @import { SimulatedNetwork } from 'iscsidsc/simulator' */

const GIB = 2 ** 30;
const TIB = 2 ** 40;
const ANY_PORT = 0xffffffff;
const DISK = { vendor: 'example', product: 'Storage LUN' };

export const SQL_SECOND_PORTAL = '192.168.2.108';
export const BACKUP = 'fd00:10:20::5';
export const ARCHIVE = '192.168.3.40';

const SQL = 'iqn.1992-08.com.example.san:vol-sql';
const QUORUM = 'iqn.1991-05.com.microsoft:filer-quorum-target';

/**
 * Targets with what one meets: two paths, IPv6, CHAP one way and both ways, a slow portal, volumes in use.
 *
 * @type {SimulatedNetwork}
 */
export const NETWORK = {
  targets: [
    {
      targetName: SQL,
      targetAlias: 'SQL Server data',
      portalGroups: [['192.168.1.108', SQL_SECOND_PORTAL]],
      luns: [
        { lun: 0, ...DISK, sizeBytes: 2 * TIB, serialNumber: 'SAN-00417', volumes: [{ paths: ['E:\\'], inUse: true }] },
        { lun: 1, ...DISK, sizeBytes: 200 * GIB, serialNumber: 'SAN-00418', volumes: [{ paths: ['L:\\'] }] },
      ],
    },
    {
      targetName: 'iqn.2005-10.org.example.nas:backup',
      portalGroups: [[BACKUP]],
      luns: [
        { lun: 0, ...DISK, sizeBytes: 8 * TIB, serialNumber: 'NAS-7F20A1', volumes: [{ paths: ['F:\\Backup\\'] }] },
      ],
    },
    {
      targetName: 'iqn.2004-04.com.example.archive:lun0',
      targetAlias: 'Archive 2019 and before',
      portalGroups: [[ARCHIVE]],
      luns: [{ lun: 0, ...DISK, sizeBytes: 16 * TIB, serialNumber: 'ARC-0099', volumes: [{ paths: ['G:\\'] }] }],
    },
    {
      targetName: QUORUM,
      portalGroups: [['192.168.1.20']],
      luns: [{ lun: 0, ...DISK, sizeBytes: GIB, serialNumber: 'FILER-Q1', volumes: [{ paths: ['Q:\\'] }] }],
    },
    {
      targetName: 'iqn.2003-01.org.example:disk1',
      targetAlias: 'A disk for everyone',
      portalGroups: [['10.0.0.10', '10.0.1.10']],
      luns: [{ lun: 0, ...DISK, sizeBytes: 50 * GIB, serialNumber: 'EX-0001', volumes: [{ paths: ['H:\\'] }] }],
    },
    {
      targetName: 'iqn.2003-01.org.example:disk2',
      targetAlias: 'CHAP: backup-host, initiator-12345; mutual: target-1234567',
      portalGroups: [['10.0.0.10', '10.0.1.10']],
      luns: [
        { lun: 0, ...DISK, sizeBytes: 500 * GIB, serialNumber: 'EX-0002', volumes: [{ paths: ['I:\\'] }] },
        { lun: 1, ...DISK, sizeBytes: 500 * GIB, serialNumber: 'EX-0003', volumes: [{ paths: ['J:\\'] }] },
      ],
      chap: { username: 'backup-host', secret: 'initiator-12345' },
      mutualChap: { secret: 'target-1234567' },
    },
    {
      targetName: 'iqn.2010-11.com.example.vault:projects',
      targetAlias: 'Only by the portal 10.20.0.5, which asks for CHAP: vault, discovery-12345',
      portalGroups: [['10.20.0.5']],
    },
  ],
  portals: [
    { address: '10.0.0.10', delayMs: 1200 },
    { address: '10.0.1.10', delayMs: 2500 },
    { address: '10.20.0.5', chap: { username: 'vault', secret: 'discovery-12345' } },
    { address: '10.0.9.9', down: true, delayMs: 4000 },
  ],
};

export const PORTALS = ['192.168.1.108', BACKUP, ARCHIVE, '192.168.1.20', '10.0.0.10'].map(portal);

export const LOGINS = [
  login(SQL, '192.168.1.108', true),
  login(SQL, SQL_SECOND_PORTAL, true),
  login('iqn.2005-10.org.example.nas:backup', BACKUP),
  login('iqn.2004-04.com.example.archive:lun0', ARCHIVE),
  login('iqn.2001-05.com.example.retired:old-disk', '192.168.1.99'),
];

/** A session that is not saved. */
export const UNSAVED_LOGIN = login(QUORUM, '192.168.1.20');

/**
 * @param {string} address
 * @returns {SendTargetPortalEx}
 */
function portal(address) {
  return {
    initiatorName: '',
    initiatorPortNumber: ANY_PORT,
    symbolicName: '',
    address,
    socket: 3260,
    securityFlags: [],
    loginOptions: { loginFlags: [] },
  };
}

/**
 * @param {string} targetName
 * @param {string} address
 * @param {boolean} [isMultipath]
 * @returns {PersistentLogin}
 */
function login(targetName, address, isMultipath = false) {
  return {
    targetName,
    isInformationalSession: false,
    initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0',
    initiatorPortNumber: ANY_PORT,
    targetPortal: { symbolicName: '', address, socket: 3260 },
    securityFlags: [],
    mappings: null,
    loginOptions: { loginFlags: isMultipath ? ['multipathEnabled'] : [] },
  };
}

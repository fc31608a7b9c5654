import {
  addIScsiConnection,
  addIScsiSendTargetPortal,
  addIScsiStaticTarget,
  loginIScsiTarget,
  removeIScsiConnection,
  removeIScsiPersistentTarget,
} from 'iscsidsc';
import { type WrongCalls, wrong } from './wrong.js';

const TARGET = 'iqn.2003-01.org.example:disk';
const OTHER = 'iqn.2003-01.org.example:other';
const ID = 'ffffe00112345010-4000013700000000';

/** A part of every secret below: no error shows it. */
export const SECRET = 'hunter-2';
// Text that is not ASCII could be encoded in more than one way.
const NO_ASCII = `${SECRET}-é`;

/** Wrong logins, connections and login options. */
export const WRONG_LOGINS: WrongCalls = {
  'an empty name of a target to log in to': library => loginIScsiTarget('', { library }),
  'a name of a target to log in to that is too long': library => loginIScsiTarget('x'.repeat(224), { library }),
  'a name of a target to log in to with a NUL': library => loginIScsiTarget(`${TARGET}\0`, { library }),
  'a name of a target to log in to that no code page has': library =>
    loginIScsiTarget(`${TARGET}\udfff`, { library, charset: 'ansi' }),
  'a login to another target than the one that was reported': library =>
    loginIScsiTarget(TARGET, { library, targetName: OTHER }),
  'the removal of a login to another target than the one that was reported': library =>
    removeIScsiPersistentTarget(TARGET, { library, targetName: OTHER }),
  'a portal to log in to with port 0': library =>
    loginIScsiTarget(TARGET, { library, targetPortal: { address: '10.0.0.10', socket: 0 } }),
  'a portal to log in to that is a number': library => loginIScsiTarget(TARGET, { library, targetPortal: wrong(3260) }),
  'a login that is saved by a word': library => loginIScsiTarget(TARGET, { library, isPersistent: wrong('yes') }),
  'a login without disks by a number': library =>
    loginIScsiTarget(TARGET, { library, isInformationalSession: wrong(1) }),
  'a misspelt option of a login': library => loginIScsiTarget(TARGET, wrong({ library, persistent: true })),
  'a port of no initiator instance to log in by': library =>
    loginIScsiTarget(TARGET, { library, initiatorPortNumber: 1 }),
  'an unknown IPsec flag': library => loginIScsiTarget(TARGET, { library, securityFlags: wrong(['ipsec']) }),
  'IPsec flags of more than 64 bits': library => loginIScsiTarget(TARGET, { library, securityFlags: 2n ** 64n }),
  'a LUN to log in with that is too long': library =>
    loginIScsiTarget(TARGET, {
      library,
      mappings: { osBusNumber: 0, osTargetNumber: 0, lunList: [{ osLun: 0, targetLun: '1'.repeat(17) }] },
    }),

  'login options that are text': library =>
    loginIScsiTarget(TARGET, { library, loginOptions: wrong(`${SECRET}-options`) }),
  'login options in an array': library =>
    addIScsiSendTargetPortal('10.0.0.10', { library, loginOptions: wrong([{ password: SECRET }]) }),
  'login options with a misspelt member': library =>
    loginIScsiTarget(TARGET, { library, loginOptions: wrong({ userName: 'user', password: SECRET }) }),
  'an unknown kind of authentication': library =>
    loginIScsiTarget(TARGET, { library, loginOptions: { authType: wrong('CHAP'), password: SECRET } }),
  'an unknown checksum': library =>
    loginIScsiTarget(TARGET, { library, loginOptions: { headerDigest: wrong('crc32'), password: SECRET } }),
  'an unknown flag of a login': library =>
    loginIScsiTarget(TARGET, { library, loginOptions: { loginFlags: wrong(['multipath']), password: SECRET } }),
  'a number of connections that is negative': library =>
    loginIScsiTarget(TARGET, { library, loginOptions: { maximumConnections: -1, password: SECRET } }),
  'seconds to wait that are no whole number': library =>
    loginIScsiTarget(TARGET, { library, loginOptions: { defaultTime2Wait: 0.5, password: SECRET } }),
  'seconds to retain that are too many': library =>
    addIScsiStaticTarget(TARGET, { library, loginOptions: { defaultTime2Retain: 2 ** 32, password: SECRET } }),
  'a user name that is not ASCII': library =>
    loginIScsiTarget(TARGET, { library, loginOptions: { username: 'josé', password: SECRET } }),
  'a user name that is a number': library =>
    loginIScsiTarget(TARGET, { library, loginOptions: { username: wrong(7), password: SECRET } }),
  'a password that is not ASCII': library =>
    loginIScsiTarget(TARGET, { library, loginOptions: { password: NO_ASCII } }),
  'a password in an object': library =>
    addIScsiSendTargetPortal('10.0.0.10', { library, loginOptions: { password: wrong({ text: SECRET }) } }),
  'a password in an array of bytes': library =>
    addIScsiStaticTarget(TARGET, { library, loginOptions: { password: wrong([...Buffer.from(SECRET)]) } }),
  'a key that is not ASCII': library => loginIScsiTarget(TARGET, { library, key: NO_ASCII }),
  'a key in an object': library =>
    addIScsiConnection(ID, { library, targetPortal: '10.0.0.10', key: wrong({ text: SECRET }) }),

  'a connection without a portal': library => addIScsiConnection(ID, wrong({ library })),
  'a connection by a portal that is null': library => addIScsiConnection(ID, wrong({ library, targetPortal: null })),
  'a connection by any portal': library => addIScsiConnection(ID, { library, targetPortal: { address: '' } }),
  'a connection for half an id': library =>
    addIScsiConnection('ffffe00112345010', { library, targetPortal: '10.0.0.10' }),
  'a connection with an option of a login': library =>
    addIScsiConnection(ID, wrong({ library, targetPortal: '10.0.0.10', isPersistent: true })),
  'a connection to remove without its id': library => removeIScsiConnection(ID, '', { library }),
  'a connection to remove from half an id': library => removeIScsiConnection('1-', ID, { library }),
};

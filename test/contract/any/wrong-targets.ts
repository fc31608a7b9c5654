import {
  addIScsiSendTargetPortal,
  addIScsiStaticTarget,
  getIScsiTargetInformation,
  getIScsiTargetInformationSync,
  refreshIScsiSendTargetPortal,
  removeIScsiPersistentTarget,
  removeIScsiSendTargetPortal,
  removeIScsiStaticTarget,
  reportIScsiSendTargetPortals,
  reportIScsiTargetPortals,
  reportIScsiTargetPortalsSync,
  reportIScsiTargets,
  reportIScsiTargetsSync,
} from 'iscsidsc';
import { type WrongCalls, wrong } from './wrong.js';

const TARGET = 'iqn.2003-01.org.example:disk';
// A character array has room for these, and a terminator.
const [LONG_NAME, LONG_INSTANCE, LONG_MECHANISM] = ['x'.repeat(224), 'x'.repeat(256), 'x'.repeat(1024)];
// Two UTF-16 units each.
const WIDE_NAME = '\u{1f600}'.repeat(112);

/** Wrong names, portals and what else says which target is meant. */
export const WRONG_TARGETS: WrongCalls = {
  'an empty name of a target to ask about': library =>
    getIScsiTargetInformation('', 'discoveryMechanisms', { library }),
  'an empty name of a target to remove': library => removeIScsiStaticTarget('', { library }),
  'an empty name of a target to add': library => addIScsiStaticTarget('', { library }),
  'an empty name of a target whose portals are asked for': library => reportIScsiTargetPortals('', { library }),
  'an empty name of a target whose login is removed': library => removeIScsiPersistentTarget('', { library }),
  'a name of a target that is too long': library => removeIScsiStaticTarget(LONG_NAME, { library }),
  'a name of a target that is too long for the A form': library =>
    removeIScsiStaticTarget(LONG_NAME, { library, charset: 'ansi' }),
  'a name of a target that is too long, in UTF-16 units': library => removeIScsiStaticTarget(WIDE_NAME, { library }),
  'a name of a target that is too long, synchronously': library => reportIScsiTargetPortalsSync(LONG_NAME, { library }),
  'a name of a target with a NUL': library => addIScsiStaticTarget(`${TARGET}\0-other`, { library }),
  'a name of a target that is null': library => removeIScsiStaticTarget(wrong(null), { library }),
  'a name of a target that no code page has': library =>
    removeIScsiStaticTarget(`${TARGET}\ud800`, { library, charset: 'ansi' }),
  'an alias that is too long': library => addIScsiStaticTarget(TARGET, { library, targetAlias: LONG_INSTANCE }),
  'an alias with a NUL': library => addIScsiStaticTarget(TARGET, { library, targetAlias: 'a\0b' }),
  'an unknown flag of a target': library => addIScsiStaticTarget(TARGET, { library, targetFlags: wrong(['hide']) }),
  'a flag of a target by its name alone': library =>
    addIScsiStaticTarget(TARGET, { library, targetFlags: wrong('hideStaticTarget') }),
  'flags of a target of more than 32 bits': library => addIScsiStaticTarget(TARGET, { library, targetFlags: 2 ** 32 }),
  'a portal group that is a portal': library =>
    addIScsiStaticTarget(TARGET, { library, portalGroup: wrong('10.0.0.10') }),
  'a portal group with no address in a portal': library =>
    addIScsiStaticTarget(TARGET, { library, portalGroup: ['10.0.0.10', { address: '' }] }),
  'mappings with an unknown member': library =>
    addIScsiStaticTarget(TARGET, {
      library,
      mappings: wrong({ osBusNumber: 0, osTargetNumber: 0, lunList: [], luns: [] }),
    }),
  'a LUN that is no hexadecimal number': library =>
    addIScsiStaticTarget(TARGET, {
      library,
      mappings: { osBusNumber: 0, osTargetNumber: 0, lunList: [{ osLun: 0, targetLun: '0x100' }] },
    }),
  'a LUN with an unknown member': library =>
    addIScsiStaticTarget(TARGET, {
      library,
      mappings: { osBusNumber: 0, osTargetNumber: 0, lunList: [wrong({ osLun: 0, targetLun: '0', lun: 1 })] },
    }),

  'an unknown class of information': library =>
    getIScsiTargetInformation(TARGET, wrong<'targetAlias'>('alias'), { library }),
  'a class of information of every object': library =>
    getIScsiTargetInformationSync(TARGET, wrong<'targetAlias'>('toString'), { library }),
  'information without the discovery mechanism': library =>
    getIScsiTargetInformation(TARGET, 'targetAlias', { library }),
  'a discovery mechanism that is too long': library =>
    getIScsiTargetInformation(TARGET, 'targetAlias', { library, discoveryMechanism: LONG_MECHANISM }),
  'a discovery mechanism with a NUL': library =>
    getIScsiTargetInformationSync(TARGET, 'targetAlias', { library, discoveryMechanism: 'a\0' }),
  'an update that is forced by a word': library => reportIScsiTargets({ library, forceUpdate: wrong('yes') }),
  'an update that is forced by a number': library => reportIScsiTargetsSync({ library, forceUpdate: wrong(1) }),
  'a portal group tag that is too large': library =>
    reportIScsiTargetPortals(TARGET, { library, targetPortalTag: 65536 }),
  'an initiator that found the portals, and is too long': library =>
    reportIScsiTargetPortals(TARGET, { library, initiatorName: LONG_INSTANCE }),
  'an option of another function': library => reportIScsiSendTargetPortals(wrong({ library, forceUpdate: true })),

  'no portal': library => addIScsiSendTargetPortal(wrong(undefined), { library }),
  'an empty portal': library => addIScsiSendTargetPortal('', { library }),
  'a portal that is null': library => removeIScsiSendTargetPortal(wrong(null), { library }),
  'a portal without an address': library => addIScsiSendTargetPortal({ address: '' }, { library }),
  'a portal to refresh without an address': library => refreshIScsiSendTargetPortal({ address: '' }, { library }),
  'a portal with a misspelt member': library =>
    addIScsiSendTargetPortal(wrong({ address: '10.0.0.10', port: 3260 }), { library }),
  'a portal with port 0': library => addIScsiSendTargetPortal({ address: '10.0.0.10', socket: 0 }, { library }),
  'a portal with port 65536': library => addIScsiSendTargetPortal({ address: '10.0.0.10', socket: 65536 }, { library }),
  'a portal with half a port': library =>
    addIScsiSendTargetPortal({ address: '10.0.0.10', socket: 3260.5 }, { library }),
  'a portal whose port is text': library =>
    addIScsiSendTargetPortal({ address: '10.0.0.10', socket: wrong('3260') }, { library }),
  'a portal as text with port 0': library => addIScsiSendTargetPortal('10.0.0.10:0', { library }),
  'a portal as text with port 65536': library => removeIScsiSendTargetPortal('[fd00::10]:65536', { library }),
  'a portal as text with a blank': library => refreshIScsiSendTargetPortal('10.0.0.10 3260', { library }),
  'an address that is too long': library => addIScsiSendTargetPortal({ address: LONG_INSTANCE }, { library }),
  'an address with a NUL': library => addIScsiSendTargetPortal({ address: '10.0.0.10\0' }, { library }),
  'a symbolic name that is too long': library =>
    addIScsiSendTargetPortal({ address: '10.0.0.10', symbolicName: LONG_INSTANCE }, { library, charset: 'ansi' }),
  'a symbolic name that no code page has': library =>
    addIScsiSendTargetPortal({ address: '10.0.0.10', symbolicName: '\udc00' }, { library, charset: 'ansi' }),
  'an initiator instance that is too long': library =>
    addIScsiSendTargetPortal('10.0.0.10', { library, initiatorInstance: LONG_INSTANCE }),
  'an initiator instance with a NUL': library =>
    removeIScsiSendTargetPortal('10.0.0.10', { library, initiatorInstance: 'ROOT\0' }),
  'a port of no initiator instance': library =>
    addIScsiSendTargetPortal('10.0.0.10', { library, initiatorPortNumber: 1 }),

  'a port number of an initiator that is too large': library =>
    addIScsiSendTargetPortal('10.0.0.10', { library, initiatorInstance: 'ROOT', initiatorPortNumber: 2 ** 32 }),
  'a rollback that is a word': library => addIScsiSendTargetPortal('10.0.0.10', { library, rollback: wrong('yes') }),
};

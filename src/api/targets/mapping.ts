import { array, text, unlessEmpty } from '../../codec/fields.js';
import { hex64, uniqueId, unsigned } from '../../codec/numbers.js';
import { Struct } from '../../codec/struct.js';

/** A LUN as Windows numbers it, and as the target does. */
export interface ScsiLun {
  /** The number that Windows assigned to it. */
  osLun: number;
  /** The eight bytes of the target's LUN, as a hexadecimal number without padding. */
  targetLun: string;
}

/**
 * The SCSI address that Windows assigned to a target, and its LUNs.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_target_mappingw
 */
export interface TargetMapping {
  /** The initiator that holds the session: the name of its HBA instance. */
  initiatorName: string;
  /** The name of the target, usually an IQN. */
  targetName: string;
  /** The device of the initiator, for example `\\.\Scsi3:`. */
  osDeviceName: string;
  /** `ffffe00112345010-4000013700000000`, as in `SessionInfo`. */
  sessionId: string;
  /** The bus on that port. */
  osBusNumber: number;
  /** The number that Windows assigned to the target on that bus. */
  osTargetNumber: number;
  /** The LUNs of the target that Windows has. */
  lunList: ScsiLun[];
}

const SCSI_LUN_LIST = new Struct<ScsiLun>('SCSI_LUN_LIST', 'LUNList', {
  osLun: unsigned('OSLUN'),
  targetLun: hex64('TargetLUN'),
});

export const TARGET_MAPPING = new Struct<TargetMapping>(
  'ISCSI_TARGET_MAPPING#',
  'Mappings',
  {
    initiatorName: text('InitiatorName'),
    targetName: text('TargetName'),
    osDeviceName: text('OSDeviceName'),
    sessionId: uniqueId('SessionId'),
    osBusNumber: unsigned('OSBusNumber'),
    osTargetNumber: unsigned('OSTargetNumber'),
    lunList: array('LUNList', 'LUNCount', SCSI_LUN_LIST),
  },
  {
    implausible: ({ targetName, sessionId }) =>
      targetName === '' && sessionId === '0-0'
        ? ['TargetName', 'the mapping has neither a target nor a session']
        : undefined,
  },
);

/**
 * Where the LUNs of a target are to be found by Windows. Members other than the address and the LUNs are there only
 * where Windows reports them.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_target_mappingw
 */
export interface LunMappings {
  /** The initiator that holds the session. */
  readonly initiatorName?: string | undefined;
  /** The name of the target. */
  readonly targetName?: string | undefined;
  /** The device of the initiator. */
  readonly osDeviceName?: string | undefined;
  /** The session that is live. */
  readonly sessionId?: string | undefined;
  /** The bus; 4294967295 for any. */
  readonly osBusNumber: number;
  /** The number of the target on that bus; 4294967295 for any. */
  readonly osTargetNumber: number;
  /** The LUNs, each with the number that it has in Windows. */
  readonly lunList: readonly ScsiLun[];
}

export const LUN_MAPPINGS = new Struct<LunMappings>('ISCSI_TARGET_MAPPING#', 'Mappings', {
  initiatorName: unlessEmpty(text('InitiatorName'), ''),
  targetName: unlessEmpty(text('TargetName'), ''),
  osDeviceName: unlessEmpty(text('OSDeviceName'), ''),
  sessionId: unlessEmpty(uniqueId('SessionId'), '0-0'),
  osBusNumber: unsigned('OSBusNumber'),
  osTargetNumber: unsigned('OSTargetNumber'),
  lunList: array('LUNList', 'LUNCount', SCSI_LUN_LIST),
});

import { hexUint64 } from './hexadecimal.js';
import { type Layout, layoutOf } from './layout.js';
import type { Reply } from './source.js';
import { type DecodeAnsi, type Strings, stringsOf } from './strings.js';
import { UniqueIdReader } from './unique-id.js';

/** A LUN as Windows numbers it, and as the target does. */
export interface ScsiLun {
  /** The number that Windows has given it. */
  osLun: number;
  /** The eight bytes of the target's LUN, as a hexadecimal number without padding. */
  targetLun: string;
}

/**
 * Where Windows has put a target and its LUNs.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_target_mappingw
 */
export interface TargetMapping {
  /** The initiator that holds the session: the name of its HBA instance. */
  initiatorName: string;
  /** The name of the target, an IQN as a rule. */
  targetName: string;
  /** The device of the initiator, `\\.\Scsi3:` for instance. */
  osDeviceName: string;
  /** `ffffe00112345010-4000013700000000`, as in `SessionInfo`. */
  sessionId: string;
  /** The bus on that port. */
  osBusNumber: number;
  /** The number that Windows has given the target on that bus. */
  osTargetNumber: number;
  /** The LUNs of the target that Windows has. */
  lunList: ScsiLun[];
}

/** Reads the answer of `ReportActiveIScsiTargetMappingsW`, or of the A form with a decoder for its code page. */
export function readTargetMappings(reply: Reply, count: number, decodeAnsi?: DecodeAnsi): TargetMapping[] {
  const layout = layoutOf(decodeAnsi ? 'ISCSI_TARGET_MAPPINGA' : 'ISCSI_TARGET_MAPPINGW');
  const strings = stringsOf(reply, decodeAnsi);
  const ids = new UniqueIdReader(reply.view);
  reply.claimHead(count, layout.size, 'MappingCount');
  return Array.from({ length: count }, (_, index) => readMapping(reply, strings, ids, layout, index * layout.size));
}

type MappingLayout = Layout<'ISCSI_TARGET_MAPPINGA' | 'ISCSI_TARGET_MAPPINGW'>;

function readMapping(
  reply: Reply,
  strings: Strings,
  ids: UniqueIdReader,
  { at, sizeOf }: MappingLayout,
  offset: number,
): TargetMapping {
  const number = (member: number) => reply.view.getUint32(offset + member, true);
  const text = (member: 'InitiatorName' | 'TargetName' | 'OSDeviceName') =>
    strings.fixed(offset + at[member], sizeOf[member], `Mappings.${member}`);
  return {
    initiatorName: text('InitiatorName'),
    targetName: text('TargetName'),
    osDeviceName: text('OSDeviceName'),
    sessionId: ids.read(offset + at.SessionId),
    osBusNumber: number(at.OSBusNumber),
    osTargetNumber: number(at.OSTargetNumber),
    lunList: readLuns(reply, offset + at.LUNList, number(at.LUNCount)),
  };
}

function readLuns(reply: Reply, list: number, count: number): ScsiLun[] {
  if (count === 0) return [];
  const { size, at } = layoutOf('SCSI_LUN_LIST');
  const first = reply.claimArray(list, count, size, 'Mappings.LUNList');
  return Array.from({ length: count }, (_, index) => ({
    osLun: reply.view.getUint32(first + index * size + at.OSLUN, true),
    targetLun: hexUint64(reply.view, first + index * size + at.TargetLUN),
  }));
}

import { layoutOf } from '../codec/layout.js';
import type { TargetMapping } from '../codec/target-mappings.js';
import type { Shape } from './faults.js';
import type { Arrangement, Image } from './image.js';
import { ImageBuilder, type TextForm } from './image-builder.js';

/** What `ReportActiveIScsiTargetMappingsA/W` would write for these mappings. */
export function mappingImage(mappings: readonly TargetMapping[], text: TextForm, arrangement?: Arrangement): Image {
  const builder = new ImageBuilder(text);
  const { at, size, sizeOf } = layoutOf(`ISCSI_TARGET_MAPPING${text.form}`);
  const lun = layoutOf('SCSI_LUN_LIST');
  return builder.image(
    'mappings',
    mappings,
    size,
    (mapping, struct) => {
      struct.fixed(at.InitiatorName, sizeOf.InitiatorName, 'initiatorName', mapping.initiatorName);
      struct.fixed(at.TargetName, sizeOf.TargetName, 'targetName', mapping.targetName);
      struct.fixed(at.OSDeviceName, sizeOf.OSDeviceName, 'osDeviceName', mapping.osDeviceName);
      struct.uniqueId(at.SessionId, mapping.sessionId);
      struct.uint(at.OSBusNumber, 4, 'osBusNumber', mapping.osBusNumber);
      struct.uint(at.OSTargetNumber, 4, 'osTargetNumber', mapping.osTargetNumber);
      struct.uint(at.LUNCount, 4, 'lunList', mapping.lunList.length);
      const luns = builder.array('LUNs', mapping.lunList, lun.size, ({ osLun, targetLun }, list) => {
        list.uint(lun.at.OSLUN, 4, 'osLun', osLun);
        list.uint64(lun.at.TargetLUN, BigInt(`0x${targetLun}`));
      });
      struct.pointer(at.LUNList, luns);
    },
    arrangement,
  );
}

/** What can be spoilt in it. */
export function mappingShape({ form }: TextForm): Shape {
  const { at, size } = layoutOf(`ISCSI_TARGET_MAPPING${form}`);
  const luns = { pointer: at.LUNList, count: at.LUNCount };
  return { structSize: size, array: { ...luns, structSize: layoutOf('SCSI_LUN_LIST').size } };
}

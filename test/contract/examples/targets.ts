import type { LunMappings, TargetInformation, TargetPortal } from 'iscsidsc';
import { exampleInitiator, examplePortal } from './portals.js';

const TARGET_FLAGS: readonly TargetInformation['targetFlags'][] = [
  [],
  ['hideStaticTarget', 'mergeTargetInformation'],
  ['hideStaticTarget', 1, 2 ** 31],
  ['mergeTargetInformation'],
];

/** The name of a target. That of a session with the same number is the same. */
export function exampleTargetName(number: number, name: string): string {
  return `iqn.2003-01.org.example:${name}-${number}`;
}

/** How a target was found: by the portal of this number. It ends in a blank. */
export function exampleMechanism(number: number, name: string): string {
  const { address, socket } = examplePortal(number, name);
  const { instance } = exampleInitiator(number);
  return `SendTargets:*${address} ${`${socket}`.padStart(7, '0')} ${instance || 'ROOT\\ISCSIPRT\\0000_0'} `;
}

/** Portal groups of one, two, three and no portals in turn. */
export function examplePortalGroups(groups: number, name: string): TargetPortal[][] {
  return Array.from({ length: groups }, (_, group) =>
    Array.from({ length: (group + 1) % 4 }, (_each, number) => examplePortal(group * 4 + number, name)),
  );
}

/** The flags of a static target: none, all, and some that have no name. */
export function exampleTargetFlags(number: number): TargetInformation['targetFlags'] {
  return TARGET_FLAGS[number % TARGET_FLAGS.length] ?? [];
}

/** What is stored of the LUNs of a target: nothing for an even number. */
export function exampleMappings(number: number, name: string): LunMappings | null {
  if (number % 2 === 0) return null;
  const isLive = number % 4 === 3;
  return {
    ...(isLive && {
      initiatorName: 'ROOT\\ISCSIPRT\\0000_0',
      targetName: exampleTargetName(number, name),
      osDeviceName: '\\\\.\\Scsi3:',
      sessionId: `ffffe00112345010-${(0x4000013700000000n + BigInt(number)).toString(16)}`,
    }),
    osBusNumber: number,
    osTargetNumber: isLive ? number : 0xffffffff,
    lunList: Array.from({ length: number % 5 }, (_, lun) => ({
      osLun: lun + 1,
      targetLun: (BigInt(number) * 2n ** 48n + BigInt(lun + 1) * 256n).toString(16),
    })),
  };
}

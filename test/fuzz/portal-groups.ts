import fc from 'fast-check';
import type { TargetPortal } from 'iscsidsc';
import { TARGET_PORTAL } from '../../src/api/portals/portal.js';
import type { Sink } from '../../src/codec/sink.js';
import { anyList, type Extent } from './values.js';

/** How far it is from a portal group to the next: as the header has it, or as Microsoft's own program walks. */
export type Stride = 'sizeof' | 'packed';

/** Portal groups in one of the two ways in which Windows may write them. */
export interface WrittenGroups {
  readonly groups: TargetPortal[][];
  readonly stride: Stride;
  /** Whether the answer ends behind what fills the last group up, or with its last portal. */
  readonly filled: boolean;
}

export function anyGroups(extent: Extent): fc.Arbitrary<WrittenGroups> {
  return fc.record({
    groups: fc.array(anyList(TARGET_PORTAL, extent, 5), { maxLength: 6 }),
    stride: fc.constantFrom('sizeof', 'packed'),
    filled: fc.boolean(),
  });
}

/** A number of groups, and each as a number of portals with the portals behind it. */
export function writeGroups({ groups, stride, filled }: WrittenGroups, sink: Sink): void {
  const portal = TARGET_PORTAL.in(sink.text.form);
  const whole = (size: number) =>
    stride === 'sizeof' ? fill(groupSize(size, portal.size)) : fill(4 + size * portal.size);
  const starts = groups.map((_, index) => groups.slice(0, index).reduce((sum, { length }) => sum + whole(length), 4));
  const last = groups.at(-1);
  const lastStart = starts.at(-1) ?? 0;
  const end = last === undefined ? 4 : lastStart + (filled ? whole(last.length) : 4 + last.length * portal.size);
  const piece = sink.add(end, 8);
  piece.bytes.writeUInt32LE(groups.length);
  for (const [index, portals] of groups.entries()) {
    const start = starts[index] as number;
    piece.bytes.writeUInt32LE(portals.length, start);
    for (const [place, each] of portals.entries()) portal.write(sink, piece, start + 4 + place * portal.size, each);
  }
}

/** sizeof of the struct with one portal in it, and the others behind that. */
function groupSize(portals: number, portalSize: number): number {
  return portals === 0 ? 4 : fill(4 + portalSize) + (portals - 1) * portalSize;
}

function fill(size: number): number {
  return Math.ceil(size / 4) * 4;
}

import { layoutOf } from '../../codec/layout.js';
import type { Source } from '../../codec/source.js';
import type { Form } from '../../native/types.js';
import { TARGET_PORTAL, type TargetPortal } from '../portals/portal.js';

// How far it is from one group to the next. Microsoft's iscsicli and the sizes of the structs disagree by 4 bytes where
// the number of portals is even: which one the service writes is not known. The size of the answer tells.
type Stride = (count: number, groupSize: number, portalSize: number) => number;

const STRIDES = {
  iscsicli: (count, groupSize, portalSize) => (count === 0 ? 4 : aligned(groupSize + (count - 1) * portalSize)),
  header: (count, _, portalSize) => aligned(4 + count * portalSize),
} satisfies Record<string, Stride>;

/** How far it is from one portal group to the next: as Microsoft's iscsicli reads it, or as the header has it. */
export type PortalGroupSizes = keyof typeof STRIDES;

/** What an answer with portal groups shows of how they lie. */
export interface PortalGroupEvidence {
  /** The portals of each group. */
  readonly portals: readonly number[];
  /** The bytes of the answer. */
  readonly length: number;
  /** The readings that fit its length. */
  readonly fits: readonly PortalGroupSizes[];
}

// A group has a tag of 16 bits.
const MOST_GROUPS = 65536;

/** Where each group begins, its number of portals, and where the last one ends. */
interface Walk {
  readonly groups: readonly (readonly [at: number, count: number])[];
  /** With what fills the last group up. */
  readonly end: number;
  readonly lastPortalEnd: number;
}

/** Reads a number of groups, and behind it the groups: each a number of portals, and the portals. */
export function readPortalGroups(source: Source, form: Form): TargetPortal[][] {
  const { reply } = source;
  if (reply.length === 0) return [];
  const count = countOf(source);
  const walks = walksOf(source, form, count);
  const { groups } = (walks.find(({ isExact }) => isExact) ?? walks[0])?.walk ?? { groups: undefined };
  if (groups === undefined) {
    throw reply.malformed('PortalGroups', 0, `${count} groups do not fit into the ${reply.length} bytes of the answer`);
  }
  const portals = TARGET_PORTAL.in(form);
  return groups.map(([at, number]) => portals.readArray(source, at + 4, number));
}

/** The same without the portals. */
export function portalGroupEvidence(source: Source, form: Form): PortalGroupEvidence {
  const { length } = source.reply;
  if (length === 0) return { portals: [], length, fits: [] };
  const exact = walksOf(source, form, countOf(source)).filter(({ isExact }) => isExact);
  return {
    portals: exact[0]?.walk.groups.map(([, number]) => number) ?? [],
    length,
    fits: exact.map(({ sizes }) => sizes),
  };
}

function countOf({ reply, view }: Source): number {
  if (reply.length < 4) throw reply.malformed('PortalGroups', undefined, `${reply.length} bytes have no count`);
  const count = view.getUint32(0, true);
  if (count > MOST_GROUPS)
    throw reply.malformed('PortalGroups', 0, `${count} groups, of which there are 65536 at most`);
  return count;
}

/** The ways in which the groups fit into the answer. */
function walksOf(source: Source, form: Form, count: number) {
  const { length } = source.reply;
  return Object.entries(STRIDES).flatMap(([sizes, stride]) => {
    const found = walk(source, form, count, stride);
    if (found === undefined) return [];
    const isExact = length === found.end || length === found.lastPortalEnd;
    return [{ sizes: sizes as PortalGroupSizes, walk: found, isExact }];
  });
}

/** Undefined where the groups do not fit into the answer in this way. */
function walk({ reply: { length }, view }: Source, form: Form, count: number, stride: Stride): Walk | undefined {
  const portalSize = TARGET_PORTAL.in(form).size;
  const groupSize = layoutOf(`ISCSI_TARGET_PORTAL_GROUP${form}`).size;
  const groups: [number, number][] = [];
  let at = 4;
  let lastPortalEnd = at;
  for (let group = 0; group < count; group++) {
    if (at + 4 > length) return undefined;
    const number = view.getUint32(at, true);
    lastPortalEnd = at + 4 + number * portalSize;
    if (lastPortalEnd > length) return undefined;
    groups.push([at, number]);
    at += stride(number, groupSize, portalSize);
  }
  return { groups, end: at, lastPortalEnd };
}

function aligned(size: number): number {
  return Math.ceil(size / 4) * 4;
}

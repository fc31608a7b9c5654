import { STATUS_ROWS, type StatusName } from '../header/statuses.js';
import { STRUCTS } from '../header/structs.js';
import { namesIn, type StructName, type StructType, structType } from '../native/types.js';

const structNames = namesIn(STRUCTS) as StructName[];

/** The Koffi types of the structs in iscsidsc.h, by name: each has `size` and `members` with their offsets. */
export type Structs = { readonly [Name in StructName]: StructType<Name> };

/** The Koffi types of the structs in iscsidsc.h. Each is declared when it is first asked for. */
export const structs = Object.defineProperties(
  {},
  Object.fromEntries(structNames.map(name => [name, { get: () => structType(name), enumerable: true }])),
) as Structs;

/** The numbers of the statuses, by name: all of iscsidsc.h and some of Win32. */
export const statusCodes: Readonly<Record<StatusName, number>> = Object.freeze(
  Object.fromEntries(STATUS_ROWS.map(([status, name]) => [name, status])) as Record<StatusName, number>,
);

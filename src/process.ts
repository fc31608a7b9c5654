/**
 * The functions of the package in a process of its own, where a native call that hangs can be ended.
 *
 * @module iscsidsc/process
 */

export type * from './named-types.js';
export type { ExportName, NativeFunction } from './native/functions.js';
export type { Library } from './native/library.js';
export type { NodeChannel, NodeChild, UtilityChild } from './process/forked-child.js';
export type { AsyncFunctionName, InitiatorFunctions } from './process/functions.js';
export {
  createInitiatorProcess,
  type InitiatorProcess,
  type InitiatorProcessOptions,
} from './process/initiator-process.js';
export { type ServeOptions, serveInitiatorProcess } from './process/serve.js';

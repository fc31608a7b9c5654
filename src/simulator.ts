/**
 * An initiator in memory, on any platform: for tests, and for work without Windows.
 *
 * @module iscsidsc/simulator
 */

import {
  checkSimulatorOptions,
  MemorySimulator,
  type Simulator,
  type SimulatorOptions,
} from './simulator/simulator.js';

export type { DeviceOnSession, ScsiAddress, StorageDeviceNumber } from './api/devices/device.js';
export type { Arrangement } from './codec/sink.js';
export type * from './named-types.js';
export type { ExportName, NativeFunction } from './native/functions.js';
export type { Library } from './native/library.js';
export type { Behaviour } from './simulator/behaviour.js';
export { exampleDevices } from './simulator/devices/examples.js';
export type { Fault } from './simulator/faults.js';
export type {
  SimulatedChap,
  SimulatedIsnsServer,
  SimulatedLun,
  SimulatedNetwork,
  SimulatedPortal,
  SimulatedTarget,
  SimulatedVolume,
} from './simulator/network.js';
export type { SimulatedService } from './simulator/service/service.js';
export { type ExampleOptions, exampleSessions } from './simulator/sessions/examples.js';
export type { Simulator, SimulatorOptions } from './simulator/simulator.js';

/**
 * An initiator in memory, on any platform: its functions are native function pointers with the same prototypes as
 * iscsidsc.dll's, and write the same bytes. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`.
 */
export function createSimulator(options?: SimulatorOptions): Simulator {
  return new MemorySimulator(checkSimulatorOptions(options));
}

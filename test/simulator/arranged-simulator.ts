import type { Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import {
  type Behaviour,
  createSimulator,
  exampleDevices,
  type SimulatedNetwork,
  type Simulator,
} from 'iscsidsc/simulator';
import { LOGIN_OPTIONS } from '../../src/api/logins/login-options.js';
import { LUN_MAPPINGS } from '../../src/api/targets/mapping.js';
import { TARGET_FLAGS } from '../../src/api/targets/static-targets.js';
import { ArgumentMemory } from '../../src/codec/argument-memory.js';
import { flagBits } from '../../src/codec/numbers.js';
import { WIDE } from '../../src/codec/sink.js';
import { exampleLoginOptions } from '../contract/examples/login-options.js';
import { examplePersistentLogin } from '../contract/examples/persistent-logins.js';
import { examplePortal, exampleSendTargetPortalEx } from '../contract/examples/portals.js';
import { exampleIsnsServer, exampleRadiusServer, exampleVolume } from '../contract/examples/servers.js';
import {
  exampleMappings,
  examplePortalGroups,
  exampleTargetFlags,
  exampleTargetName,
} from '../contract/examples/targets.js';
import { type InitiatorScenario, type Scenario, sessionsOf } from '../contract/scenario.js';
import { windowsFunctionsOf } from '../windows-functions-of.js';

// No longer name has room in all structs, with what is added to it.
const LONGEST_NAME = 190;

/** A simulator that answers as a scenario says. */
export function arrangedSimulator(scenario: InitiatorScenario): Simulator {
  const { connections: _, nulls, delay, backwards, devices: each, devicesAfter, ...rest } = scenario;
  const { sessions: _sessions, portals = 1, targets, targetPortals, logins = 1, groups, sampleStride, ...more } = rest;
  const { stored, empty, statuses, name: given = 'disk', isnsServers = 1, radiusServers = 1, ...others } = more;
  const { boundDevices = 1, luns: _luns, ...behaviour } = others;
  const name = given.length > LONGEST_NAME ? 'long' : given;
  const sessions = sessionsOf(scenario);
  const simulator = createSimulator({
    network: networkOf(scenario, name),
    sendTargetPortals: count(portals, number => exampleSendTargetPortalEx(number, name)),
    persistentLogins: count(logins, number => examplePersistentLogin(number, name)),
    sessions,
  });
  if (stored !== undefined || isUndiscovered(scenario)) addStaticTarget(simulator, scenario, name);
  for (const server of count(isnsServers, number => exampleIsnsServer(number, name))) {
    // It stays, though nobody is there.
    simulator.func('AddISNSServerW')(server);
  }
  for (const server of count(radiusServers, exampleRadiusServer)) simulator.func('AddRadiusServerW')(server);
  if (boundDevices > 0) bindVolumes(simulator, boundDevices);
  // With those of all sessions given, a new one would have none.
  if (each !== undefined) simulator.devices = exampleDevices(sessions, each);
  simulator.behaviour = {
    ...(behaviour satisfies Behaviour),
    delayMs: delay ?? 0,
    devicesAfterMs: devicesAfter ?? 0,
    order: backwards ? 'backward' : 'forward',
  };
  return simulator;
}

/** Volumes can be bound that are on disks of targets with a saved login: there are some for a moment. */
function bindVolumes(simulator: Simulator, volumes: number): void {
  const { network, sessions, persistentLogins } = simulator;
  const targetName = exampleTargetName(0, 'disk');
  // The numbers of disks are given anew when those that had them are gone.
  simulator.sessions = [];
  simulator.network = { targets: [{ targetName, portalGroups: [], luns: count(volumes, lun => ({ lun })) }] };
  simulator.sessions = sessionsOf({ sessions: 1 }).map(session => ({ ...session, targetNodeName: targetName }));
  simulator.persistentLogins = [{ ...examplePersistentLogin(0, 'disk'), targetName }];
  for (let number = 0; number < volumes; number++) {
    const status = simulator.func('AddPersistentIScsiDeviceW')(exampleVolume(number));
    if (status !== 0) throw new Error(`AddPersistentIScsiDeviceW answered ${status}`);
  }
  simulator.sessions = [];
  Object.assign(simulator, { network, sessions, persistentLogins });
}

/** A library some of whose functions answer a status of their own, whatever they have done. */
export function withStatuses(library: Library, { statuses = {} }: Scenario): Library {
  const calls = new Map<ExportName, number>();
  const instead = (name: ExportName, status: number) => {
    const call = calls.get(name) ?? 0;
    calls.set(name, call + 1);
    return (statuses[name]?.[call] ?? statuses[name]?.at(-1)) || status;
  };
  return {
    name: library.name,
    decodeAnsi: bytes => library.decodeAnsi(bytes),
    encodeAnsi: text => library.encodeAnsi(text),
    ...windowsFunctionsOf(library),
    func: <Name extends ExportName>(name: Name) => {
      const fn = library.func(name) as unknown as NativeFunction;
      const sync = (...args: Parameters<NativeFunction>) => instead(name, fn(...args));
      const async: NativeFunction['async'] = (...argsAndDone) => {
        const done = argsAndDone.at(-1) as (error: Error | null, status: number) => void;
        const args = argsAndDone.slice(0, -1) as Parameters<NativeFunction>;
        fn.async(...args, (error, status) => done(error, instead(name, status)));
      };
      return Object.assign(sync, { async }) as unknown as NativeFunction<Name>;
    },
  };
}

/** Whether nothing told of the targets: a portal that is one of theirs would. */
function isUndiscovered({ targetPortals, groups, empty }: Scenario): boolean {
  return targetPortals === 0 || groups === 0 || empty === true;
}

/** The targets are behind the first of the portals, and more of them where that matters. */
function networkOf(scenario: Scenario, name: string): SimulatedNetwork {
  const { devices = 1, luns = devices, targets = 2, portals = 1, targetPortals = portals, groups } = scenario;
  const portalGroups = groups
    ? examplePortalGroups(groups, name)
    : [count(targetPortals, each => examplePortal(each, name))];
  if (isUndiscovered(scenario)) return { targets: [] };
  return {
    targets: count(targets, number => ({
      targetName: exampleTargetName(number, name),
      ...(name !== '' && { targetAlias: name }),
      portalGroups,
      luns: count(luns, lun => ({ lun, serialNumber: `serial-${lun}` })),
      maximumConnections: 8,
    })),
  };
}

/** By its export: the function that the package has for it is async. */
function addStaticTarget(simulator: Simulator, { stored, empty }: Scenario, name: string): void {
  const memory = new ArgumentMemory(WIDE);
  const flags = stored === undefined ? [] : exampleTargetFlags(stored);
  const status = simulator.func('AddIScsiStaticTargetW')(
    memory.targetName(exampleTargetName(0, name)),
    empty ? null : memory.string('targetAlias', name, 255),
    Number(flagBits('targetFlags', TARGET_FLAGS, 4, flags)),
    0,
    memory.struct(LUN_MAPPINGS, stored === undefined ? null : exampleMappings(stored, name), 'mappings'),
    memory.struct(LOGIN_OPTIONS, stored === undefined ? null : exampleLoginOptions(stored), 'loginOptions'),
    null,
  );
  if (status !== 0) throw new Error(`AddIScsiStaticTargetW answered ${status}`);
}

function count<Value>(length: number, value: (number: number) => Value): Value[] {
  return Array.from({ length }, (_, number) => value(number));
}

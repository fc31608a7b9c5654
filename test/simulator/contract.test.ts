import { type Behaviour, createSimulator, exampleDevices, type Simulator } from 'iscsidsc/simulator';
import { afterEach, describe, it } from 'vitest';
import { contract } from '../contract/contract.js';
import { initiatorContract } from '../contract/initiator/contract.js';
import { type InitiatorScenario, sessionsOf } from '../contract/scenario.js';

let simulator: Simulator | undefined;
afterEach(() => simulator?.dispose());

describe('the simulator keeps the contract', () => {
  contract({ arrange }, it);
  initiatorContract({ arrange }, it);
});

function arrange(scenario: InitiatorScenario): Simulator {
  const { sessions: _, connections, name, nulls, delay, backwards, devices: each, devicesAfter, ...rest } = scenario;
  const behaviour: Behaviour = {
    ...rest,
    delayMs: delay ?? 0,
    devicesAfterMs: devicesAfter ?? 0,
    order: backwards ? 'backward' : 'forward',
  };
  const sessions = sessionsOf(scenario);
  simulator?.dispose();
  simulator = createSimulator({ sessions, devices: exampleDevices(sessions, each ?? 1), behaviour });
  return simulator;
}

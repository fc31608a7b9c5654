import { type Behaviour, createSimulator, exampleDevices, type Simulator } from 'iscsidsc/simulator';
import { afterEach, describe, it } from 'vitest';
import { contract } from '../contract/contract.js';
import { initiatorContract, networkContract } from '../contract/initiator/contract.js';
import { NETWORK, type Site } from '../contract/initiator/site.js';
import { type InitiatorScenario, sessionsOf } from '../contract/scenario.js';

let simulator: Simulator | undefined;
afterEach(() => simulator?.dispose());

describe('the simulator keeps the contract', () => {
  contract({ arrange }, it);
  initiatorContract({ arrange }, it);
  networkContract(openSite, it);
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

function openSite(): Site {
  simulator?.dispose();
  const library = createSimulator({ network: NETWORK });
  simulator = library;
  return {
    library,
    restart: () => library.restart(),
    change: network => {
      library.network = network;
    },
  };
}

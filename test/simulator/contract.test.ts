import { type Behaviour, createSimulator, type Simulator } from 'iscsidsc/simulator';
import { afterEach, describe, it } from 'vitest';
import { contract } from '../contract/contract.js';
import { type Scenario, sessionsOf } from '../contract/scenario.js';

let simulator: Simulator | undefined;
afterEach(() => simulator?.dispose());

describe('the simulator keeps the contract', () => {
  contract({ arrange }, it);
});

function arrange(scenario: Scenario): Simulator {
  const { sessions, connections, name, nulls, delay, backwards, ...rest } = scenario;
  const behaviour: Behaviour = { ...rest, delayMs: delay ?? 0, order: backwards ? 'backward' : 'forward' };
  simulator?.dispose();
  simulator = createSimulator({ sessions: sessionsOf(scenario), behaviour });
  return simulator;
}

import type { Library } from 'iscsidsc';
import { createSimulator, type Simulator } from 'iscsidsc/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { exportNames } from '../../src/native/functions.js';
import { contract } from '../contract/contract.js';
import { CountedLibrary } from '../contract/counted-library.js';
import { initiatorContract, networkContract } from '../contract/initiator/contract.js';
import { NETWORK, NETWORK_IN_USE, SIMULATED } from '../contract/initiator/simulated-site.js';
import type { Sites } from '../contract/initiator/site.js';
import type { InitiatorScenario } from '../contract/scenario.js';
import { arrangedSimulator, withStatuses } from './arranged-simulator.js';

const sites: Sites = {
  ...SIMULATED,
  lacks: {},
  skip: text => it(text, () => expect.unreachable()),
  open: () => {
    const library = createSimulator({ network: NETWORK });
    return {
      library: new CountedLibrary(library),
      restart: () => library.restart(),
      change: alter => {
        library.network = alter(NETWORK);
      },
      use: () => {
        library.network = NETWORK_IN_USE;
        return () => {
          library.network = NETWORK;
        };
      },
      close: () => library.dispose(),
    };
  },
};

let simulator: Simulator | undefined;
afterEach(() => simulator?.dispose());

describe('the simulator keeps the contract', () => {
  contract({ arrange }, it);
  initiatorContract({ arrange }, it);
  networkContract(sites, it);

  it('which calls every export of the header, in A and W', () => {
    expect([...CountedLibrary.called].sort()).toEqual(exportNames().sort());
  });
});

function arrange(scenario: InitiatorScenario): Library {
  simulator?.dispose();
  simulator = arrangedSimulator(scenario);
  return scenario.statuses ? withStatuses(simulator, scenario) : simulator;
}

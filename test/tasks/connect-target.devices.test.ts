import { type ConnectTarget, connectTarget, loginIScsiTarget } from 'iscsidsc';
import { createSimulator, type SimulatedNetwork } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { hanging } from './hanging-library.js';

const DISK = 'iqn.2003-01.org.example:disk1';
const [FIRST, SECOND] = ['10.0.0.10', '10.0.1.10'] as const;
const target: ConnectTarget = { targetName: DISK, portals: FIRST };

/** A machine whose one target is as the caller wants it. */
function site(more: Partial<SimulatedNetwork['targets'][number]> = {}) {
  return createSimulator({ network: { targets: [{ targetName: DISK, portalGroups: [[FIRST, SECOND]], ...more }] } });
}

describe('the disks of connectTarget', () => {
  it('are found while a command to the target waits for its turn', async () => {
    using simulator = site();
    simulator.behaviour = { devicesAfterMs: 300 };
    const library = hanging(simulator, 'LoginIScsiTargetW', call => call === 2);
    const { devices } = await connectTarget(target, {
      library,
      onProgress: ({ step, status }) => {
        // From now on, the one place in the lane of slow calls is taken.
        if (step === 'devices' && status === 'started') {
          loginIScsiTarget(DISK, { library, timeoutMs: 1 }).catch(() => {});
        }
      },
    });
    expect(devices).toHaveLength(1);
  });
});

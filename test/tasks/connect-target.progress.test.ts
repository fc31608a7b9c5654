import { type ConnectOptions, type ConnectProgress, type ConnectTarget, connectTarget } from 'iscsidsc';
import { createSimulator, type SimulatedNetwork } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { disturbed } from './disturbed-library.js';
import { hanging } from './hanging-library.js';

const DISK = 'iqn.2003-01.org.example:disk1';
const target: ConnectTarget = { targetName: DISK, portals: '10.0.0.10', persistent: true };

function site(luns: SimulatedNetwork['targets'][number]['luns'] = [{ lun: 0 }]) {
  return createSimulator({ network: { targets: [{ targetName: DISK, portalGroups: [['10.0.0.10']], luns }] } });
}

/** What is told until it fails. */
async function toldOf(options: ConnectOptions, which: ConnectTarget = target): Promise<ConnectProgress[]> {
  const told: ConnectProgress[] = [];
  const onProgress = (progress: ConnectProgress) => {
    told.push(progress);
    options.onProgress?.(progress);
  };
  await expect(connectTarget(which, { ...options, onProgress })).rejects.toThrow();
  return told;
}

describe('each step that begins ends', () => {
  it('when a step fails that has no portal', async () => {
    using library = site([]);
    const told = await toldOf({ library });
    expect(told.slice(-4)).toMatchObject([
      { step: 'devices', status: 'started' },
      { step: 'devices', status: 'failed', error: { code: 'ERR_ISCSIDSC_NO_LUN' } },
      { step: 'undo', status: 'started' },
      { step: 'undo', status: 'done' },
    ]);
  });

  it('when the service cannot be started', async () => {
    using library = createSimulator({ service: { state: 'stopped', startType: 'disabled' } });
    expect(await toldOf({ library }, { ...target, startService: true })).toMatchObject([
      { step: 'service', status: 'started' },
      { step: 'service', status: 'failed', error: { code: 'ERROR_SERVICE_DISABLED' } },
    ]);
  });

  it('when the time ends in the middle of it', async () => {
    using simulator = site();
    const library = hanging(simulator, 'GetDevicesForIScsiSessionW', () => true);
    const told = await toldOf({ library, timeoutMs: 200 });
    expect(told.filter(({ step }) => step === 'devices').map(({ status }) => status)).toEqual(['started', 'failed']);
  });

  it('once, whatever fails', async () => {
    for (let at = 1; at < 30; at++) {
      using simulator = site();
      let isOver = false;
      const library = disturbed(simulator, call => {
        if (call !== at || isOver) return undefined;
        isOver = true;
        return at % 2 === 0 ? { status: 0xefff0001 } : { error: new Error('enough') };
      });
      const told: string[] = [];
      let begun: string | undefined;
      const onProgress = ({ step, status }: ConnectProgress) => {
        if (status === 'started') {
          expect(begun).toBeUndefined();
          begun = step;
        } else if (status !== 'existing' || begun !== undefined) {
          expect(begun).toBe(step);
          begun = undefined;
        }
        told.push(`${step} ${status}`);
      };
      await connectTarget(target, { library, onProgress }).catch(() => {});
      expect(begun, told.join()).toBeUndefined();
      if (!isOver) return;
    }
  });
});

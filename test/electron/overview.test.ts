import { createSimulator, exampleSessions, type SimulatorOptions } from 'iscsidsc/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Overview } from '../../examples/electron/app/overview.mjs';
import { memoryInitiator } from './memory-initiator.js';

type Parts = Parameters<ConstructorParameters<typeof Overview>[1]>[0];

const overviews: Overview[] = [];
afterEach(() => {
  for (const overview of overviews.splice(0)) overview.stop();
});

function start(simulated: SimulatorOptions = {}) {
  const library = createSimulator(simulated);
  const published: Parts[] = [];
  const overview = new Overview(memoryInitiator(library), parts => published.push(parts));
  overviews.push(overview);
  const sessions = () => {
    const targets = published.at(-1)?.targets as { value?: { sessions: object[] | null }[] } | undefined;
    return targets?.value?.reduce((sum, target) => sum + (target.sessions?.length ?? 0), 0);
  };
  return { library, overview, published, sessions };
}

describe('the overview of the Electron example', () => {
  it('asks nothing before it is asked itself', async () => {
    const { published } = start();
    await new Promise(resolve => setImmediate(resolve));
    expect(published).toEqual([]);
  });

  it('is told again by itself when a session changes', async () => {
    const { library, overview, sessions } = start();
    await overview.refresh();
    expect(sessions()).toBe(4);
    library.sessions = exampleSessions(1);
    await vi.waitUntil(() => sessions() === 1, { timeout: 60_000 });
  });

  it('shows what was there when it was asked for, also while another round runs', async () => {
    const { library, overview, sessions } = start();
    const first = overview.refresh();
    await Promise.resolve();
    library.sessions = exampleSessions(2);
    const second = overview.refresh();
    expect(overview.refresh()).toBe(second);
    await first;
    await second;
    expect(sessions()).toBe(2);
  });

  it('carries the error of each part beside the parts that are known', async () => {
    const { overview, published } = start({ behaviour: { missing: ['ReportIScsiSendTargetPortalsExW'] } });
    await overview.refresh();
    expect(published[0]).toMatchObject({
      nodeName: { value: expect.any(String) },
      targets: { value: expect.any(Array) },
      disks: { value: expect.any(Array) },
      portals: { error: { code: 'ERR_ISCSIDSC_MISSING_EXPORT', syscall: 'ReportIScsiSendTargetPortalsExW' } },
    });
  });

  it('tells when the initiator cannot be asked any more, and when it answers again', async () => {
    const { library, overview, published } = start();
    await overview.refresh();
    library.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
    const hasError = () => 'error' in (published.at(-1)?.targets ?? {});
    await vi.waitUntil(hasError, { timeout: 60_000 });
    expect(published.at(-1)?.disks).toMatchObject({ error: { code: 'ISDSC_SERVICE_NOT_RUNNING', errno: 0xefff003e } });
    library.behaviour = {};
    await vi.waitUntil(() => !hasError(), { timeout: 60_000 });
  });

  it('tells nothing more once it is stopped', async () => {
    const { overview, published } = start();
    const refreshed = overview.refresh();
    overview.stop();
    await refreshed;
    expect(published).toEqual([]);
  });

  it('can be sent as JSON and as a structured clone: sizes are numbers', async () => {
    const { overview, published } = start();
    await overview.refresh();
    expect(JSON.parse(JSON.stringify(published[0]))).toEqual(structuredClone(published[0]));
  });
});

import { type ConnectStep, connectTarget, type Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import { createSimulator, type SimulatedNetwork } from 'iscsidsc/simulator';
import { median } from '../median.js';
import type { WayStep } from '../way.js';

// Prints what connectTarget does, step by step: native calls, and the median of the times of several machines.
const machines = Number(process.argv[2]);
const targetName = 'iqn.2003-01.org.example:disk1';
const NETWORK: SimulatedNetwork = { targets: [{ targetName, portalGroups: [['10.0.0.10']] }] };
const STEPS = ['portal', 'session', 'devices', 'persistentLogin', 'volumes'] as const satisfies ConnectStep[];

type Step = (typeof STEPS)[number];

/** Passes calls on, and counts them. */
function counted(inner: Library, count: () => void): Library {
  const counting = <Fn extends object>(fn: Fn): Fn => {
    const start = (fn as unknown as { async: (...args: unknown[]) => void }).async;
    return Object.assign(
      (...args: unknown[]) => {
        count();
        return (fn as unknown as (...args: unknown[]) => unknown)(...args);
      },
      {
        async: (...args: unknown[]) => {
          count();
          start(...args);
        },
      },
    ) as unknown as Fn;
  };
  return {
    name: inner.name,
    decodeAnsi: bytes => inner.decodeAnsi(bytes),
    encodeAnsi: text => inner.encodeAnsi(text),
    func: <Name extends ExportName>(name: Name) => counting<NativeFunction<Name>>(inner.func(name)),
    windowsFunc: name => counting((inner as Required<Library>).windowsFunc(name)),
  };
}

async function go(): Promise<Record<Step, { calls: number; time: number }>> {
  const simulator = createSimulator({ network: NETWORK });
  const found = Object.fromEntries(STEPS.map(step => [step, { calls: 0, time: 0 }])) as Awaited<ReturnType<typeof go>>;
  let step: Step = 'portal';
  let began = performance.now();
  // What a step looks up before it begins is its own.
  const end = () => {
    const now = performance.now();
    found[step].time += (now - began) * 1000;
    began = now;
  };
  const library = counted(simulator, () => found[step].calls++);
  await connectTarget(
    { targetName, portals: '10.0.0.10', persistent: true },
    {
      library,
      onProgress: progress => {
        if (progress.status !== 'done') return;
        end();
        step = STEPS[STEPS.indexOf(progress.step as Step) + 1] ?? 'volumes';
      },
    },
  );
  end();
  simulator.dispose();
  return found;
}

await go();
const runs: Awaited<ReturnType<typeof go>>[] = [];
for (let machine = 0; machine < machines; machine++) runs.push(await go());
const steps: WayStep[] = STEPS.map(step => ({
  step,
  calls: runs[0]?.[step].calls ?? 0,
  time: median(runs.map(run => run[step].time)),
}));
process.stdout.write(JSON.stringify(steps));

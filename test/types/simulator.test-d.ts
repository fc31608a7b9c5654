import type { DeviceOnSession, Library, SessionInfo } from 'iscsidsc';
import type { ExportName } from 'iscsidsc/raw';
import {
  type Arrangement,
  type Behaviour,
  createSimulator,
  type ExampleOptions,
  exampleDevices,
  exampleSessions,
  type Fault,
  type Simulator,
  type SimulatorOptions,
} from 'iscsidsc/simulator';
import { expectTypeOf } from 'vitest';

expectTypeOf(createSimulator).toEqualTypeOf<(options?: SimulatorOptions) => Simulator>();
expectTypeOf<Simulator>().toExtend<Library & Disposable>();
expectTypeOf<Simulator['name']>().toEqualTypeOf<'simulator'>();
expectTypeOf<Simulator['sessions']>().toEqualTypeOf<SessionInfo[]>();
expectTypeOf<Simulator['devices']>().toEqualTypeOf<Record<string, DeviceOnSession[]>>();
expectTypeOf<Simulator['behaviour']>().toEqualTypeOf<Behaviour>();
expectTypeOf<Simulator['dispose']>().toEqualTypeOf<() => void>();

expectTypeOf<SimulatorOptions>().toEqualTypeOf<{
  sessions?: SessionInfo[];
  devices?: Record<string, DeviceOnSession[]>;
  codePage?: number;
  behaviour?: Behaviour;
}>();
expectTypeOf<Arrangement>().toEqualTypeOf<{ order?: 'forward' | 'backward'; odd?: boolean }>();
interface Departures extends Arrangement {
  status?: string | number;
  delayMs?: number;
  grow?: number;
  growTimes?: number;
  slack?: number;
  askExactly?: number;
  reportSlack?: number;
  insufficient?: number;
  refuseAbove?: number;
  fault?: Fault;
  devicesAfterMs?: number;
  deviceBusy?: number;
  veto?: number;
  missing?: readonly ExportName[];
}
expectTypeOf<Behaviour>().toEqualTypeOf<Departures>();
expectTypeOf<'never-satisfied' | 'pointer-wrap' | 'unterminated'>().toExtend<Fault>();
expectTypeOf<string>().not.toExtend<Fault>();

expectTypeOf(exampleSessions).toEqualTypeOf<(count: number, options?: ExampleOptions) => SessionInfo[]>();
expectTypeOf(exampleDevices).toEqualTypeOf<
  (sessions: readonly SessionInfo[], each?: number) => Record<string, DeviceOnSession[]>
>();
expectTypeOf<ExampleOptions>().toEqualTypeOf<{ connections?: number; name?: string; first?: number }>();

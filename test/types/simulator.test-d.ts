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
  type SimulatedService,
  type Simulator,
  type SimulatorOptions,
} from 'iscsidsc/simulator';
import { expectTypeOf } from 'vitest';

expectTypeOf(createSimulator).toEqualTypeOf<(options?: SimulatorOptions) => Simulator>();
expectTypeOf<Simulator>().toExtend<Library & Disposable>();
expectTypeOf<Simulator['name']>().toEqualTypeOf<'simulator'>();
expectTypeOf<Simulator['sessions']>().toEqualTypeOf<readonly SessionInfo[]>();
expectTypeOf<Simulator['devices']>().toEqualTypeOf<Readonly<Record<string, readonly DeviceOnSession[]>>>();
expectTypeOf<Simulator['behaviour']>().toEqualTypeOf<Behaviour>();
expectTypeOf<Simulator['service']>().toEqualTypeOf<SimulatedService | null>();
expectTypeOf<Simulator['dispose']>().toEqualTypeOf<() => void>();

// All optional, and undefined does for each under exactOptionalPropertyTypes.
expectTypeOf<{
  sessions: undefined;
  devices: undefined;
  codePage: undefined;
  elevated: undefined;
  service: undefined;
  behaviour: undefined;
}>().toExtend<SimulatorOptions>();
expectTypeOf<{ service: null }>().toExtend<SimulatorOptions>();
expectTypeOf<{
  state: undefined;
  startType: undefined;
  startMs: undefined;
  win32ExitCode: undefined;
}>().toExtend<SimulatedService>();
expectTypeOf<Arrangement>().toEqualTypeOf<{ order?: 'forward' | 'backward' | undefined; odd?: boolean | undefined }>();
expectTypeOf<Behaviour>().toExtend<Arrangement>();
expectTypeOf<NonNullable<Behaviour['missing']>>().toEqualTypeOf<readonly ExportName[]>();
expectTypeOf<'never-satisfied' | 'pointer-wrap' | 'unterminated'>().toExtend<Fault>();
expectTypeOf<string>().not.toExtend<Fault>();

expectTypeOf(exampleSessions).toEqualTypeOf<(count: number, options?: ExampleOptions) => SessionInfo[]>();
expectTypeOf(exampleDevices).toEqualTypeOf<
  (sessions: readonly SessionInfo[], each?: number) => Record<string, DeviceOnSession[]>
>();
expectTypeOf<{ connections: undefined; name: undefined; first: undefined }>().toExtend<ExampleOptions>();

import type {
  AsyncOptions,
  DescribeOptions,
  Library,
  RetryOptions,
  SessionFilter,
  StatusWarning,
  SyncOptions,
  WaitOptions,
  WatchOptions,
} from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import type { Simulator } from 'iscsidsc/simulator';
import { expectTypeOf } from 'vitest';

interface Sync {
  charset?: 'unicode' | 'ansi';
  library?: Library;
  onWarning?: (warning: StatusWarning) => void;
}
interface Async extends Sync {
  signal?: AbortSignal;
  timeoutMs?: number;
}
interface Retry extends Async {
  retries?: number;
  retryDelayMs?: number;
}
interface Wait extends Async {
  intervalMs?: number | undefined;
  until?: 'gone' | 'devices' | undefined;
}
interface Watch extends Async {
  intervalMs?: number | undefined;
  filter?: SessionFilter | undefined;
  devices?: boolean | undefined;
}
interface Describe extends Retry {
  filter?: SessionFilter | undefined;
}

expectTypeOf<SyncOptions>().toEqualTypeOf<Sync>();
expectTypeOf<AsyncOptions>().toEqualTypeOf<Async>();
expectTypeOf<RetryOptions>().toEqualTypeOf<Retry>();
expectTypeOf<WaitOptions>().toEqualTypeOf<Wait>();
expectTypeOf<WatchOptions>().toEqualTypeOf<Watch>();
expectTypeOf<DescribeOptions>().toEqualTypeOf<Describe>();
// Without `| undefined`: a member that is present must have a value.
expectTypeOf<SessionFilter>().toEqualTypeOf<{
  sessionId?: string;
  targetName?: string;
  targetAddress?: string;
  targetSocket?: number;
  initiatorName?: string;
  state?: 'connected' | 'reconnecting';
}>();

expectTypeOf<Simulator>().toExtend<Library>();
expectTypeOf<Library['name']>().toEqualTypeOf<string>();
expectTypeOf<Library['func']>().toEqualTypeOf<<Name extends ExportName>(name: Name) => NativeFunction<Name>>();
expectTypeOf<Library['decodeAnsi']>().toEqualTypeOf<(bytes: Uint8Array) => string>();

import { AsyncResource } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import { CallTrace, type NativeCallTrace, type Turn } from './call-trace.js';
import { type Done, type ExportName, type NativeFunction, nativeFunction } from './functions.js';
import { isLogged } from './trace-log.js';
import type { WindowsFunctionName } from './windows-functions.js';

const channel = tracingChannel<unknown, NativeCallTrace>('iscsidsc:call');

/** Whether native calls are traced: the channel has subscribers, or `NODE_DEBUG=iscsidsc` is set. */
export function isTraced(): boolean {
  return channel.hasSubscribers || isLogged;
}

/** The current async context, for the calls that will be made in its name; undefined if they are not traced. */
export function tracedCaller(): AsyncResource | undefined {
  return isTraced() ? new AsyncResource('iscsidsc') : undefined;
}

/** Returns the function itself, or one whose calls are traced. */
export function traced<Name extends ExportName>(
  name: Name,
  fn: NativeFunction<Name>,
  turn?: Turn,
): NativeFunction<Name> {
  if (!isTraced()) return fn;
  const native = fn as unknown as NativeFunction;
  return nativeFunction(
    args => runTraced(name, args, () => native(...args)),
    (args, done) => startTraced(name, args, turn, done, returned => native.async(...args, returned)),
  );
}

/** Makes a call on this thread, and traces it. */
export function runTraced(
  syscall: ExportName | WindowsFunctionName,
  args: readonly unknown[],
  call: () => number,
): number {
  const trace = new CallTrace(syscall, args);
  return channel.traceSync(() => {
    const returned = trace.begin();
    const status = failing(returned, call);
    returned(null, status);
    return status;
  }, trace.context);
}

/** Starts a call on another thread, and traces it. */
export function startTraced(
  syscall: ExportName | WindowsFunctionName,
  args: readonly unknown[],
  turn: Turn | undefined,
  done: Done,
  call: (done: Done) => void,
): void {
  const trace = new CallTrace(syscall, args, turn);
  const start = (tell: Done) => {
    const returned = trace.begin();
    failing(returned, () =>
      call((error, status) => {
        returned(error, status);
        inContextOf(turn, () => tell(error, status));
      }),
    );
  };
  inContextOf(turn, () => channel.traceCallback(start, 0, trace.context, undefined, done));
}

/** A call is usually started where another one returns: without this it would be traced as a part of that one. */
function inContextOf(turn: Turn | undefined, run: () => void): void {
  if (turn?.caller === undefined) run();
  else turn.caller.runInAsyncScope(run);
}

function failing<Result>(returned: Done, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    returned(error as Error, 0);
    throw error;
  }
}

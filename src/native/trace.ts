import { debuglog } from 'node:util';
import { type Done, type ExportName, type NativeFunction, nativeFunction, parametersOf } from './functions.js';
import { hexStatus, statusRow } from './status.js';
import type { WindowsFunctionName } from './windows-functions.js';

/** A number in memory that the caller and the callee share, such as a buffer's size. */
interface Size {
  readonly parameter: string;
  value(): number;
}

const log = debuglog('iscsidsc');
// NODE_DEBUG is read when the process starts.
const { enabled } = log;

/** Returns the function itself, or with `NODE_DEBUG=iscsidsc` one that logs when each call begins and when it returns. */
export function traced<Name extends ExportName>(name: Name, fn: NativeFunction<Name>): NativeFunction<Name> {
  if (!enabled) return fn;
  const native = fn as unknown as NativeFunction;
  return nativeFunction(
    args => {
      const tell = tellBegin(name, args);
      const status = failing(tell, () => native(...args));
      tell(null, status);
      return status;
    },
    (args, done) => {
      const tell = tellBegin(name, args);
      failing(tell, () =>
        native.async(...args, (error, status) => {
          tell(error, status);
          done(error, status);
        }),
      );
    },
  );
}

/** Logs that a call of another function of Windows begins, and returns the function that logs its end. */
export function traceBegin(name: WindowsFunctionName): Done {
  return enabled ? tellBegin(name, []) : () => {};
}

/** Logs an error that the call throws. */
export function failing<Result>(tell: Done, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    tell(error as Error, 0);
    throw error;
  }
}

/** Logs that the call begins, and returns the function that logs its end. */
function tellBegin(name: string, args: readonly unknown[]): Done {
  const sizes = sizesIn(name, args);
  const before = sizes.map(({ value }) => value());
  const start = performance.now();
  log('%s begins%s', name, listed(sizes, before));
  return (error, status) => {
    const ms = (performance.now() - start).toFixed(3);
    const [, statusName = ''] = statusRow(status) ?? [];
    const result = error ? `failed: ${error.message}` : `${hexStatus(status)} ${statusName}`.trimEnd();
    const changes = sizes.map(({ value }, index) => `${before[index]} -> ${value()}`);
    log('%s %s, %s ms%s', name, result, ms, listed(sizes, changes));
  };
}

function listed(sizes: readonly Size[], values: readonly (number | string)[]): string {
  return sizes.map(({ parameter }, index) => `, ${parameter} ${values[index]}`).join('');
}

/**
 * The sizes and counts that go in and come out. No other arguments are logged, because strings and buffers can
 * hold secrets.
 */
function sizesIn(name: string, args: readonly unknown[]): Size[] {
  return (parametersOf(name) ?? []).flatMap((declared, index) => {
    const [type, parameter = ''] = declared.split(' ');
    const memory = args[index];
    if (type !== 'PULONG' || parameter === 'Reserved') return [];
    if (!ArrayBuffer.isView(memory) || memory.byteLength < 4) return [];
    // Not one view for both times: memory of a raw call can have been transferred meanwhile.
    const value = () =>
      memory.byteLength < 4 ? Number.NaN : new DataView(memory.buffer, memory.byteOffset).getUint32(0, true);
    return [{ parameter, value }];
  });
}

import { debuglog } from 'node:util';
import { type ExportName, type NativeFunction, parametersOf } from './functions.js';
import { hexStatus, statusRow } from './status.js';

type Args = readonly unknown[];
type Done = (error: Error | null, status: number) => void;

const log = debuglog('iscsidsc');

/** The function itself, or with `NODE_DEBUG=iscsidsc` one that tells of each call. */
export function traced<Name extends ExportName>(name: Name, fn: NativeFunction<Name>): NativeFunction<Name> {
  if (!log.enabled) return fn;
  const native = fn as unknown as NativeFunction;
  const sync = (...args: Parameters<NativeFunction>): number => {
    const tell = began(name, args);
    try {
      const status = native(...args);
      tell(null, status);
      return status;
    } catch (error) {
      tell(error as Error, 0);
      throw error;
    }
  };
  const async = (...argsAndDone: [...Parameters<NativeFunction>, Done]): void => {
    const args = argsAndDone.slice(0, -1) as Parameters<NativeFunction>;
    const done = argsAndDone.at(-1) as Done;
    const tell = began(name, args);
    native.async(...args, (error, status) => {
      tell(error, status);
      done(error, status);
    });
  };
  return Object.assign(sync, { async }) as unknown as NativeFunction<Name>;
}

function began(name: ExportName, args: Args): Done {
  const sizes = sizesIn(name, args);
  const before = sizes.map(({ value }) => value());
  const start = performance.now();
  return (error, status) => {
    const ms = (performance.now() - start).toFixed(3);
    const changes = sizes.map(({ parameter, value }, index) => ` ${parameter} ${before[index]} -> ${value()}`);
    const [, statusName = ''] = statusRow(status) ?? [];
    const result = error ? `failed: ${error.message}` : `${hexStatus(status)} ${statusName}`.trimEnd();
    log('%s %s, %s ms%s', name, result, ms, changes.map(change => `,${change}`).join(''));
  };
}

/**
 * The sizes and counts that go in and come out. They are all that is told of the arguments: strings and buffers can
 * hold secrets.
 */
function sizesIn(name: ExportName, args: Args): { parameter: string; value: () => number }[] {
  return (parametersOf(name) ?? []).flatMap((declared, index) => {
    const [type, parameter = ''] = declared.split(' ');
    const memory = args[index];
    if (type !== 'PULONG' || !ArrayBuffer.isView(memory) || memory.byteLength < 4) return [];
    const view = new DataView(memory.buffer, memory.byteOffset);
    return [{ parameter, value: () => view.getUint32(0, true) }];
  });
}

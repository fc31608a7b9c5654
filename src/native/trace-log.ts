import { debuglog } from 'node:util';
import { numberIn } from './answer-size.js';
import { type Done, parametersOf } from './functions.js';
import { hexStatus, statusRow } from './status.js';

/** A number in memory that the caller and the callee share, such as a buffer's size. */
interface Size {
  readonly parameter: string;
  value(): number | undefined;
}

const log = debuglog('iscsidsc');

/** Whether `NODE_DEBUG=iscsidsc` is set. It is read when the process starts. */
export const { enabled: isLogged } = log;

/** Logs that a call begins, and returns the function that logs its end. */
export function logBegin(name: string, args: readonly unknown[]): Done {
  const sizes = sizesIn(name, args);
  const before = sizes.map(({ value }) => value());
  const start = performance.now();
  log('%s begins%s', name, listed(sizes, before));
  return (error, status) => {
    const ms = (performance.now() - start).toFixed(3);
    const [, statusName = ''] = statusRow(status) ?? [];
    const result = error ? `failed: ${error.message}` : `${hexStatus(status)} ${statusName}`.trimEnd();
    const changes = sizes.map(({ value }, index) => `${before[index]} -> ${value() ?? Number.NaN}`);
    log('%s %s, %s ms%s', name, result, ms, listed(sizes, changes));
  };
}

function listed(sizes: readonly Size[], values: readonly unknown[]): string {
  return sizes.map(({ parameter }, index) => `, ${parameter} ${values[index]}`).join('');
}

/**
 * The sizes and counts that go in and come out. No other arguments are logged, because strings and buffers can
 * hold secrets.
 */
function sizesIn(name: string, args: readonly unknown[]): Size[] {
  return (parametersOf(name) ?? []).flatMap((declared, index) => {
    const [type, parameter = ''] = declared.split(' ');
    if (type !== 'PULONG' || parameter === 'Reserved') return [];
    const value = () => numberIn(args[index]);
    return value() === undefined ? [] : [{ parameter, value }];
  });
}

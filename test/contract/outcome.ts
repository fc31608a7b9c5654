import assert from 'node:assert/strict';
import { withGuards } from './guards.js';

/** The error that a call ends with; a result in its place fails the test. */
export async function errorOf(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const result = await call.then(
    value => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in result) assert.fail(`expected an error, got ${JSON.stringify(result.value)?.slice(0, 200)}`);
  assert.ok(result.error instanceof Error);
  return result.error as Error & Record<string, unknown>;
}

/** The same, with guard bytes around the buffers. */
export async function guardedErrorOf(call: () => Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const errors: (Error & Record<string, unknown>)[] = [];
  await withGuards(async () => {
    errors.push(await errorOf(call()));
  });
  const [error] = errors;
  assert.ok(error);
  return error;
}

/** Checks what a call gives, with guard bytes around its buffers. */
export async function guardedEqual(call: () => Promise<unknown>, expected: unknown): Promise<void> {
  await withGuards(async () => {
    assert.deepEqual(await call(), expected);
  });
}

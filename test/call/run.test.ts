import { setImmediate as nextTurn } from 'node:timers/promises';
import { createSimulator } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/call/gate.js';
import { type NativeCall, type PausingProcedure, type Procedure, simpleCall } from '../../src/call/procedure.js';
import { runAsync, runSync } from '../../src/call/run.js';
import { errorOf } from '../contract/outcome.js';

// A procedure that holds a secret is what the package will have many of. Whatever ends it, its memory is wiped, and not
// before the native call has returned.

const SECRET = 'secret';
const WARNING = 0xafff002e;
const BUSY = 0xefff001f;

type Done = (error: Error | null, status: number) => void;

/** A native call that returns when the test says so, or fails to start. */
class ManualCall implements NativeCall {
  readonly library = createSimulator();
  readonly syscall = 'LogoutIScsiTarget';
  done: Done | undefined;
  answer: number | Error = 0;

  run(): number {
    if (this.answer instanceof Error) throw this.answer;
    return this.answer;
  }

  start(done: Done): void {
    if (this.answer instanceof Error) throw this.answer;
    this.done = done;
  }
}

const call = () => new ManualCall();

/** What a function with a secret does. `memory` is the secret, all zero when it was wiped. */
class SecretCall {
  readonly native = call();
  readonly memory = Buffer.from(SECRET);

  get wiped(): boolean {
    return this.memory.every(byte => byte === 0);
  }

  *once(): Procedure<string> {
    try {
      yield* simpleCall(this.native);
      return this.memory.toString();
    } finally {
      this.memory.fill(0);
    }
  }

  *withPause(pauseMs: number): PausingProcedure<string> {
    try {
      yield this.native;
      yield { pauseMs };
      return 'after the pause';
    } finally {
      this.memory.fill(0);
    }
  }
}

describe('the memory of a sync call is wiped', () => {
  it('when it has succeeded', () => {
    const secret = new SecretCall();
    expect(runSync(secret.once(), undefined)).toBe(SECRET);
    expect(secret.wiped).toBe(true);
  });

  it('when it has failed', () => {
    const secret = new SecretCall();
    secret.native.answer = BUSY;
    expect(() => runSync(secret.once(), undefined)).toThrow('ISDSC_SESSION_BUSY');
    expect(secret.wiped).toBe(true);
  });

  it('when the native call throws', () => {
    const secret = new SecretCall();
    secret.native.answer = new Error('not callable');
    expect(() => runSync(secret.once(), undefined)).toThrow('not callable');
    expect(secret.wiped).toBe(true);
  });

  it('when onWarning throws', () => {
    const secret = new SecretCall();
    secret.native.answer = WARNING;
    const onWarning = () => {
      throw new Error('no warnings');
    };
    expect(() => runSync(secret.once(), onWarning)).toThrow('no warnings');
    expect(secret.wiped).toBe(true);
  });
});

describe('the memory of an async call is wiped', () => {
  const started = () => {
    const secret = new SecretCall();
    const controller = new AbortController();
    const { signal } = controller;
    const result = runAsync(new Gate(), secret.once(), { signal }, undefined);
    return { secret, controller, result };
  };

  it('when it has succeeded', async () => {
    const { secret, result } = started();
    expect(secret.wiped).toBe(false);
    secret.native.done?.(null, 0);
    expect(await result).toBe(SECRET);
    expect(secret.wiped).toBe(true);
  });

  it('when it has failed', async () => {
    const { secret, result } = started();
    secret.native.done?.(null, BUSY);
    expect((await errorOf(result)).code).toBe('ISDSC_SESSION_BUSY');
    expect(secret.wiped).toBe(true);
  });

  it('when the native call throws, or cannot be started', async () => {
    const { secret, result } = started();
    secret.native.done?.(new Error('not callable'), 0);
    expect((await errorOf(result)).message).toBe('not callable');
    expect(secret.wiped).toBe(true);

    const refused = new SecretCall();
    refused.native.answer = new Error('not startable');
    expect((await errorOf(runAsync(new Gate(), refused.once(), {}, undefined))).message).toBe('not startable');
    expect(refused.wiped).toBe(true);
  });

  it('when onWarning throws', async () => {
    const secret = new SecretCall();
    const onWarning = () => {
      throw new Error('no warnings');
    };
    const result = runAsync(new Gate(), secret.once(), {}, onWarning);
    secret.native.done?.(null, WARNING);
    expect((await errorOf(result)).message).toBe('no warnings');
    expect(secret.wiped).toBe(true);
  });

  it('when onWarning aborts', async () => {
    const secret = new SecretCall();
    const controller = new AbortController();
    const { signal } = controller;
    const result = runAsync(new Gate(), secret.once(), { signal }, () => controller.abort());
    secret.native.done?.(null, WARNING);
    expect(await errorOf(result)).toMatchObject({ name: 'AbortError', pending: 'betweenAttempts' });
    expect(secret.wiped).toBe(true);
  });

  for (const late of [0, BUSY, WARNING, new Error('late')]) {
    it(`when the caller has stopped waiting: once the native call has returned, with ${late}`, async () => {
      const { secret, controller, result } = started();
      controller.abort();
      expect(await errorOf(result)).toMatchObject({ name: 'AbortError', pending: 'running' });
      await nextTurn();
      expect(secret.memory.toString()).toBe(SECRET);
      secret.native.done?.(late instanceof Error ? late : null, late instanceof Error ? 0 : late);
      expect(secret.wiped).toBe(true);
    });
  }

  it('when the caller has stopped waiting before the call was made: at once', async () => {
    const gate = new Gate();
    const before = Array.from({ length: 2 }, () => new SecretCall());
    const results = before.map(secret => runAsync(gate, secret.once(), {}, undefined));
    const secret = new SecretCall();
    const error = await errorOf(runAsync(gate, secret.once(), { timeoutMs: 1 }, undefined));
    expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'notStarted', syscall: 'LogoutIScsiTarget' });
    expect(error.message).toContain('Nothing was done.');
    expect(secret.wiped).toBe(true);
    for (const each of before) each.native.done?.(null, 0);
    await Promise.all(results);
    expect(secret.native.done).toBeUndefined();
  });

  it('when the caller has stopped waiting between two calls: at once', async () => {
    const secret = new SecretCall();
    const result = runAsync(new Gate(), secret.withPause(60_000), { timeoutMs: 20 }, undefined);
    secret.native.done?.(null, 0);
    expect(await errorOf(result)).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'betweenAttempts' });
    expect(secret.wiped).toBe(true);
  });
});

it('a procedure that is aborted by what it calls itself is closed, too', async () => {
  const controller = new AbortController();
  let closed = false;
  function* procedure(): Procedure<void> {
    try {
      // A library of the user's own can do so, when it is asked for a function.
      controller.abort();
      yield* simpleCall(call());
    } finally {
      closed = true;
    }
  }
  const result = runAsync(new Gate(), procedure(), { signal: controller.signal }, undefined);
  expect(await errorOf(result)).toMatchObject({ name: 'AbortError', pending: 'notStarted' });
  expect(closed).toBe(true);
});

import { setImmediate as tick } from 'node:timers/promises';
import { createSimulator } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/call/gate.js';
import type { NativeCall, PausingProcedure } from '../../src/call/procedure.js';
import { type Deadline, runAsync, runSync } from '../../src/call/run.js';
import { errorOf } from '../contract/outcome.js';

type Done = (error: Error | null, status: number) => void;
const WARNING = 0xafff002e;

/** A call that returns when the test says so. */
class ManualCall implements NativeCall {
  readonly library = createSimulator();
  readonly syscall = 'LogoutIScsiTarget';
  done: Done | undefined;

  run(): number {
    throw new Error('cannot be made');
  }

  start(done: Done): void {
    this.done = done;
  }
}

/** A procedure with memory to wipe, that makes these calls or pauses. */
class Wiping {
  wiped = false;
  readonly #steps: readonly (NativeCall | { pauseMs: number })[];

  constructor(...steps: readonly (NativeCall | { pauseMs: number })[]) {
    this.#steps = steps;
  }

  *procedure(): PausingProcedure<string> {
    try {
      for (const step of this.#steps) yield step;
      return 'done';
    } finally {
      this.wiped = true;
    }
  }

  run(deadline: Deadline, gate = new Gate({ quick: 1, slow: 1 }), onWarning?: () => void): Promise<string> {
    return runAsync(gate, this.procedure(), deadline, onWarning);
  }
}

describe('the finally of a procedure', () => {
  it('runs when the late call of an aborted one returns, and not before', async () => {
    const call = new ManualCall();
    const work = new Wiping(call);
    const controller = new AbortController();
    const result = work.run({ signal: controller.signal });
    controller.abort();
    expect(await errorOf(result)).toMatchObject({ code: 'ABORT_ERR', pending: 'running' });
    await tick();
    expect(work.wiped).toBe(false);
    call.done?.(null, 0);
    expect(work.wiped).toBe(true);
  });

  it('runs when the late call of one that timed out fails', async () => {
    const call = new ManualCall();
    const work = new Wiping(call, new ManualCall());
    expect(await errorOf(work.run({ timeoutMs: 1 }))).toMatchObject({ pending: 'running' });
    expect(work.wiped).toBe(false);
    call.done?.(new Error('late'), 0);
    expect(work.wiped).toBe(true);
  });

  it('runs at once when the call was never started, and it never starts', async () => {
    const gate = new Gate({ quick: 1, slow: 1 });
    const first = new ManualCall();
    const running = new Wiping(first).run({}, gate);
    const call = new ManualCall();
    const work = new Wiping(call);
    expect(await errorOf(work.run({ timeoutMs: 1 }, gate))).toMatchObject({
      code: 'ERR_ISCSIDSC_TIMEOUT',
      pending: 'notStarted',
      message: expect.stringContaining('No native call was made'),
    });
    expect(work.wiped).toBe(true);
    first.done?.(null, 0);
    expect(await running).toBe('done');
    expect(call.done).toBeUndefined();
  });

  it('runs at once in a pause between two attempts', async () => {
    const call = new ManualCall();
    const work = new Wiping(call, { pauseMs: 60_000 });
    const controller = new AbortController();
    const result = work.run({ signal: controller.signal });
    call.done?.(null, 0);
    controller.abort();
    expect(await errorOf(result)).toMatchObject({ pending: 'betweenAttempts' });
    expect(work.wiped).toBe(true);
  });

  it.each([
    ['the call cannot be started', () => Object.assign(new ManualCall(), { start: () => fail() })],
    ['the call fails', () => Object.assign(new ManualCall(), { start: (done: Done) => done(new Error('no'), 0) })],
  ])('runs when %s', async (_, make) => {
    const work = new Wiping(make());
    expect((await errorOf(work.run({}))).message).toBe('no');
    expect(work.wiped).toBe(true);
  });

  it('runs when onWarning throws, or aborts', async () => {
    const warns = () => Object.assign(new ManualCall(), { start: (done: Done) => done(null, WARNING) });
    const thrower = new Wiping(warns());
    expect((await errorOf(thrower.run({}, undefined, fail))).message).toBe('no');
    expect(thrower.wiped).toBe(true);

    const controller = new AbortController();
    const aborter = new Wiping(warns(), new ManualCall());
    const result = aborter.run({ signal: controller.signal }, undefined, () => controller.abort());
    expect(await errorOf(result)).toMatchObject({ code: 'ABORT_ERR', pending: 'betweenAttempts' });
    expect(aborter.wiped).toBe(true);
  });

  it('runs when the sync call throws', () => {
    const work = new Wiping(new ManualCall());
    expect(() => runSync(work.procedure() as Generator<NativeCall, string, number>, undefined)).toThrow(
      'cannot be made',
    );
    expect(work.wiped).toBe(true);
  });

  it('runs when the procedure itself aborts while it prepares a call', async () => {
    const controller = new AbortController();
    let wiped = false;
    function* procedure(): PausingProcedure<void> {
      try {
        controller.abort();
        yield new ManualCall();
      } finally {
        wiped = true;
      }
    }
    const result = runAsync(new Gate(), procedure(), { signal: controller.signal }, undefined);
    expect(await errorOf(result)).toMatchObject({ pending: 'notStarted' });
    expect(wiped).toBe(true);
  });
});

describe('a call', () => {
  it('that returns twice frees one place, and does not go on while the next call runs', async () => {
    const gate = new Gate({ quick: 1, slow: 1 });
    const [first, second] = [new ManualCall(), new ManualCall()];
    const work = new Wiping(first, second);
    const result = work.run({}, gate);
    first.done?.(null, 0);
    first.done?.(null, 0);
    expect(work.wiped).toBe(false);
    const waiting = new ManualCall();
    const other = new Wiping(waiting).run({}, gate);
    expect(waiting.done).toBeUndefined();
    second.done?.(null, 0);
    expect(await result).toBe('done');
    waiting.done?.(null, 0);
    expect(await other).toBe('done');
  });

  it('settles, and lets others go on, even if the signal cannot remove its listener', async () => {
    const gate = new Gate({ quick: 1, slow: 1 });
    const signal = Object.assign(new AbortController().signal, { removeEventListener: fail });
    const call = Object.assign(new ManualCall(), { start: (done: Done) => done(null, 0) });
    await new Wiping(call).run({ signal }, gate).catch(() => {});
    const later = Object.assign(new ManualCall(), { start: (done: Done) => done(null, 0) });
    expect(await new Wiping(later).run({}, gate)).toBe('done');
  });
});

function fail(): never {
  throw new Error('no');
}

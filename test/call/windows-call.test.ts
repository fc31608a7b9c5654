import { setImmediate as tick } from 'node:timers/promises';
import { isElevated, isElevatedSync, type Library } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { callAsync } from '../../src/api/call.js';
import { Gate } from '../../src/call/gate.js';
import type { Procedure } from '../../src/call/procedure.js';
import { runAsync, runSync } from '../../src/call/run.js';
import { resultOf, slowWindowsCall, windowsCall, withHandle } from '../../src/call/windows-call.js';
import { AnsweringWindows } from '../answering-windows.js';
import { errorOf } from '../contract/outcome.js';

const open = (library: Library) => windowsCall(library, 'CreateFileW', 'E:', 0, 7, null, 3, 0, 0n);
const ask = (library: Library, handle: bigint) =>
  windowsCall(library, 'DeviceIoControl', handle, 1, null, 0, null, 0, null, null);

/** Opens a device, asks it something, and closes it. */
function* asked(library: Library): Procedure<string> {
  return yield* withHandle(open(library), 'CloseHandle', function* (handle) {
    yield* resultOf(ask(library, handle));
    return 'answered';
  });
}

const run = (library: Library, signal?: AbortSignal) => callAsync({ library, signal }, () => asked(library));
const ALL = ['CreateFileW', 'DeviceIoControl', 'CloseHandle'];
const DENIED = () => ({ lastError: 5 });

describe('a handle', () => {
  it('is opened, used and closed, on this thread as on another', async () => {
    const library = new AnsweringWindows({});
    expect(await run(library)).toBe('answered');
    expect(runSync(asked(library), undefined)).toBe('answered');
    expect(library.calls).toEqual([...ALL, ...ALL]);
    expect(library.open.size).toBe(0);
  });

  it('is not closed if it could not be opened', async () => {
    const library = new AnsweringWindows({ CreateFileW: DENIED });
    expect(await errorOf(run(library))).toMatchObject({ code: 'ERROR_ACCESS_DENIED', syscall: 'CreateFileW' });
    expect(library.calls).toEqual(['CreateFileW']);
  });

  it('is closed if what it was opened for fails, and the error is that one', async () => {
    const failures = [DENIED, () => ({ lastError: 0 }), thrown('broken')];
    for (const DeviceIoControl of failures) {
      const library = new AnsweringWindows({ DeviceIoControl });
      const [one, other] = [await errorOf(run(library)), errorOfSync(() => runSync(asked(library), undefined))];
      expect(one).toEqual(other);
      expect(String(one)).toMatch(/broken|ERROR_ACCESS_DENIED|ERROR_GEN_FAILURE/);
      expect(library.open.size).toBe(0);
    }
  });

  it('that cannot be closed is an error, but not in place of another', async () => {
    for (const CloseHandle of [() => ({ lastError: 6 }), thrown('not closed')]) {
      const library = new AnsweringWindows({ CloseHandle });
      expect(String(await errorOf(run(library)))).toMatch(/ERROR_INVALID_HANDLE.*CloseHandle|not closed/);
      const both = new AnsweringWindows({ CloseHandle, DeviceIoControl: DENIED });
      expect(await errorOf(run(both))).toMatchObject({ code: 'ERROR_ACCESS_DENIED', syscall: 'DeviceIoControl' });
      expect(both.calls).toEqual(ALL);
    }
  });

  it.each(ALL as ('CreateFileW' | 'DeviceIoControl' | 'CloseHandle')[])(
    'is closed once if the caller stops waiting while %s runs, and not before that has returned',
    async name => {
      const library = new AnsweringWindows({});
      library.holds.add(name);
      const controller = new AbortController();
      const result = run(library, controller.signal);
      while (library.held.length === 0) await tick();
      const before = [...library.calls];
      controller.abort();
      expect(await errorOf(result)).toMatchObject({ code: 'ABORT_ERR', pending: 'running' });
      await tick();
      expect(library.calls).toEqual(before);
      library.held[0]?.answer();
      await tick();
      expect(library.calls.filter(call => call === 'CloseHandle')).toHaveLength(1);
      expect(library.open.size).toBe(0);
    },
  );

  it('is closed if the caller stops waiting while the call that closes it waits for its turn', async () => {
    const library = new AnsweringWindows({});
    const gate = new Gate({ quick: 1, slow: 1 });
    library.holds.add('DeviceIoControl');
    const controller = new AbortController();
    const result = runAsync(gate, asked(library), { signal: controller.signal }, undefined);
    while (library.held.length === 0) await tick();
    const [asking] = library.held;
    library.holds.add('CreateFileW');
    // It is the next one: the call that closes comes after it.
    const another = runAsync(gate, resultOf(open(library)), {}, undefined);
    asking?.answer();
    controller.abort();
    expect(await errorOf(result)).toMatchObject({ code: 'ABORT_ERR', pending: 'betweenAttempts' });
    await tick();
    expect(library.calls).toEqual(['CreateFileW', 'DeviceIoControl', 'CreateFileW', 'CloseHandle']);
    expect(library.open.size).toBe(0);
    library.held[1]?.answer();
    expect(library.open).toEqual(new Set([await another]));
  });

  it('is none if opening fails late, or the library does', async () => {
    for (const failure of [undefined, new Error('broken')]) {
      const library = new AnsweringWindows({ CreateFileW: DENIED });
      library.holds.add('CreateFileW');
      const controller = new AbortController();
      const result = run(library, controller.signal);
      controller.abort();
      await errorOf(result);
      library.held[0]?.answer(failure);
      await tick();
      expect(library.calls).toEqual(['CreateFileW']);
    }
  });

  it('that comes late does no harm if it cannot be closed', async () => {
    const library = new AnsweringWindows({ CloseHandle: thrown('not closed') });
    library.holds.add('CreateFileW').add('CloseHandle');
    const controller = new AbortController();
    const result = run(library, controller.signal);
    controller.abort();
    await errorOf(result);
    library.held[0]?.answer();
    expect(library.held).toHaveLength(2);
    library.held[1]?.answer(new Error('not closed'));
    await tick();
  });
});

describe('a function of Windows', () => {
  it('is missing in a library without such', async () => {
    const { func, decodeAnsi, encodeAnsi } = createSimulator();
    const library = { name: 'bare', func, decodeAnsi, encodeAnsi } as Library;
    const refusal = { code: 'ERR_ISCSIDSC_MISSING_EXPORT', syscall: 'IsUserAnAdmin' };
    await expect(isElevated({ library })).rejects.toMatchObject(refusal);
    expect(() => isElevatedSync({ library })).toThrow(expect.objectContaining(refusal));
    await expect(isElevated({ library: { ...library, windowsFunc: 1 } as never })).rejects.toMatchObject({
      code: 'ERR_ISCSIDSC_INVALID_ARGUMENT',
    });
  });

  it('that fails with an unknown error is not taken for the initiator', async () => {
    const library = new AnsweringWindows({ CreateFileW: () => ({ lastError: 4390 }) });
    expect(await errorOf(run(library))).toMatchObject({
      code: 'ERR_ISCSIDSC_UNKNOWN_STATUS',
      errno: 4390,
      message: expect.stringMatching(/^Windows reported an unknown error \(CreateFileW, 0x00001126\)\./),
    });
  });

  it('of a simulator that is disposed of meanwhile rejects', async () => {
    const library = createSimulator();
    const result = isElevated({ library });
    library.dispose();
    await expect(result).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_DISPOSED' });
  });

  it('that can wait for a disk has a lane of its own', async () => {
    const library = new AnsweringWindows({});
    library.holds.add('DeviceIoControl');
    const gate = new Gate({ quick: 1, slow: 1 });
    const lock = slowWindowsCall(library, 'DeviceIoControl', 4n, 1, null, 0, null, 0, null, null);
    const slow = runAsync(gate, resultOf(lock), {}, undefined);
    expect(await runAsync(gate, resultOf(windowsCall(library, 'IsUserAnAdmin')), {}, undefined)).toBe(1n);
    library.held[0]?.answer();
    await slow;
  });
});

function thrown(message: string): () => never {
  return () => {
    throw new Error(message);
  };
}

function errorOfSync(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

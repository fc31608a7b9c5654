import { setTimeout as sleep } from 'node:timers/promises';
import { getIScsiSessionList, type Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../contract/outcome.js';

type Done = (error: Error | null, status: number) => void;

/** A library whose calls return when the test says so, and which can refuse to start them. */
class ManualLibrary implements Library {
  readonly name = 'manual';
  readonly started: Done[] = [];
  refusal: Error | undefined;

  func<Name extends ExportName>(_name: Name): NativeFunction<Name> {
    const async = (_size: unknown, count: Uint32Array, _buffer: unknown, done: Done) => {
      if (this.refusal) throw this.refusal;
      count[0] = 0;
      this.started.push(done);
    };
    return Object.assign(() => 0, { async }) as unknown as NativeFunction<Name>;
  }

  decodeAnsi(): string {
    return '';
  }

  encodeAnsi(): Uint8Array {
    return new Uint8Array();
  }
}

describe('calls of one library at the same time', () => {
  it('start in their order, as soon as one of the two before has returned', async () => {
    const library = new ManualLibrary();
    const lists = Array.from({ length: 5 }, () => getIScsiSessionList({ library }));
    expect(library.started).toHaveLength(2);
    for (const [returns, started] of [
      [1, 3],
      [2, 4],
      [0, 5],
      [4, 5],
      [3, 5],
    ] as const) {
      library.started[returns]?.(null, 0);
      expect(library.started).toHaveLength(started);
      expect(await lists[returns]).toEqual([]);
    }
  });

  it('of another library do not wait for them', async () => {
    const [busy, free] = [new ManualLibrary(), new ManualLibrary()];
    const lists = [1, 2, 3].map(() => getIScsiSessionList({ library: busy }));
    const list = getIScsiSessionList({ library: free });
    free.started[0]?.(null, 0);
    expect(await list).toEqual([]);
    while (busy.started.length > 0) busy.started.shift()?.(null, 0);
    await Promise.all(lists);
  });

  it('go on after one that failed, or could not be started', async () => {
    const library = new ManualLibrary();
    const first = getIScsiSessionList({ library });
    const second = getIScsiSessionList({ library });
    const third = getIScsiSessionList({ library });
    library.started[0]?.(new Error('broken'), 0);
    expect((await errorOf(first)).message).toBe('broken');
    library.started[1]?.(null, 5);
    expect((await errorOf(second)).code).toBe('ERROR_ACCESS_DENIED');
    library.started[2]?.(null, 0);
    expect(await third).toEqual([]);

    library.refusal = new Error('no');
    expect((await errorOf(getIScsiSessionList({ library }))).message).toBe('no');
    library.refusal = undefined;
    const last = getIScsiSessionList({ library });
    library.started[3]?.(null, 0);
    expect(await last).toEqual([]);
  });

  it('can all fail at once, however many wait', async () => {
    const library = new ManualLibrary();
    const lists = Array.from({ length: 5000 }, () => getIScsiSessionList({ library }));
    const all = Promise.allSettled(lists);
    library.refusal = new Error('no more');
    library.started[0]?.(null, 0);
    library.started[1]?.(null, 0);
    const failed = (await all).filter(list => list.status === 'rejected' && list.reason === library.refusal);
    expect(failed).toHaveLength(4998);
  });

  it('free their place when they return late, after they were abandoned', async () => {
    const library = new ManualLibrary();
    const controller = new AbortController();
    const given = [1, 2].map(() => getIScsiSessionList({ library, signal: controller.signal }));
    const waiting = getIScsiSessionList({ library });
    controller.abort();
    for (const list of given) expect((await errorOf(list)).name).toBe('AbortError');
    // The two still run: Windows has no way to stop them.
    expect(library.started).toHaveLength(2);
    library.started[0]?.(null, 0);
    expect(library.started).toHaveLength(3);
    library.started[2]?.(null, 0);
    expect(await waiting).toEqual([]);
    library.started[1]?.(null, 0xefff003e);
  });

  it('that were abandoned do nothing more when their buffer was too small', async () => {
    const library = new ManualLibrary();
    await errorOf(getIScsiSessionList({ library, timeoutMs: 1 }));
    library.started[0]?.(null, 122);
    await sleep(5);
    expect(library.started).toHaveLength(1);
  });

  it('that were given up while they wait for their next attempt are not made again', async () => {
    const library = new ManualLibrary();
    const controller = new AbortController();
    const list = getIScsiSessionList({ library, signal: controller.signal });
    const others = [1, 2].map(() => getIScsiSessionList({ library }));
    // The buffer was too small: the place goes to the one that waits.
    library.started[0]?.(null, 122);
    expect(library.started).toHaveLength(3);
    controller.abort();
    expect(await errorOf(list)).toMatchObject({ code: 'ABORT_ERR', pending: 'betweenAttempts' });
    for (const done of library.started.slice(1)) done(null, 0);
    await Promise.all(others);
    expect(library.started).toHaveLength(3);
  });

  it('leave the process free to end: nothing waits but the calls themselves', async () => {
    const library = new ManualLibrary();
    const before = process.getActiveResourcesInfo().length;
    const list = getIScsiSessionList({ library, timeoutMs: 60_000 });
    library.started[0]?.(null, 0);
    await list;
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before);
  });
});

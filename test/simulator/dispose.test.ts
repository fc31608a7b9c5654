import { setTimeout as sleep } from 'node:timers/promises';
import { getIScsiSessionList, getIScsiSessionListSync, isElevated } from 'iscsidsc';
import { bind } from 'iscsidsc/raw';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import koffi from 'koffi';
import { beforeEach, describe, expect, it } from 'vitest';

const DISPOSED = {
  name: 'IscsidscError',
  code: 'ERR_ISCSIDSC_DISPOSED',
  message: 'This simulator has been disposed of.',
};

/** Native function pointers in use. Koffi has room for 8,192 of them in a process. */
const pointers = () => koffi.stats().callbacks;
let before = 0;
beforeEach(() => {
  before = pointers();
});

describe('a simulator that is disposed of', () => {
  it('releases its function pointers', () => {
    const library = createSimulator();
    expect(pointers()).toBe(before);
    getIScsiSessionListSync({ library });
    expect(pointers()).toBe(before + 1);
    getIScsiSessionListSync({ library, charset: 'ansi' });
    getIScsiSessionListSync({ library, charset: 'ansi' });
    expect(pointers()).toBe(before + 2);
    library.dispose();
    expect(pointers()).toBe(before);
  });

  it('answers no call any more, sync, async or raw', async () => {
    const library = createSimulator();
    const { GetIScsiSessionListW } = bind(library);
    getIScsiSessionListSync({ library });
    library.dispose();
    for (const charset of ['unicode', 'ansi'] as const) {
      expect(() => getIScsiSessionListSync({ library, charset })).toThrow(expect.objectContaining(DISPOSED));
      await expect(getIScsiSessionList({ library, charset })).rejects.toMatchObject(DISPOSED);
    }
    const [size, count] = [new Uint32Array(1), new Uint32Array(1)];
    expect(() => GetIScsiSessionListW(size, count, null)).toThrow(expect.objectContaining(DISPOSED));
    expect(() => GetIScsiSessionListW.async(size, count, null, () => {})).toThrow(expect.objectContaining(DISPOSED));
    expect(pointers()).toBe(before);
  });

  it('can be disposed of twice, and without having been called', () => {
    const library = createSimulator();
    library.dispose();
    library.dispose();
    expect(pointers()).toBe(before);
  });

  it('is so at the end of a block with `using`', () => {
    const library = createSimulator();
    getIScsiSessionListSync({ library });
    library[Symbol.dispose]();
    expect(() => getIScsiSessionListSync({ library })).toThrow(expect.objectContaining(DISPOSED));
    expect(pointers()).toBe(before);
  });

  it.each([0, 30])('lets a call on its way come to its end first (delay %d ms)', async delayMs => {
    const library = createSimulator({ behaviour: { delayMs } });
    const list = getIScsiSessionList({ library });
    library.dispose();
    expect(await list).toEqual(library.sessions);
    expect(pointers()).toBe(before);
  });

  it('rejects a call of another function of Windows that is on its way', async () => {
    for (const delayMs of [0, 10]) {
      const library = createSimulator({ behaviour: { delayMs } });
      const elevated = isElevated({ library });
      library.dispose();
      await expect(elevated).rejects.toMatchObject(DISPOSED);
    }
  });

  it('ends a list that would have needed a further call', async () => {
    const library = createSimulator({ sessions: exampleSessions(1000), behaviour: { delayMs: 10 } });
    const list = getIScsiSessionList({ library });
    library.dispose();
    await expect(list).rejects.toMatchObject(DISPOSED);
    expect(pointers()).toBe(before);
  });

  it('leaves no pointer behind when a call has been given up', async () => {
    const library = createSimulator({ behaviour: { delayMs: 30 } });
    await expect(getIScsiSessionList({ library, timeoutMs: 1 })).rejects.toMatchObject({
      code: 'ERR_ISCSIDSC_TIMEOUT',
    });
    library.dispose();
    while (pointers() > before) await sleep(10);
  });

  it('leaves no pointer behind when Koffi has refused the arguments of a call', async () => {
    for (const delayMs of [0, 1]) {
      const library = createSimulator({ behaviour: { delayMs } });
      const call = bind(library).GetIScsiSessionListW.async as unknown as (...args: unknown[]) => void;
      const error = await new Promise(resolve => {
        try {
          call('text', {}, 0, resolve);
        } catch (error) {
          resolve(error);
        }
      });
      expect(error).toBeInstanceOf(Error);
      library.dispose();
      expect(pointers()).toBe(before);
    }
  });

  it('rejects all the calls that wait, however many', async () => {
    const library = createSimulator({ behaviour: { delayMs: 10 } });
    const lists = Promise.allSettled(Array.from({ length: 5000 }, () => getIScsiSessionList({ library })));
    library.dispose();
    const codes = (await lists).map(list => (list.status === 'rejected' ? list.reason.code : 'listed'));
    expect(codes.filter(code => code === 'listed')).toHaveLength(2);
    expect(codes.filter(code => code === 'ERR_ISCSIDSC_DISPOSED')).toHaveLength(4998);
    expect(pointers()).toBe(before);
  });

  it('makes room for others: more simulators than Koffi has pointers', () => {
    for (let index = 0; index < 9000; index++) {
      const library = createSimulator({ sessions: [] });
      expect(getIScsiSessionListSync({ library })).toEqual([]);
      library.dispose();
    }
    expect(pointers()).toBe(before);
  });
});

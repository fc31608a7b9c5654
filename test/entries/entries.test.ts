import { describe, expect, it } from 'vitest';
import { run } from './program.js';

const QUIET = { status: 0, signal: null, stderr: '' };

describe('the built entries', () => {
  it.skipIf(process.platform === 'win32')('are imported without loading a DLL', async () => {
    const ended = await run('imports');
    expect(ended).toMatchObject(QUIET);
    expect(JSON.parse(ended.stdout)).toEqual({
      entries: {
        iscsidsc: 'the same in both forms',
        'iscsidsc/raw': 'the same in both forms',
        'iscsidsc/simulator': 'the same in both forms',
        'iscsidsc/package.json': expect.stringMatching(/^\d+\.\d+\.\d+$/),
      },
      atImport: [],
      atCall: [],
      code: 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM',
    });
  });

  it('load no DLL before the first call where it is Windows, and kernel32.dll first of all', async () => {
    const ended = await run('imports', '--as-windows');
    expect(ended).toMatchObject(QUIET);
    const { atImport, atCall } = JSON.parse(ended.stdout);
    expect(atImport).toEqual([]);
    expect(atCall[0]).toBe('kernel32.dll');
  });

  it('work as ESM and CommonJS together in one process', async () => {
    expect(await run('both-copies')).toEqual({ ...QUIET, stdout: '80 lists, two copies' });
  });

  it('work in several worker threads at once', async () => {
    expect(await run('workers')).toEqual({ ...QUIET, stdout: 'all whole' });
  });
});

describe('a process in which calls run', () => {
  const LEFT = { status: 7, signal: null, stdout: '', stderr: '' };
  const ways = ['exit', 'exit-later', 'dispose', 'throw', 'end', 'terminate-worker'];
  it.each(
    ways.flatMap(way => [
      [way, '0'],
      [way, '30'],
    ]),
  )('ends as it wants: %s, with a delay of %s ms', async (...args) => {
    expect(await run('leaving', ...args)).toEqual(LEFT);
  });
});

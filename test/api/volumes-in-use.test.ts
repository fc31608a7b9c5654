import fc from 'fast-check';
import type { IscsidscError } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { callSync } from '../../src/api/call.js';
import type { ListedVolume } from '../../src/api/volumes/volume.js';
import { volumesInUse } from '../../src/api/volumes/volumes-in-use.js';
import { AnsweringWindows, TRUE, type WindowsAnswer, type WindowsAnswerTable } from '../answering-windows.js';
import { control, FIRST_VOLUME, fails, OTHER_VOLUME } from './device-control.js';

const LOCK = 0x90018;
const UNLOCK = 0x9001c;

describe('a volume in use', () => {
  const volumes = [{ name: FIRST_VOLUME }, { name: OTHER_VOLUME }];
  const found = (library: AnsweringWindows) => callSync({ library }, checked => volumesInUse(checked, volumes));
  const inUse = (answers: WindowsAnswerTable) => {
    const library = new AnsweringWindows(answers);
    const names = found(library).map(({ name }) => name);
    expect(library.open.size).toBe(0);
    return names;
  };

  it('cannot be locked; another is locked and unlocked', () => {
    const codes: number[] = [];
    const DeviceIoControl: WindowsAnswer = (handle: bigint, code: number) => {
      codes.push(code);
      return handle === 4n ? { lastError: 5 } : TRUE;
    };
    expect(inUse({ DeviceIoControl })).toEqual([FIRST_VOLUME]);
    expect(codes).toEqual([LOCK, LOCK, UNLOCK]);
    expect(inUse({ DeviceIoControl: control({ [LOCK]: fails(32) }) })).toEqual([FIRST_VOLUME, OTHER_VOLUME]);
    expect(inUse({})).toEqual([]);
  });

  it('can be one that another program has for itself', () => {
    expect(inUse({ CreateFileW: fails(32) })).toEqual([FIRST_VOLUME, OTHER_VOLUME]);
    expect(inUse({ CreateFileW: fails(5) })).toEqual([FIRST_VOLUME, OTHER_VOLUME]);
  });

  it('is told apart from one that the program has no right to open', () => {
    const library = new AnsweringWindows({ CreateFileW: fails(5), IsUserAnAdmin: () => ({ value: 0n }) });
    expect(() => found(library)).toThrow(
      expect.objectContaining({ code: 'ERROR_ACCESS_DENIED', syscall: 'CreateFileW' }),
    );
  });

  it('is none that has gone', () => {
    for (const lastError of [2, 3]) expect(inUse({ CreateFileW: fails(lastError) })).toEqual([]);
  });

  it('can be on a disk that can be read only', () => {
    const CreateFileW: WindowsAnswer = (_: string, access: number) =>
      access === 0xc0000000 ? { lastError: 19 } : library.opened();
    const library = new AnsweringWindows({ CreateFileW, DeviceIoControl: control({ [LOCK]: fails(5) }) });
    expect(found(library)).toEqual(volumes);
    expect(library.open.size).toBe(0);
  });

  it('is not guessed at if another error comes', () => {
    for (const answers of [
      { CreateFileW: fails(21) },
      { DeviceIoControl: control({ [LOCK]: fails(1117) }) },
      { DeviceIoControl: control({ [UNLOCK]: fails(5) }) },
    ]) {
      const library = new AnsweringWindows(answers);
      expect(() => found(library)).toThrow(expect.objectContaining({ name: 'StatusError' }));
      expect(library.open.size).toBe(0);
    }
  });

  it('is looked for as any of these answers, and every handle is closed', () => {
    const answer = fc.constantFrom<ReturnType<WindowsAnswer>>(
      TRUE,
      ...[1, 2, 5, 19, 21, 32, 1117].map(lastError => ({ lastError })),
    );
    const handle = fc.constantFrom<number | null>(null, 2, 5, 19, 32, 21);
    fc.assert(
      fc.property(fc.infiniteStream(handle), fc.infiniteStream(answer), fc.boolean(), (opens, answers, elevated) => {
        const library: AnsweringWindows = new AnsweringWindows({
          CreateFileW: () => {
            const lastError = opens.next().value;
            return lastError === null ? library.opened() : { lastError };
          },
          DeviceIoControl: () => answers.next().value,
          IsUserAnAdmin: () => ({ value: elevated ? 1n : 0n }),
        });
        let names: readonly Pick<ListedVolume, 'name'>[] = [];
        try {
          names = found(library);
        } catch (error) {
          expect((error as IscsidscError).errno).toBeGreaterThan(0);
        }
        expect(volumes).toEqual(expect.arrayContaining([...names]));
        expect(library.open.size).toBe(0);
      }),
    );
  });
});

import fc from 'fast-check';
import { getIScsiSessionListSync, removeIScsiStaticTarget } from 'iscsidsc';
import { bind, structs } from 'iscsidsc/raw';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import { ansiText, wideText } from '../fuzz/text.js';

/** The name as it comes by the A form, and its bytes. */
function throughAnsi(codePage: number, text: string): { text: string | null; bytes: string } {
  const sessions = exampleSessions(1).map(session => ({ ...session, targetName: text }));
  const library = createSimulator({ codePage, sessions });
  try {
    const [session] = getIScsiSessionListSync({ library, charset: 'ansi' });
    return { text: session?.targetName ?? null, bytes: bytesOfTargetName(library) };
  } finally {
    library.dispose();
  }
}

function bytesOfTargetName(library: Parameters<typeof bind>[0]): string {
  const buffer = Buffer.alloc(4096);
  const [size, count] = [Uint32Array.of(buffer.length), new Uint32Array(1)];
  expect(bind(library).GetIScsiSessionListA(size, count, buffer)).toBe(0);
  const { offset = Number.NaN } = structs.ISCSI_SESSION_INFOA.members?.TargetName ?? {};
  const pointer = koffi.sizeof('void *') === 8 ? buffer.readBigUInt64LE(offset) : BigInt(buffer.readUInt32LE(offset));
  const start = Number(pointer - BigInt(koffi.address(buffer)));
  return buffer.toString('hex', start, buffer.indexOf(0, start));
}

describe('a code page', () => {
  it.each([
    [1252, 'größe', '6772f6df65'],
    [1252, '€', '80'],
    [1252, '\x81Ÿ', '819f'],
    [932, '日本', '93fa967b'],
    // Its second byte is a backslash.
    [932, '表', '955c'],
    [932, 'ｱ', 'b1'],
    [1251, 'диск', 'e4e8f1ea'],
    [936, '磁盘', 'b4c5c5cc'],
    [949, '디스크', 'b5f0bdbac5a9'],
    [950, '磁碟', 'bacfbad0'],
    [65001, 'ö😀', 'c3b6f09f9880'],
  ])('%d has %s', (codePage, text, bytes) => {
    expect(throughAnsi(codePage, text)).toEqual({ text, bytes });
  });

  it.each([
    [1252, '日本', '??'],
    [1252, 'a日b', 'a?b'],
    [1252, '😀', '?'],
    [1252, 'a\ud800b', 'a?b'],
    [932, 'größe', 'gr??e'],
    [932, '😀', '?'],
    [1251, 'ß', '?'],
  ])('%d does not hold all of %s: what it does not becomes a question mark', (codePage, text, expected) => {
    expect(throughAnsi(codePage, text).text).toBe(expected);
  });

  it('UTF-8 has no lone surrogates: they become U+FFFD, as on Windows', () => {
    expect(throughAnsi(65001, 'a\ud800b')).toEqual({ text: 'a\ufffdb', bytes: '61efbfbd62' });
  });

  it('keeps a byte-order mark', () => {
    expect(throughAnsi(65001, '\ufeffa')).toEqual({ text: '\ufeffa', bytes: 'efbbbf61' });
  });

  it('does not touch the W form', () => {
    const sessions = exampleSessions(1, { name: '日本😀\ud800' });
    const library = createSimulator({ codePage: 1252, sessions });
    expect(getIScsiSessionListSync({ library })).toEqual(sessions);
    library.dispose();
  });
});

describe('the length of a name for the A form', () => {
  it.each([
    [1252, 'é', 223],
    [65001, 'é', 111],
    [65001, '日', 74],
    [932, '日', 111],
  ])('is that of its bytes: in code page %d, %s fits %d times', async (codePage, character, most) => {
    using library = createSimulator({ codePage });
    const remove = (times: number) => removeIScsiStaticTarget(character.repeat(times), { library, charset: 'ansi' });
    await expect(remove(most)).rejects.toMatchObject({ code: 'ISDSC_TARGET_NOT_FOUND' });
    await expect(remove(most + 1)).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
  });
});

describe('encodeAnsi of a simulator', () => {
  it.each([1252, 932, 936, 1251, 65001])('encodes any text that code page %i holds, and refuses the rest', codePage => {
    using simulator = createSimulator({ codePage });
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(ansiText(codePage), wideText(), fc.constant('half \ud83d')), text => {
        try {
          expect(simulator.decodeAnsi(simulator.encodeAnsi(text))).toBe(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
          refused++;
        }
      }),
    );
    expect(refused).toBeGreaterThan(0);
    expect(simulator.encodeAnsi('iqn.2003-01.org.example:disk-0')).toHaveLength(30);
  });
});

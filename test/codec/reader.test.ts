import { getIScsiSessionListSync, type SessionInfo } from 'iscsidsc';
import { structs } from 'iscsidsc/raw';
import { describe, expect, it } from 'vitest';
import { withGuards } from '../contract/guards.js';
import { assertSessions } from '../fuzz/shape.js';
import { type Fill, MadeLibrary, type Page } from './made-library.js';

const SESSION = structs.ISCSI_SESSION_INFOW.size;
const CONNECTION = structs.ISCSI_CONNECTION_INFOW.size;
const OVERLAP = { code: 'ERR_ISCSIDSC_MALFORMED_REPLY', message: expect.stringContaining('the strings overlap') };
const STRUCT_ARRAY_FULL = /do not fit into the/;

for (const charset of ['unicode', 'ansi'] as const) {
  const unit = charset === 'unicode' ? 2 : 1;
  const write = (page: Page, offset: number, text: string) =>
    charset === 'unicode' ? page.wide(offset, text) : page.ansi(offset, text);

  const read = async (fill: Fill, size?: number): Promise<SessionInfo[]> => {
    let sessions: SessionInfo[] = [];
    await withGuards(() => {
      sessions = getIScsiSessionListSync({ library: new MadeLibrary(fill, size), charset });
    });
    assertSessions(sessions);
    return sessions;
  };
  const refuses = async (fill: Fill, member: string, message: RegExp, size?: number) => {
    const error = await read(fill, size).catch(error => error);
    expect(error).toMatchObject({
      code: 'ERR_ISCSIDSC_MALFORMED_REPLY',
      member,
      message: expect.stringMatching(message),
    });
  };

  describe(`a reply to the ${charset} form`, () => {
    it('can have a session with an id and nothing else', async () => {
      expect(await read(() => 1)).toEqual([
        {
          sessionId: '1-0',
          initiatorName: null,
          targetNodeName: null,
          targetName: null,
          isid: '000000000000',
          tsid: '0000',
          connections: [],
        },
      ]);
    });

    it('cannot have a session with neither an id nor a name', async () => {
      const untouched: Fill = page => ({ count: 1, size: page.length, bare: true });
      await refuses(untouched, 'SessionInfo.SessionId', /neither an id nor a name/);
    });

    it('can have a pointer to connections where there are none', async () => {
      const [session] = await read(page => {
        page.session(0, { ConnectionCount: 0, Connections: -1 });
        return 1;
      });
      expect(session?.connections).toEqual([]);
    });

    it('can fill its buffer to the last byte with structs', async () => {
      expect(await read(() => 3, 3 * SESSION)).toHaveLength(3);
      await refuses(() => 4, 'SessionCount', STRUCT_ARRAY_FULL, 4 * SESSION - 1);
    });

    it('can have sessions that share one string by pointer, in turns too', async () => {
      const sessions = await read(page => {
        for (let index = 0; index < 100; index++) {
          page.session(index, { InitiatorName: 9000, TargetNodeName: 9100, TargetName: index % 2 ? 9000 : 9100 });
        }
        write(page, 9000, 'one');
        write(page, 9100, 'two');
        return 100;
      });
      for (const [index, { initiatorName, targetNodeName, targetName }] of sessions.entries()) {
        expect([initiatorName, targetNodeName, targetName]).toEqual(['one', 'two', index % 2 ? 'one' : 'two']);
      }
    });

    it('can have a string inside another, at its end', async () => {
      const [session] = await read(page => {
        page.session(0, { InitiatorName: 1000, TargetNodeName: 1000 + 2 * unit, TargetName: 1000 + 6 * unit });
        write(page, 1000, 'abcdef');
        return 1;
      });
      expect([session?.initiatorName, session?.targetNodeName, session?.targetName]).toEqual(['abcdef', 'cdef', '']);
    });

    it('can have a string that begins as the one before it and goes on', async () => {
      const texts = ['ab', 'abc', 'a', 'ab', '', 'b', 'abcde', 'abcdf', 'abcd\x01', 'abcd'];
      const sessions = await read(page => {
        for (const [index, text] of texts.entries()) {
          const offset = 1000 + 32 * index;
          page.session(index, { InitiatorName: offset, TargetNodeName: offset, TargetName: offset });
          write(page, offset, text);
        }
        return texts.length;
      });
      expect(sessions.map(({ initiatorName }) => initiatorName)).toEqual(texts);
      expect(sessions.map(({ targetNodeName }) => targetNodeName)).toEqual(texts);
      expect(sessions.map(({ targetName }) => targetName)).toEqual(texts);
    });

    it('can have a string whose terminator is the last of the buffer', async () => {
      const text = 'at the very end';
      for (const size of [1000, 1001, 2048, 2049, 4096, 4097]) {
        const offset = size - (text.length + 1) * unit;
        const fill: Fill = page => {
          page.session(0, { TargetName: offset });
          write(page, offset, text);
          return 1;
        };
        expect((await read(fill, size))[0]?.targetName).toBe(text);
      }
    });

    it('can have an empty string at the last place where one fits, and none behind it', async () => {
      const fill =
        (fromEnd: number): Fill =>
        page => {
          page.session(0, { TargetName: page.length - fromEnd });
          return 1;
        };
      expect((await read(fill(unit)))[0]?.targetName).toBe('');
      // Half a UTF-16 unit is no terminator.
      if (unit === 2) await refuses(fill(1), 'SessionInfo.TargetName', /does not end inside the buffer/);
      await refuses(fill(0), 'SessionInfo.TargetName', /leads to where/);
    });

    it('cannot have a string without an end, whatever stands behind the buffer', async () => {
      for (const size of [1000, 1001, 2048, 2049, 4096]) {
        const fill: Fill = page => {
          page.session(0, { TargetName: size - 10 });
          page.bytes.fill('x', size - 10);
          return 1;
        };
        await refuses(fill, 'SessionInfo.TargetName', /does not end inside the buffer/, size);
      }
    });

    it('can have strings at every address, on and across any border', async () => {
      const text = 'a string of some length';
      const size = (text.length + 1) * unit;
      for (const border of [1024, 2048, 4096, 8192]) {
        for (let offset = border - size - 1; offset <= border + 1; offset++) {
          const [session] = await read(page => {
            page.bytes.fill('x', SESSION);
            page.session(0, { TargetName: offset });
            write(page, offset, text);
            return 1;
          }, 10_000);
          expect(session?.targetName).toBe(text);
        }
      }
    });

    it.each([1, 100, 1023, 1024, 2047, 2048, 2049, 5000, 10_000])('can have a text of %d characters', async length => {
      const text = 'abcdefghij'.repeat(1000).slice(0, length);
      const sessions = await read(page => {
        for (let index = 0; index < 3; index++) page.session(index, { TargetName: 1000, TargetNodeName: 1001 + unit });
        write(page, 1000, text);
        return 3;
      });
      for (const { targetName } of sessions) expect(targetName).toBe(text);
    });

    it('cannot have a string among the structs', async () => {
      for (const offset of [0, 1, SESSION, 2 * SESSION - 1]) {
        const fill: Fill = page => {
          page.session(1, { TargetName: offset });
          return 2;
        };
        await refuses(fill, 'SessionInfo.TargetName', /leads to where nothing of the kind can be/);
      }
      const behind: Fill = page => {
        page.session(1, { TargetName: 2 * SESSION });
        return 2;
      };
      expect((await read(behind))[1]?.targetName).toBe('');
    });

    it('can have a connection array at any address', async () => {
      for (const offset of [1000, 1001, 1002, 1004, 1007]) {
        const [session] = await read(page => {
          page.session(0, { ConnectionCount: 2, Connections: offset });
          page.connection(offset, { TargetAddress: 3000, TargetSocket: 3260, InitiatorSocket: 0xffff });
          page.connection(offset + CONNECTION, { CID: 0x0102, ConnectionId: 0xabc });
          write(page, 3000, '10.0.0.1');
          return 1;
        });
        expect(session?.connections).toEqual([
          {
            connectionId: '0-0',
            initiatorAddress: null,
            targetAddress: '10.0.0.1',
            initiatorSocket: 0xffff,
            targetSocket: 3260,
            cid: '0000',
          },
          {
            connectionId: 'abc-0',
            initiatorAddress: null,
            targetAddress: null,
            initiatorSocket: 0,
            targetSocket: 0,
            cid: '0201',
          },
        ]);
      }
    });

    it('can have a connection array that ends with the buffer, and none that is a byte longer', async () => {
      const fill =
        (offset: number): Fill =>
        page => {
          page.session(0, { ConnectionCount: 2, Connections: offset });
          return 1;
        };
      const size = SESSION + 2 * CONNECTION;
      expect((await read(fill(SESSION), size))[0]?.connections).toHaveLength(2);
      await refuses(fill(SESSION), 'SessionInfo.Connections', STRUCT_ARRAY_FULL, size - 1);
      await refuses(fill(SESSION + 1), 'SessionInfo.Connections', STRUCT_ARRAY_FULL, size);
      await refuses(fill(SESSION - 1), 'SessionInfo.Connections', /leads to where/, size);
    });

    it('cannot share one connection array between all sessions, which would make a huge list', async () => {
      const fill: Fill = page => {
        for (let index = 0; index < 300; index++)
          page.session(index, { ConnectionCount: 100, Connections: 300 * SESSION });
        return 300;
      };
      await refuses(fill, 'SessionInfo.Connections', STRUCT_ARRAY_FULL);
    });

    it('cannot have strings that overlap without bound, which would make huge texts', async () => {
      const fill: Fill = page => {
        page.bytes.fill('x', 200 * SESSION, page.length - 2);
        for (let index = 0; index < 200; index++) {
          const offset = 200 * SESSION + 2 * index;
          page.session(index, { InitiatorName: offset, TargetNodeName: offset + 2, TargetName: offset + 4 });
        }
        return 200;
      };
      await expect(read(fill)).rejects.toMatchObject(OVERLAP);
    });

    it('cannot keep the reader busy with long strings that are alike', async () => {
      // Two strings of 4 MB with the same content, in turns for 20,000 sessions.
      const [count, length] = [20_000, 4 * 1024 * 1024];
      const size = count * SESSION + 2 * length;
      const fill: Fill = page => {
        page.bytes.fill('x', count * SESSION);
        page.bytes.fill(0, size - length - 2, size - length);
        page.bytes.fill(0, size - 2);
        for (let index = 0; index < count; index++) {
          const first = count * SESSION;
          page.session(index, { InitiatorName: first, TargetNodeName: first, TargetName: first + length });
        }
        return count;
      };
      await expect(read(fill, size)).rejects.toMatchObject(OVERLAP);
    });

    it('says where the wrong member lies', async () => {
      const fill: Fill = page => {
        page.session(2, { TargetName: -1 });
        return 3;
      };
      const offset = 2 * SESSION + structs.ISCSI_SESSION_INFOW.members.TargetName.offset;
      await refuses(fill, 'SessionInfo.TargetName', new RegExp(`SessionInfo\\.TargetName at offset ${offset}: `));
    });
  });
}

import { describeSessions, findSessions, type SessionFilter, waitForSession, watchSessions } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';

const refused = { code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' };

describe('a filter', () => {
  for (const filter of [
    { targetName: undefined },
    { sessionId: undefined, state: 'connected' },
    Object.create({ targetName: undefined }),
    {},
    { sessionId: 'x' },
    { name: 'x' },
    { targetPort: 3260 },
    { targetSocket: 0 },
    { state: 'gone' },
    Object.create({ name: 'x' }),
    Object.create({ targetSocket: 0 }),
    [],
    5,
    null,
  ]) {
    const inherited = Object.getPrototypeOf(Object(filter));
    const shown = JSON.stringify({ filter, inherited }, (_, value) => (value === undefined ? 'undefined' : value));
    it(`is refused if it cannot be right: ${shown}`, async () => {
      using library = createSimulator();
      await expect(findSessions(filter as SessionFilter, { library })).rejects.toMatchObject(refused);
      await expect(waitForSession(filter as SessionFilter, { library })).rejects.toMatchObject(refused);
      await expect(describeSessions({ library, filter: filter as SessionFilter })).rejects.toMatchObject(refused);
      expect(() => watchSessions({ library, filter: filter as SessionFilter })).toThrow(
        expect.objectContaining(refused),
      );
    });
  }

  it('is required to find or wait, and optional to describe or watch', async () => {
    using library = createSimulator();
    await expect(findSessions(undefined as never, { library })).rejects.toMatchObject(refused);
    await expect(waitForSession(undefined as never, { library })).rejects.toMatchObject(refused);
    expect(await describeSessions({ library, filter: undefined })).toHaveLength(library.sessions.length);
    const { value } = await watchSessions({ library, filter: undefined }).next();
    expect(value).toMatchObject({ sessions: library.sessions });
  });

  it('can have its members on its prototype', async () => {
    using library = createSimulator();
    class OfTarget {
      get targetName() {
        return 'iqn.2005-10.org.example.nas:backup';
      }
    }
    const filter = new OfTarget();
    expect((await findSessions(filter, { library })).map(({ targetName }) => targetName)).toEqual([filter.targetName]);
  });
});

import { describeSessions, findSessions, getIScsiSessionListEx } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';
import { expect, it } from 'vitest';

it('describes sessions where Windows lacks GetIScsiSessionListEx, with the reason', async () => {
  using library = createSimulator({ behaviour: { missing: ['GetIScsiSessionListEx'] } });
  const reason = { code: 'ERR_ISCSIDSC_MISSING_EXPORT', syscall: 'GetIScsiSessionListEx' };
  await expect(getIScsiSessionListEx({ library })).rejects.toMatchObject(reason);
  const described = await describeSessions({ library });
  expect(described).toHaveLength(library.sessions.length);
  for (const session of described) {
    expect(session).toMatchObject({ negotiated: null, negotiatedError: reason, devicesError: null });
  }
});

it('describes the sessions of a filter alone', async () => {
  using library = createSimulator();
  const [, second] = library.sessions;
  const filter = { sessionId: String(second?.sessionId).toUpperCase() };
  expect(await findSessions(filter, { library })).toEqual([second]);
  // Each question for devices is refused once: the described one is the only one asked for.
  library.behaviour = { deviceBusy: 1 };
  const once = { library, retries: 1, retryDelayMs: 1 };
  expect((await describeSessions({ ...once, filter })).map(({ devices }) => devices?.length)).toEqual([1]);
});

it('refuses a filter that cannot be right', async () => {
  using library = createSimulator();
  for (const filter of [{ sessionId: 'x' }, { name: 'x' }, { targetPort: 0 }, { state: 'gone' }, [], 5, null]) {
    const call = describeSessions({ library, filter: filter as never });
    await expect(call).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
  }
});

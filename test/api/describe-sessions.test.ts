import { describeSessions, getIScsiSessionListEx } from 'iscsidsc';
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

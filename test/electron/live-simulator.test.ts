import { describeSessions } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { createLiveSimulator } from '../../examples/electron/sessions/live-simulator.mjs';

describe('the live simulator', () => {
  it('loses a connection, then sessions, and brings them back, over and over', async () => {
    const { library, step } = createLiveSimulator();
    const moments: string[] = [];
    for (let moment = 0; moment < 12; moment++) {
      const sessions = await describeSessions({ library });
      moments.push(sessions.map(({ connections, devices }) => `${connections.length}/${devices?.length}`).join(' '));
      step();
    }
    const once = [
      '2/1 1/1 0/0 1/1',
      '2/1 1/1 1/1 1/1',
      '1/1 1/1 1/1 1/1',
      '1/1 0/0 1/1 1/1',
      '2/1 0/0 1/1 1/1',
      '2/1 1/1 1/1 1/1',
    ];
    expect(moments).toEqual([...once, ...once]);
    library.dispose();
  });

  it('keeps the ids of its sessions and the disks of each', async () => {
    const { library, step } = createLiveSimulator();
    const disks = new Map<string, string>();
    for (let moment = 0; moment < 6; moment++, step()) {
      for (const { sessionId, devices } of await describeSessions({ library })) {
        for (const { legacyName } of devices ?? []) {
          expect(disks.get(sessionId) ?? legacyName).toBe(legacyName);
          disks.set(sessionId, legacyName);
        }
      }
    }
    expect([...disks.values()].sort()).toEqual([1, 2, 3, 4].map(number => `\\\\.\\PhysicalDrive${number}`));
    library.dispose();
  });

  it('fails as its settings say', async () => {
    const { library } = createLiveSimulator({ status: 'ERROR_ACCESS_DENIED' });
    await expect(describeSessions({ library })).rejects.toMatchObject({ code: 'ERROR_ACCESS_DENIED' });
    library.dispose();
  });
});

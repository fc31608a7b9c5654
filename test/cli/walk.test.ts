import { describe, expect, it } from 'vitest';
import { machine } from './run.js';

const DISK = 'iqn.2003-01.org.example:disk2';
const environment = { ISCSIDSC_CHAP_SECRET: 'initiator-12345' };

describe.each(['', ' --ansi'])('the way from nothing to a disk and back%s', form => {
  it('leaves nothing behind', async () => {
    using on = machine({ sessions: [], persistentLogins: [], sendTargetPortals: [] });
    const json = async (line: string) => {
      const { stdout, stderr, status } = await on.run(`${line} --json${form}`, { environment });
      expect({ stderr, status }, line).toEqual({ stderr: '', status: 0 });
      return JSON.parse(stdout);
    };
    const everything = async () => [
      ...(await json('portals')),
      ...(await json('targets --refresh')),
      ...(await json('sessions')),
      ...(await json('favorites')),
    ];
    expect(await everything()).toEqual([]);

    expect((await json('portal add 10.0.0.10')).newTargets).toContain(DISK);
    const { sessionId, devices } = await json(`target login ${DISK} --chap-user backup-host --persistent`);
    expect(devices.map(({ targetName }: { targetName: string }) => targetName)).toEqual([DISK, DISK]);
    expect(await json(`session show --target ${DISK}`)).toMatchObject({ sessionId, devices });

    on.library.restart();
    expect(await json(`target show ${DISK}`)).toMatchObject({ isConnected: true, persistentLogins: [{}] });

    expect(await json(`target forget ${DISK} --yes`)).toMatchObject({ removedLogins: [{}], loggedOut: [{}] });
    expect(await json(`target show ${DISK}`)).toMatchObject({ isConnected: false, persistentLogins: [] });
    await json('portal remove 10.0.0.10 --yes');
    on.library.restart();
    expect(await everything()).toEqual([]);
  });
});

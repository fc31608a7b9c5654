import { connectTarget, describeDisks, describeTargets, disconnectTarget } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { createLiveMachine } from '../../examples/electron/simulated/live-machine.mjs';

describe('the simulated machine of the Electron example', () => {
  it('has what an initiator manager must show', async () => {
    const { library } = createLiveMachine();
    const targets = await describeTargets({ library });
    const of = (end: string) => targets.find(({ targetName }) => targetName.endsWith(end));
    expect(of('vol-sql')).toMatchObject({
      isConnected: true,
      sessions: { length: 2 },
      persistentLogins: { length: 2 },
    });
    expect(of('filer-quorum-target')).toMatchObject({ isConnected: true, persistentLogins: [] });
    expect(of('disk2')).toMatchObject({ isDiscovered: true, sessions: [], portals: { length: 2 } });
    expect(of('old-disk')).toMatchObject({ isDiscovered: false, sessions: [], persistentLogins: { length: 1 } });
    const disks = await describeDisks({ library });
    expect(disks.map(({ volumes }) => volumes?.flatMap(({ paths }) => paths).join())).toEqual([
      'E:\\',
      'L:\\',
      'F:\\Backup\\',
      'G:\\',
      'Q:\\',
    ]);
  });

  it('loses paths and brings them back, over and over', async () => {
    const { library, step } = createLiveMachine();
    const moments: string[] = [];
    for (let moment = 0; moment < 12; moment++, step()) {
      moments.push(library.sessions.map(({ connections }) => connections.length).join(''));
    }
    const once = ['10111', '11111', '11101', '10101', '11011', '11111'];
    expect(moments).toEqual([...once, ...once]);
  });

  it('keeps what is connected and disconnected meanwhile', async () => {
    const { library, step } = createLiveMachine();
    await disconnectTarget({ targetName: 'iqn.2005-10.org.example.nas:backup' }, { library });
    await connectTarget({ targetName: 'iqn.2003-01.org.example:disk1' }, { library });
    for (let moment = 0; moment < 6; moment++) step();
    expect(library.sessions.map(({ targetName }) => targetName?.split(':')[1])).toEqual([
      'vol-sql',
      'vol-sql',
      'lun0',
      'filer-quorum-target',
      'disk1',
    ]);
  });

  it('fails as its settings say', async () => {
    const { library } = createLiveMachine({ status: 'ERROR_ACCESS_DENIED' });
    await expect(describeTargets({ library })).rejects.toMatchObject({ code: 'ERROR_ACCESS_DENIED' });
  });
});

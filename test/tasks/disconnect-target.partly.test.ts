import { connectTarget, disconnectTarget, type IscsidscError, reportIScsiTargets } from 'iscsidsc';
import { createSimulator, type SimulatedVolume } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { AnsweringWindows } from '../answering-windows.js';
import { answering } from './answering-library.js';

const DISK = 'iqn.2003-01.org.example:disk1';
const OTHER = 'iqn.2003-01.org.example:other';
const PORTALS = ['10.0.0.10', '10.0.1.10'];
const FAST = { retries: 0, retryDelayMs: 1 };
const FVE_E_LOCKED_VOLUME = 0x80310000;
const ISDSC_NON_SPECIFIC_ERROR = 0xefff0001;

async function connected(volumes: SimulatedVolume[]) {
  const library = createSimulator({
    network: {
      targets: [
        { targetName: DISK, portalGroups: [PORTALS], luns: [{ lun: 0, volumes }] },
        { targetName: OTHER, portalGroups: [PORTALS] },
      ],
    },
  });
  await connectTarget({ targetName: OTHER, portals: PORTALS }, { library });
  await connectTarget({ targetName: DISK, portals: PORTALS, multipath: true }, { library });
  return library;
}

function failed(promise: Promise<unknown>): Promise<IscsidscError> {
  return promise.then(
    () => expect.fail('It has not failed.'),
    (error: IscsidscError) => error,
  );
}

describe('what disconnectTarget cannot find out', () => {
  it('of one volume does not keep it from seeing that another one is in use', async () => {
    using simulator = await connected([{ paths: ['E:\\'] }, { paths: ['F:\\'], inUse: true }]);
    let opened = 0;
    const CreateFileW = (_path: string, access: number) =>
      access !== 0 && ++opened === 1 ? { lastError: FVE_E_LOCKED_VOLUME } : undefined;
    const library = new AnsweringWindows({ CreateFileW }, simulator);
    const error = await failed(disconnectTarget({ targetName: DISK }, { library, ...FAST }));
    expect(error).toMatchObject({ volumes: ['F:\\'], done: { loggedOut: [] } });
    expect(simulator.sessions).toHaveLength(3);
  });

  it('of a session does not either', async () => {
    using simulator = await connected([{ paths: ['F:\\'], inUse: true }]);
    const [other] = simulator.sessions;
    const library = answering(simulator, {
      GetDevicesForIScsiSessionW: id => {
        const bytes = (id as Buffer).toString('hex');
        return bytes === hexOf(other?.sessionId) ? ISDSC_NON_SPECIFIC_ERROR : undefined;
      },
    });
    const error = await failed(disconnectTarget({ targetName: DISK }, { library, ...FAST }));
    expect(error).toMatchObject({ volumes: ['F:\\'], done: { loggedOut: [] } });
  });

  it('of the paths of volumes is why it does not find one', async () => {
    using simulator = await connected([{ paths: ['E:\\'] }]);
    const GetVolumePathNamesForVolumeNameW = () => ({ lastError: 5 });
    const library = new AnsweringWindows({ GetVolumePathNamesForVolumeNameW }, simulator);
    const error = await failed(disconnectTarget({ volume: 'E:' }, { library }));
    expect(error.code).toBe('ERROR_ACCESS_DENIED');
  });

  it('is no failure where a portal has gone meanwhile', async () => {
    using simulator = await connected([{}]);
    const library = answering(simulator, {
      RemoveIScsiSendTargetPortalW: () => {
        simulator.sendTargetPortals = [];
        return undefined;
      },
    });
    await disconnectTarget({ targetName: OTHER }, { library });
    simulator.network = { targets: [{ targetName: DISK, portalGroups: [PORTALS] }] };
    await reportIScsiTargets({ library, forceUpdate: true });
    const result = await disconnectTarget({ targetName: DISK }, { library, removePortal: true });
    expect(result.loggedOut).toHaveLength(2);
    expect(result.removedPortals).toEqual([]);
  });
});

function hexOf(sessionId = ''): string {
  const [unique = '', specific = ''] = sessionId.split('-');
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64LE(BigInt(`0x${unique}`), 0);
  bytes.writeBigUInt64LE(BigInt(`0x${specific}`), 8);
  return bytes.toString('hex');
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  getInitiatorService,
  getIScsiSessionList,
  getIScsiSessionListSync,
  getIScsiVersionInformation,
  isElevated,
  startInitiatorService,
} from 'iscsidsc';
import { createSimulator, type Simulator } from 'iscsidsc/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { anyServiceContract } from '../contract/any/service.js';
import { serviceContract } from '../contract/service.js';

let simulator: Simulator | undefined;
afterEach(() => simulator?.dispose());

function create(options: Parameters<typeof createSimulator>[0]): Simulator {
  simulator?.dispose();
  simulator = createSimulator(options);
  return simulator;
}

const stopped = { state: 'stopped', startType: 'manual' } as const;

describe('the simulator keeps the contract of the service', () => {
  serviceContract({ arrange: service => create({ service }) }, it);
  anyServiceContract(() => create({}), it);
});

describe('the service of a simulated machine', () => {
  it('runs and starts automatically, unless it is described', async () => {
    const library = create({});
    expect(await getInitiatorService({ library })).toMatchObject({ state: 'running', startType: 'automatic' });
  });

  it.each([
    [{ service: 'MSiSCSI' }, "service must be an object or null, not 'MSiSCSI'."],
    [{ service: { state: 'paused' } }, "state must be one of running, stopped, startPending, not 'paused'."],
    [{ service: { startType: 'boot' } }, "startType must be one of automatic, manual, disabled, not 'boot'."],
    [{ service: { startMs: -1 } }, 'startMs must be a whole number from 0 to 2147483647, not -1.'],
    [{ service: { win32ExitCode: 0 } }, 'win32ExitCode must be a whole number from 1 to 4294967295, not 0.'],
    [{ elevated: 1 }, 'elevated must be a boolean, not 1.'],
  ])('is not described by %o', (options, message) => {
    expect(() => create(options as never)).toThrow(
      expect.objectContaining({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT', message }),
    );
  });

  it('cannot be set to what is no service', async () => {
    const library = create({});
    for (const service of ['running', 0, [], { state: 'paused' }]) {
      expect(() => {
        library.service = service as never;
      }).toThrow(expect.objectContaining({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' }));
    }
    expect(await getInitiatorService({ library })).toMatchObject({ state: 'running' });
  });

  it('is needed by every function of iscsidsc.dll', async () => {
    const library = create({ service: stopped });
    const refusal = { code: 'ISDSC_SERVICE_NOT_RUNNING', hint: expect.stringContaining('startInitiatorService(') };
    await expect(getIScsiSessionList({ library })).rejects.toMatchObject(refusal);
    await expect(getIScsiVersionInformation({ library })).rejects.toMatchObject(refusal);
    library.service = null;
    await expect(getIScsiSessionList({ library })).rejects.toMatchObject({ code: 'ISDSC_SERVICE_NOT_RUNNING' });
    library.service = { ...stopped, startMs: 300 };
    const starting = startInitiatorService({ library });
    await expect(getIScsiSessionList({ library })).rejects.toMatchObject({ code: 'ISDSC_SERVICE_NOT_RUNNING' });
    await starting;
    expect(await getIScsiSessionList({ library })).toEqual(library.sessions);
    expect(library.service).toEqual({ state: 'running', startType: 'manual', startMs: 300 });
  });

  it('is stopped after a restart unless it is automatic, and makes the saved logins when it runs', async () => {
    const library = create({ service: { startType: 'manual' } });
    library.restart();
    expect(library.service).toMatchObject({ state: 'stopped' });
    expect(library.sessions).toEqual([]);
    await startInitiatorService({ library, automatic: true });
    const sessions = await getIScsiSessionList({ library });
    expect(sessions.length).toBeGreaterThan(0);
    library.restart();
    expect((await getIScsiSessionList({ library })).map(({ targetName }) => targetName)).toEqual(
      sessions.map(({ targetName }) => targetName),
    );
  });

  it('is kept in the state file: also what is left to do at its first start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iscsidsc-'));
    try {
      const stateFile = join(folder, 'machine.json');
      using first = createSimulator({ stateFile, service: { startType: 'manual' } });
      first.restart();
      using second = createSimulator({ stateFile });
      expect(await getInitiatorService({ library: second })).toMatchObject(stopped);
      await startInitiatorService({ library: second, automatic: true });
      const sessions = await getIScsiSessionList({ library: second });
      expect(sessions.length).toBeGreaterThan(0);
      using third = createSimulator({ stateFile });
      expect(await getInitiatorService({ library: third })).toMatchObject({ state: 'running', startType: 'automatic' });
      expect(await getIScsiSessionList({ library: third })).toEqual(sessions);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('makes the saved logins through portals that take their time', async () => {
    const library = create({ service: { startType: 'manual' } });
    const targets = library.network.targets.flatMap(({ portalGroups }) => portalGroups.flat(2));
    const addresses = new Set(targets.map(portal => (typeof portal === 'string' ? portal : portal.address)));
    library.network = { ...library.network, portals: [...addresses].map(address => ({ address, delayMs: 100 })) };
    library.restart();
    await startInitiatorService({ library });
    expect(getIScsiSessionListSync({ library })).not.toEqual([]);
  });
});

describe('a program without the rights of an administrator', () => {
  it('sees the service, and changes nothing', async () => {
    const library = create({ service: stopped, elevated: false });
    expect(await isElevated({ library })).toBe(false);
    expect(await getInitiatorService({ library })).toMatchObject(stopped);
    const refusal = { code: 'ERROR_ACCESS_DENIED', syscall: 'OpenServiceW' };
    const done = { started: false, changedStartType: false };
    await expect(startInitiatorService({ library })).rejects.toMatchObject({ ...refusal, done });
    await expect(startInitiatorService({ library, automatic: true })).rejects.toMatchObject({ ...refusal, done });
    expect(library.service).toEqual(stopped);
  });

  it('need not start a service that runs', async () => {
    const library = create({ elevated: false });
    expect(await startInitiatorService({ library, automatic: true })).toMatchObject({ started: false });
  });

  it('is refused by every function of iscsidsc.dll', async () => {
    const library = create({ elevated: false });
    await expect(getIScsiSessionList({ library })).rejects.toMatchObject({ code: 'ERROR_ACCESS_DENIED', errno: 5 });
  });
});

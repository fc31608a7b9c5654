import fc from 'fast-check';
import { getInitiatorService, getInitiatorServiceSync, startInitiatorService } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { withGuards } from '../contract/guards.js';
import { type Answer, ScriptedServices, startType, statuses } from './scripted-services.js';

const STATES = [
  undefined,
  'stopped',
  'startPending',
  'stopPending',
  'running',
  'continuePending',
  'pausePending',
  'paused',
];
const START_TYPES = ['boot', 'system', 'automatic', 'manual', 'disabled'];

const STOPPED = 1;
const START_PENDING = 2;
const STOP_PENDING = 3;
const RUNNING = 4;
const PAUSED = 7;
const MANUAL = 3;

const uint32 = () => fc.oneof(fc.nat(8), fc.integer({ min: 0, max: 0xffffffff }));

describe('the status of a service', () => {
  it('is read from any bytes, and no more of them than there are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(uint32(), { minLength: 9, maxLength: 9 }), fc.nat(36), async (members, written) => {
        const bytes = Buffer.concat([
          Buffer.from(Uint32Array.from(members).buffer).subarray(0, written),
          Buffer.alloc(36),
        ]);
        const QueryServiceStatusEx: Answer = (_: bigint, __: number, buffer: Buffer, size: number) => {
          expect([buffer.length, size]).toEqual([36, 36]);
          bytes.copy(buffer, 0, 0, 36);
          return 0;
        };
        const library = new ScriptedServices({ QueryServiceStatusEx, QueryServiceConfigW: startType(MANUAL) });
        const [type, state, processId] = [0, 4, 28].map(at => bytes.readUInt32LE(at)) as [number, number, number];
        await withGuards(() => {
          const call = () => getInitiatorServiceSync({ library });
          if (type === 0) {
            expect(call).toThrow(
              expect.objectContaining({
                code: 'ERR_ISCSIDSC_MALFORMED_REPLY',
                member: 'SERVICE_STATUS_PROCESS.dwServiceType',
              }),
            );
          } else {
            expect(call()).toEqual({
              state: STATES[state] ?? state,
              startType: 'manual',
              processId: processId === 0 ? null : processId,
            });
          }
        });
        expect(library.openHandles).toBe(0);
      }),
    );
  });
});

describe('the start type of a service', () => {
  it('is read from any bytes, whatever lies behind it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 512 }), fc.option(uint32()), async (given, type) => {
        const bytes = Buffer.concat([given, Buffer.alloc(8)]);
        if (type !== null) bytes.writeUInt32LE(type, 4);
        const QueryServiceConfigW: Answer = (_: bigint, buffer: Buffer) => {
          bytes.copy(buffer);
          return 0;
        };
        const library = new ScriptedServices({ QueryServiceStatusEx: statuses([RUNNING]), QueryServiceConfigW });
        const number = bytes.readUInt32LE(4);
        await withGuards(() => {
          const call = () => getInitiatorServiceSync({ library });
          if (bytes.readUInt32LE(0) === 0) {
            expect(call).toThrow(expect.objectContaining({ member: 'QUERY_SERVICE_CONFIGW.dwServiceType' }));
          } else expect(call()).toMatchObject({ startType: START_TYPES[number] ?? number });
        });
      }),
    );
  });

  it('is asked for again with what is needed, and not for ever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(uint32(), { maxLength: 20 }), async asked => {
        const sizes: number[] = [];
        const QueryServiceConfigW: Answer = (_: bigint, buffer: Buffer, size: number, needed: Uint32Array) => {
          expect(buffer.length).toBe(size);
          const wanted = asked[sizes.push(size) - 1];
          if (wanted === undefined) return startType(2)(_ as never, buffer as never);
          needed[0] = wanted;
          return 122;
        };
        const library = new ScriptedServices({ QueryServiceStatusEx: statuses([RUNNING]), QueryServiceConfigW });
        const result = await getInitiatorService({ library }).catch((error: { code: string }) => error.code);
        if (sizes.length > asked.length) expect(result).toMatchObject({ startType: 'automatic' });
        else expect(result).toBe('ERR_ISCSIDSC_BUFFER_TOO_LARGE');
        expect(sizes.length).toBeLessThan(10);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
        for (const [call, size] of sizes.slice(1).entries()) {
          expect(size).toBeGreaterThanOrEqual(asked[call] as number);
        }
        expect(library.openHandles).toBe(0);
      }),
    );
  });
});

describe('the start of a service', () => {
  const start = (answers: ConstructorParameters<typeof ScriptedServices>[0], options = {}) => {
    const library = new ScriptedServices({ QueryServiceConfigW: startType(MANUAL), ...answers });
    return { library, result: startInitiatorService({ library, ...options }) };
  };

  it('waits for one that is about to stop, and starts it then', async () => {
    const { library, result } = start({
      QueryServiceStatusEx: statuses([STOP_PENDING], [STOPPED], [START_PENDING], [RUNNING]),
    });
    expect(await result).toEqual({
      state: 'running',
      startType: 'manual',
      processId: 4711,
      started: true,
      changedStartType: false,
    });
    expect(library.calls.filter(name => name === 'StartServiceW')).toHaveLength(1);
    expect(library.openHandles).toBe(0);
  });

  it('takes one that another program has started meanwhile', async () => {
    const { result } = start({
      QueryServiceStatusEx: statuses([STOPPED], [START_PENDING], [RUNNING]),
      StartServiceW: () => 1056,
    });
    expect(await result).toMatchObject({ state: 'running', started: false });
  });

  it('does not wait for one that is paused', async () => {
    const { result } = start({ QueryServiceStatusEx: statuses([PAUSED]) });
    await expect(result).rejects.toMatchObject({
      code: 'ERR_ISCSIDSC_SERVICE_NOT_STARTED',
      message: expect.stringContaining('is paused'),
      done: { started: false, changedStartType: false },
    });
  });

  it.each([
    [1067, 0, 'exit code 1067, ERROR_PROCESS_ABORTED: ', { win32ExitCode: 1067 }],
    [1066, 42, 'its own exit code 42.', { win32ExitCode: 1066, serviceSpecificExitCode: 42 }],
    [0, 0, 'exit code 0.', { win32ExitCode: 0 }],
    [0xdead, 7, 'exit code 57005.', { win32ExitCode: 0xdead }],
  ])('says with what it stopped again: %i, %i', async (exitCode, specific, message, properties) => {
    const { result } = start({
      QueryServiceStatusEx: statuses([STOPPED], [START_PENDING], [STOPPED, exitCode, specific]),
    });
    const error = await result.catch(thrown => thrown);
    expect(error).toMatchObject({ ...properties, message: expect.stringContaining(`stopped again with ${message}`) });
    expect('serviceSpecificExitCode' in error).toBe('serviceSpecificExitCode' in properties);
  });

  it('that is abandoned between two polls makes no more calls', async () => {
    const abort = new AbortController();
    const { library, result } = start({ QueryServiceStatusEx: statuses([START_PENDING]) }, { signal: abort.signal });
    setTimeout(() => abort.abort(), 100);
    await expect(result).rejects.toMatchObject({
      code: 'ABORT_ERR',
      done: { started: false, changedStartType: false },
    });
    const { length } = library.calls;
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(library.calls).toHaveLength(length);
    expect(library.openHandles).toBe(0);
  });

  it('says what it did also when it is abandoned right after that', async () => {
    for (const [syscall, done] of [
      ['ChangeServiceConfigW', { started: false, changedStartType: true }],
      ['StartServiceW', { started: true, changedStartType: true }],
    ] as const) {
      const abort = new AbortController();
      let isMade = false;
      const { result } = start(
        {
          QueryServiceStatusEx: statuses([STOPPED], [RUNNING]),
          QueryServiceConfigW: startType(MANUAL),
          [syscall]: () => {
            isMade = true;
            return 0;
          },
          CloseServiceHandle: () => {
            if (isMade) abort.abort();
            return 0;
          },
        },
        { automatic: true, signal: abort.signal },
      );
      await expect(result).rejects.toMatchObject({ code: 'ABORT_ERR', done });
    }
  });

  it.each([{ automatic: 1 }, { automatic: 'yes' }, { automatc: true }])('refuses %o before any call', async options => {
    const { library, result } = start({}, options);
    await expect(result).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
    expect(library.calls).toEqual([]);
  });

  it('closes what it opened and says what it did, whichever call fails', async () => {
    const names = [
      'OpenSCManagerW',
      'OpenServiceW',
      'QueryServiceConfigW',
      'QueryServiceStatusEx',
      'ChangeServiceConfigW',
      'StartServiceW',
    ] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.nat(6),
        uint32().filter(error => ![0, 122, 1056].includes(error)),
        async (name, call, number) => {
          const scripted = {
            QueryServiceStatusEx: statuses([STOPPED], [RUNNING]),
            QueryServiceConfigW: startType(MANUAL),
          };
          let calls = 0;
          const failing: Answer = (...args) => {
            if (calls++ === call) return number;
            return name in scripted ? scripted[name as keyof typeof scripted](...args) : 0;
          };
          const { library, result } = start({ ...scripted, [name]: failing }, { automatic: true });
          const done = { started: true, changedStartType: true };
          const error = await result.catch(thrown => thrown);
          if (calls <= call) expect(error).toMatchObject(done);
          else {
            expect(error).toMatchObject({ errno: number, syscall: name });
            const has = (each: string) => library.calls.filter(one => one === each).length > Number(each === name);
            expect(error.done).toEqual({
              started: has('StartServiceW'),
              changedStartType: has('ChangeServiceConfigW'),
            });
          }
          expect(library.openHandles).toBe(0);
        },
      ),
    );
  });
});

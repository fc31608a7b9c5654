import { createSimulator, type SimulatorOptions } from 'iscsidsc/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Operations } from '../../examples/electron/app/operations.mjs';
import { memoryInitiator } from './memory-initiator.js';

const SECRET = 'initiator-12345';
const DISK1 = 'iqn.2003-01.org.example:disk1';
const DISK2 = 'iqn.2003-01.org.example:disk2';
const PLAIN = { multipath: false, persistent: false };
const secretBytes = (text = SECRET) => new TextEncoder().encode(text);

afterEach(() => {
  vi.restoreAllMocks();
});

function operations(simulated: SimulatorOptions = {}) {
  const library = createSimulator(simulated);
  const progress: [number, object][] = [];
  const refresh = vi.fn(async () => {});
  const made = new Operations(memoryInitiator(library), refresh, (id, step) => progress.push([id, step]));
  let last = 0;
  const run = (name: string, request?: unknown) => made.run(name as 'connect', request, ++last);
  return { library, made, progress, refresh, run };
}

describe('the operations of the Electron example', () => {
  it('register a portal, connect a target with CHAP as a favourite, and disconnect it', async () => {
    const { library, progress, run } = operations();
    expect(await run('addPortal', { portal: '10.0.0.10' })).toEqual({ value: undefined });
    const chap = { username: 'backup-host', secret: secretBytes(), mutual: false };
    expect(await run('connect', { targetName: DISK2, chap, multipath: false, persistent: true })).toEqual({
      value: { sessions: 1, disks: [5, 6], paths: ['I:\\', 'J:\\'], failed: [] },
    });
    expect(progress.map(([id, step]) => [id, Object.values(step).slice(0, 2).join(' ')])).toContainEqual([
      2,
      'session done',
    ]);
    expect(library.persistentLogins.at(-1)).toMatchObject({ targetName: DISK2, loginOptions: { authType: 'chap' } });
    expect(await run('disconnect', { targetName: DISK2, forget: true })).toEqual({ value: { sessions: 1 } });
    expect(library.sessions.filter(({ targetName }) => targetName === DISK2)).toEqual([]);
    expect(library.persistentLogins.filter(({ targetName }) => targetName === DISK2)).toEqual([]);
  });

  it('connect with mutual CHAP once the secret of the machine is set', async () => {
    const { run } = operations();
    await run('addPortal', { portal: '10.0.0.10' });
    const request = () => ({
      targetName: DISK2,
      chap: { username: 'backup-host', secret: secretBytes(), mutual: true },
      ...PLAIN,
    });
    expect(await run('connect', request())).toMatchObject({ error: { code: 'ISDSC_INVALID_INITIATOR_CHAP_SECRET' } });
    expect(await run('setSecret', { secret: secretBytes('target-1234567') })).toEqual({ value: undefined });
    expect(await run('connect', request())).toMatchObject({ value: { sessions: 1 } });
  });

  it('connect through several portals', async () => {
    const { run } = operations();
    const portals = ['10.0.0.10', '10.0.1.10'].map(address => ({ address, socket: 3260 }));
    expect(await run('connect', { targetName: DISK1, portals, multipath: true, persistent: false })).toMatchObject({
      value: { sessions: 2, disks: [5] },
    });
  });

  it('log out one session, remove one favourite, forget what is gone, ask and remove a portal', async () => {
    const { library, run } = operations();
    const [session] = library.sessions;
    expect(await run('logOut', { sessionId: session?.sessionId })).toEqual({ value: { sessions: 1 } });
    const [login] = library.persistentLogins;
    if (!login) throw new Error('no login');
    const { targetName, initiatorInstance, initiatorPortNumber, targetPortal } = login;
    await run('removeLogin', { targetName, initiatorInstance, initiatorPortNumber, targetPortal });
    expect(library.persistentLogins).toHaveLength(2);
    await run('forget', { targetName: 'iqn.2001-05.com.example.retired:old-disk' });
    expect(library.persistentLogins).toHaveLength(1);
    const { securityFlags: _, loginOptions: __, ...portal } = library.sendTargetPortals[0] ?? {};
    expect(await run('refreshPortal', portal)).toEqual({ value: undefined });
    await run('removePortal', portal);
    expect(library.sendTargetPortals).toHaveLength(3);
  });

  it('start the service, and say what is wrong with the machine', async () => {
    const { library, run } = operations({ service: { state: 'stopped', startType: 'manual' } });
    expect(await run('diagnose')).toEqual({
      value: expect.arrayContaining([
        {
          check: 'service',
          level: 'problem',
          what: expect.any(String),
          why: expect.any(String),
          whatToDo: expect.any(String),
        },
      ]),
    });
    expect(await run('startService')).toEqual({ value: undefined });
    expect(library.service).toMatchObject({ state: 'running', startType: 'automatic' });
  });

  it('leave a portal that does not answer as it was: not registered', async () => {
    const { library, run } = operations();
    expect(await run('addPortal', { portal: '10.99.0.1' })).toMatchObject({
      error: { code: 'ISDSC_CONNECTION_FAILED', syscall: 'AddIScsiSendTargetPortalW', portalRegistered: false },
    });
    expect(library.sendTargetPortals).toHaveLength(4);
  });

  it('are cancelled, and what they made is undone', async () => {
    const { library, made, progress } = operations({ behaviour: { devicesAfterMs: 86_400_000 } });
    const request = { targetName: DISK1, portals: [{ address: '10.0.0.10', socket: 3260 }], ...PLAIN };
    const connecting = made.run('connect', request, 7);
    await vi.waitUntil(() => progress.some(([, step]) => 'step' in step && step.step === 'devices'));
    made.cancel(7);
    expect(await connecting).toMatchObject({ error: { name: 'AbortError', code: 'ABORT_ERR' } });
    expect(library.sessions).toHaveLength(4);
    expect(library.sendTargetPortals).toHaveLength(4);
  });

  it('refresh what is shown, also after one that has failed', async () => {
    const { refresh, run } = operations();
    await run('connect', { targetName: 'iqn.2020-01.example:none', ...PLAIN });
    expect(refresh).toHaveBeenCalledOnce();
    await run('diagnose');
    expect(refresh).toHaveBeenCalledOnce();
  });

  describe('a secret', () => {
    it('is overwritten, whether the operation succeeds, fails or is refused', async () => {
      const { run } = operations();
      const requests: [string, (secret: Uint8Array) => object][] = [
        ['setSecret', secret => ({ secret })],
        ['connect', secret => ({ targetName: DISK2, chap: { secret, mutual: false }, ...PLAIN })],
        ['connect', secret => ({ targetName: 7, chap: { secret, mutual: 'x' } })],
        ['addPortal', secret => ({ portal: '10.0.0.10', chap: { secret, mutual: false } })],
      ];
      for (const [name, request] of requests) {
        const secret = secretBytes();
        await run(name, request(secret));
        expect([...secret], name).toEqual(Array(SECRET.length).fill(0));
      }
    });

    it('is in no reply, no step and no log, whatever goes wrong', async () => {
      const logged = (['log', 'info', 'warn', 'error', 'debug'] as const).map(name => vi.spyOn(console, name));
      const written = [process.stdout, process.stderr].map(stream => vi.spyOn(stream, 'write'));
      const { progress, run } = operations();
      await run('addPortal', { portal: '10.0.0.10' });
      const replies = [];
      for (const request of [
        { targetName: DISK2, chap: { secret: secretBytes(), mutual: false }, ...PLAIN },
        { targetName: DISK2, chap: { secret: SECRET, mutual: false }, ...PLAIN },
        { targetName: DISK2, chap: SECRET, ...PLAIN },
        { targetName: DISK2, chap: { [SECRET]: true }, ...PLAIN },
        { targetName: DISK1, chap: { secret: secretBytes(), mutual: false }, ...PLAIN },
        SECRET,
      ]) {
        replies.push(await run('connect', request));
      }
      expect(replies.every(reply => 'error' in reply)).toBe(true);
      expect(JSON.stringify([replies, progress])).not.toContain(SECRET);
      const said = [...logged, ...written].flatMap(spy => spy.mock.calls);
      expect(JSON.stringify(said)).not.toContain(SECRET);
    });
  });

  describe('what does not have the shape of a request', () => {
    const chap = () => ({ secret: secretBytes(), mutual: false });
    const login = { targetName: DISK1, initiatorInstance: '', initiatorPortNumber: 0xffffffff };
    for (const [name, request, message] of [
      ['connect', undefined, 'connect must be an object.'],
      ['connect', null, 'connect must be an object.'],
      ['connect', [], 'connect must be an object.'],
      ['connect', { targetName: 7, ...PLAIN }, 'connect.targetName must be a text of at most 223 characters.'],
      [
        'connect',
        { targetName: 'x'.repeat(224), ...PLAIN },
        'connect.targetName must be a text of at most 223 characters.',
      ],
      ['connect', { targetName: DISK1, multipath: 1, persistent: false }, 'connect.multipath must be true or false.'],
      [
        'connect',
        { targetName: DISK1, ...PLAIN, library: {} },
        'connect must have no members but targetName, portals, chap, multipath, persistent.',
      ],
      [
        'connect',
        { targetName: DISK1, ...PLAIN, portals: [] },
        'connect.portals must be an array of 1 to 64 elements.',
      ],
      [
        'connect',
        { targetName: DISK1, ...PLAIN, portals: [{ address: 'a', socket: 65536 }] },
        'connect.portals[0].socket must be a whole number from 0 to 65535.',
      ],
      [
        'connect',
        { targetName: DISK1, ...PLAIN, chap: { ...chap(), secret: new Uint8Array(256) } },
        'connect.chap.secret must be 1 to 255 bytes.',
      ],
      [
        'connect',
        { targetName: DISK1, ...PLAIN, chap: { ...chap(), username: {} } },
        'connect.chap.username must be a text of at most 223 characters.',
      ],
      ['disconnect', { forget: true }, 'disconnect.targetName must be a text of at most 223 characters.'],
      ['logOut', {}, 'logOut.sessionId must be a text of at most 40 characters.'],
      ['removeLogin', { ...login, targetPortal: null }, 'removeLogin.targetPortal must be an object.'],
      ['removePortal', 'everything', 'removePortal must be an object.'],
      ['setSecret', { secret: 'text' }, 'setSecret.secret must be 1 to 255 bytes.'],
      ['diagnose', { anonymous: false }, 'diagnose must be left out.'],
      ['refresh', 1, 'refresh must be left out.'],
    ] as const) {
      it(`is refused before the initiator is asked: ${message}`, async () => {
        const { library, run } = operations();
        const asked = vi.spyOn(library, 'func');
        expect(await run(name, request)).toEqual({ error: { name: 'TypeError', message } });
        expect(asked).not.toHaveBeenCalled();
      });
    }

    it('is an id that is none, or that runs already', async () => {
      const { made } = operations({ behaviour: { delayMs: 50 } });
      const refused = { error: { name: 'TypeError', message: 'The id must be a new whole number.' } };
      expect(await made.run('diagnose', undefined, 'x')).toEqual(refused);
      const first = made.run('diagnose', undefined, 1);
      expect(await made.run('diagnose', undefined, 1)).toEqual(refused);
      expect(await first).toHaveProperty('value');
      made.cancel('x');
    });
  });
});

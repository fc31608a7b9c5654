import { tracingChannel } from 'node:diagnostics_channel';
import {
  type AsyncOptions,
  addIScsiConnection,
  addIScsiSendTargetPortal,
  addIScsiStaticTarget,
  loginIScsiTarget,
  type StatusWarning,
  setIScsiGroupPresharedKey,
  setIScsiIKEInfo,
  setIScsiInitiatorCHAPSharedSecret,
  setIScsiInitiatorRADIUSSharedSecret,
} from 'iscsidsc';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { errorOf } from '../contract/outcome.js';
import { type Answer, type KeptCall, KeptLibrary } from './kept-library.js';
import { buffersMadeBy, everythingOf, holdSecret, SECRET, SECRET_BYTES, shows } from './secret.js';

const NAME = 'iqn.2003-01.org.example:disk1';
const ID = 'ffffe00112345010-4000013700000000';
const CONNECTION_FAILED = 0xefff0003;
const WARNING = 0xafff0001;
const LIST = /^ReportIScsiSendTargetPortals[AW]$/;

type WithSecret = (secret: string | Uint8Array, options: AsyncOptions) => Promise<unknown>;

const withPassword = (password: string | Uint8Array) => ({ authType: 'chap', username: 'user', password }) as const;

const CALLS: Readonly<Record<string, WithSecret>> = {
  'loginIScsiTarget, password': (secret, options) =>
    loginIScsiTarget(NAME, { ...options, loginOptions: withPassword(secret), targetPortal: '10.0.0.10' }),
  'loginIScsiTarget, key': (key, options) => loginIScsiTarget(NAME, { ...options, key, initiatorInstance: 'x' }),
  'addIScsiConnection, password': (secret, options) =>
    addIScsiConnection(ID, { ...options, loginOptions: withPassword(secret), targetPortal: '10.0.0.10' }),
  'addIScsiConnection, key': (key, options) => addIScsiConnection(ID, { ...options, key, targetPortal: '10.0.0.10' }),
  addIScsiSendTargetPortal: (secret, options) =>
    addIScsiSendTargetPortal('10.0.0.10', { ...options, loginOptions: withPassword(secret) }),
  'addIScsiSendTargetPortal, rollback': (secret, options) =>
    addIScsiSendTargetPortal('10.0.0.10', { ...options, loginOptions: withPassword(secret), rollback: true }),
  'addIScsiSendTargetPortal, a portal with options': (secret, options) =>
    addIScsiSendTargetPortal({ address: 'a', loginOptions: withPassword(secret) } as never, options),
  addIScsiStaticTarget: (secret, options) =>
    addIScsiStaticTarget(NAME, { ...options, loginOptions: withPassword(secret), portalGroup: ['10.0.0.10'] }),
  setIScsiInitiatorCHAPSharedSecret,
  setIScsiInitiatorRADIUSSharedSecret,
  setIScsiGroupPresharedKey,
  setIScsiIKEInfo: (key, options) => setIScsiIKEInfo({ idType: 'fqdn', id: 'host.example', key }, options),
};

const SECRETS = { 'as text': SECRET, 'as bytes': Uint8Array.from(SECRET_BYTES) };
const EACH = Object.entries(CALLS).flatMap(([name, call]) =>
  Object.entries(SECRETS).flatMap(([how, secret]) =>
    (['unicode', 'ansi'] as const).map(charset => ({
      what: `${name}, ${how}, ${charset}`,
      call: (options: AsyncOptions) => call(secret, { ...options, charset }),
    })),
  ),
);

const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
const traced: object[] = [];
const keepTrace = (context: object) => traced.push(context);
tracingChannel('iscsidsc:call').subscribe({
  start: keepTrace,
  end: keepTrace,
  asyncStart: keepTrace,
  asyncEnd: keepTrace,
  error: keepTrace,
});
beforeEach(() => {
  warned.mockClear();
  traced.length = 0;
});

/** Answers the list of portals that comes first with an error that is not about the portal, so that it is not read. */
const answering = (answer: Answer) => new KeptLibrary(name => (LIST.test(name) ? 5 : answer));

function secretCall(library: KeptLibrary): KeptCall {
  const call = library.calls.find(({ given }) => holdSecret(given) > 0);
  expect(call, 'no call was given the secret').toBeDefined();
  return call as KeptCall;
}

function expectWiped(inputs: readonly Uint8Array[], made: readonly Uint8Array[]): void {
  expect(inputs.length).toBeGreaterThan(0);
  expect(inputs.filter(bytes => bytes.some(byte => byte !== 0))).toEqual([]);
  expect(holdSecret(made)).toBe(0);
}

function expectSilent(...said: unknown[]): void {
  for (const each of [...said, ...warned.mock.calls, ...new Set(traced)]) expect(shows(everythingOf(each))).toBe(false);
}

describe.each(EACH.filter(({ what }) => !what.includes('rollback')))('$what', ({ call }) => {
  it.each<[string, Answer]>([
    ['a success', 0],
    ['a status of failure', CONNECTION_FAILED],
    ['an unknown status', 0xdead],
    ['a warning', WARNING],
    ['what the library throws', { thrown: new Error('thrown') }],
    ['what the library throws, no error', { thrown: 'thrown' }],
    ['an error for the callback', { failed: new Error('failed') }],
  ])('leaves nothing of the secret: %s', async (_, answer) => {
    const library = answering(answer);
    const outcomes: unknown[] = [];
    const made = await buffersMadeBy(async () => outcomes.push(await call({ library }).catch(error => error)));
    expectWiped(secretCall(library).inputs, made);
    expect(traced.length).toBeGreaterThan(0);
    expectSilent(...outcomes);
  });

  it('leaves nothing of the secret: an onWarning that throws', async () => {
    const library = answering(WARNING);
    const told: StatusWarning[] = [];
    const onWarning = (warning: StatusWarning) => {
      told.push(warning);
      throw new Error('enough');
    };
    const made = await buffersMadeBy(async () => expectSilent(await errorOf(call({ library, onWarning }))));
    expectWiped(secretCall(library).inputs, made);
    expect(told).toHaveLength(1);
    expectSilent(...told);
  });

  it('leaves nothing of the secret: an export that is missing', async () => {
    const library = new KeptLibrary();
    library.func = () => {
      throw new Error('missing');
    };
    const made = await buffersMadeBy(async () => expectSilent(await errorOf(call({ library }))));
    expect(made.length).toBeGreaterThan(0);
    expect(holdSecret(made)).toBe(0);
  });

  it.each([
    ['an abort', (controller: AbortController) => controller.abort()],
    ['a timeout', () => {}],
  ])('keeps the secret while the call runs, and no longer: %s', async (_, stop) => {
    const library = answering('held');
    const controller = new AbortController();
    const made = await buffersMadeBy(async made => {
      const call_ = call({ library, signal: controller.signal, timeoutMs: 30 });
      const failed = errorOf(call_);
      await vi.waitFor(() => expect(library.calls).toHaveLength(1));
      stop(controller);
      const error = await failed;
      expect(error).toMatchObject({ pending: 'running' });
      expectSilent(error);
      // The callee may read it still.
      const { inputs, given, done } = secretCall(library);
      expect(inputs.map(bytes => Buffer.from(bytes))).toEqual(given);
      done(null, CONNECTION_FAILED);
      expectWiped(inputs, made);
      done(null, 0);
    });
    expectWiped(secretCall(library).inputs, made);
  });

  it.each([
    ['an abort', (controller: AbortController) => controller.abort(new Error('enough'))],
    ['a timeout', () => {}],
  ])('wipes the secret of a call that waits for its turn: %s', async (_, stop) => {
    const library = answering('held');
    // These fill the lanes.
    const others = Array.from({ length: 4 }, () => errorOf(loginIScsiTarget(NAME, { library })));
    const quick = Array.from({ length: 4 }, () => errorOf(addIScsiStaticTarget(NAME, { library })));
    const started = library.calls.length;
    const controller = new AbortController();
    await buffersMadeBy(async made => {
      const failed = errorOf(call({ library, signal: controller.signal, timeoutMs: 30 }));
      expect(holdSecret(made)).toBeGreaterThan(0);
      stop(controller);
      const error = await failed;
      expect(error).toMatchObject({ pending: 'notStarted' });
      expect(library.calls).toHaveLength(started);
      expect(holdSecret(made)).toBe(0);
      expectSilent(error);
    });
    while (library.calls.some(({ done }) => done !== finished)) {
      for (const [index, kept] of library.calls.entries()) {
        library.calls[index] = { ...kept, done: finished };
        if (kept.done !== finished) kept.done(null, 5);
      }
    }
    await Promise.all([...others, ...quick]);
  });

  it('makes nothing of the secret when the signal has fired before', async () => {
    const library = answering(0);
    const made = await buffersMadeBy(async () =>
      expectSilent(await errorOf(call({ library, signal: AbortSignal.abort() }))),
    );
    expect(library.calls).toEqual([]);
    expect(holdSecret(made)).toBe(0);
  });

  it('leaves nothing of the secret when another argument is refused', async () => {
    const library = answering(0);
    const made = await buffersMadeBy(async () => {
      for (const wrong of [
        { securityFlags: ['x'] },
        { mappings: { stray: 1 } },
        { targetPortal: {} },
        { persist: 5 },
      ]) {
        expectSilent(await call({ library, ...wrong } as AsyncOptions).catch(error => error));
      }
    });
    expect(holdSecret(made)).toBe(0);
  });
});

const finished = () => {};

describe('addIScsiSendTargetPortal with rollback', () => {
  const rollback = CALLS['addIScsiSendTargetPortal, rollback'] as WithSecret;

  it('takes the secret at once: the caller may overwrite it', async () => {
    const secret = Uint8Array.from(SECRET_BYTES);
    const library = new KeptLibrary(() => 'held');
    const failed = errorOf(rollback(secret, { library }));
    secret.fill(0);
    const [list] = library.calls;
    expect(list?.export).toBe('ReportIScsiSendTargetPortalsW');
    for (const size of list?.sizes ?? []) size[0] = 0;
    list?.done(null, 0);
    secretCall(library).done(null, 5);
    await failed;
  });

  it('leaves nothing of the secret when the list fails, when it is aborted meanwhile, and when nothing is rolled back', async () => {
    const library = new KeptLibrary(name => (LIST.test(name) ? 5 : 0));
    const made = await buffersMadeBy(async () => expectSilent(await errorOf(rollback(SECRET, { library }))));
    expect(holdSecret(made)).toBe(0);

    const held = new KeptLibrary(() => 'held');
    const controller = new AbortController();
    await buffersMadeBy(async made => {
      const failed = errorOf(rollback(SECRET, { library: held, signal: controller.signal }));
      expect(holdSecret(made)).toBeGreaterThan(0);
      controller.abort();
      expectSilent(await failed);
      held.calls[0]?.done(null, 0);
      expect(holdSecret(made)).toBe(0);
    });
    expect(held.calls).toHaveLength(1);
  });
});

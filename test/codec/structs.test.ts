import fc from 'fast-check';
import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import { DEVICE_ON_SESSION } from '../../src/api/devices/device.js';
import { VERSION_INFO } from '../../src/api/initiator/version.js';
import { LOGIN_OPTIONS, type LoginOptions } from '../../src/api/logins/login-options.js';
import { PERSISTENT_LOGIN } from '../../src/api/logins/persistent-logins.js';
import { TARGET_PORTAL, type TargetPortal } from '../../src/api/portals/portal.js';
import { TARGET_PORTAL_INFO, TARGET_PORTAL_INFO_EX } from '../../src/api/portals/send-target-portals.js';
import { SESSION_INFO_EX } from '../../src/api/sessions/negotiated-session.js';
import { LUN_MAPPINGS, TARGET_MAPPING } from '../../src/api/targets/mapping.js';
import { LISTED_PORTAL } from '../../src/api/targets/target-portals.js';
import { inlineArray, nested } from '../../src/codec/fields.js';
import type { FlagsInput } from '../../src/codec/numbers.js';
import { readSessionList, SESSION_INFO } from '../../src/codec/session-list.js';
import { Sink, type TextForm, WIDE } from '../../src/codec/sink.js';
import { Reply, Source } from '../../src/codec/source.js';
import { Struct } from '../../src/codec/struct.js';
import { buffersMadeBy, holdSecret, SECRET } from '../arguments/secret.js';
import { withGuards } from '../contract/guards.js';
import { anyMutations } from '../fuzz/mutation.js';
import { anySessions } from '../fuzz/properties.js';
import { wideText } from '../fuzz/text.js';
import { anyList } from '../fuzz/values.js';

const LATIN: TextForm = { form: 'A', unit: 1, encode: value => Buffer.from(value, 'latin1') };
const decodeLatin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const latinText = () => fc.string({ unit: fc.integer({ min: 1, max: 0xff }).map(code => String.fromCharCode(code)) });
const FORMS = [
  { form: 'W', write: WIDE, decode: undefined, text: wideText() },
  { form: 'A', write: LATIN, decode: decodeLatin, text: latinText() },
] as const;

const PORTAL_GROUP = new Struct<{ portals: TargetPortal[] }>('ISCSI_TARGET_PORTAL_GROUP#', 'PortalGroup', {
  portals: inlineArray('Portals', 'Count', TARGET_PORTAL),
});

const LISTS = {
  SESSION_INFO,
  SESSION_INFO_EX,
  DEVICE_ON_SESSION,
  TARGET_MAPPING,
  VERSION_INFO,
  LUN_MAPPINGS,
  TARGET_PORTAL,
  LISTED_PORTAL,
  TARGET_PORTAL_INFO,
  TARGET_PORTAL_INFO_EX,
  PERSISTENT_LOGIN,
} as unknown as Readonly<Record<string, Struct<Record<string, unknown>>>>;

describe.each(Object.entries(LISTS))('%s', (_, struct) => {
  it.each(FORMS)('reads what it has written, wherever it lies ($form)', async ({ form, write, decode, text: any }) => {
    const arrangement = fc.record({ order: fc.constantFrom('forward', 'backward'), odd: fc.boolean() } as const);
    const property = fc.asyncProperty(anyList(struct, { form, text: any, inner: 4 }, 5), arrangement, (values, place) =>
      withGuards(() => {
        const sink = new Sink(write);
        struct.in(form).writeArray(sink, values, 'values');
        const placement = sink.place(place);
        const bytes = Buffer.allocUnsafeSlow(placement.length).fill(0);
        placement.writeTo(bytes, BigInt(koffi.address(bytes)));
        const source = new Source(new Reply(bytes, 'test'), decode);
        expect(struct.in(form).readHead(source, values.length, 'Count')).toEqual(values.map(withoutSecrets));
      }),
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it('refuses any value in any member that it cannot hold, or holds it', () => {
    const anything = fc.anything({ withBigInt: true, withNullPrototype: true });
    const member = fc.constantFrom(...Object.keys(struct.fields));
    fc.assert(
      fc.property(
        anyList(struct, { form: 'W', text: wideText(), inner: 2 }, 1),
        member,
        anything,
        (list, name, value) => {
          for (const right of list) {
            const wrong = { ...right, [name]: value };
            const sink = new Sink(WIDE);
            try {
              struct.in('W').writeArray(sink, [wrong], 'values');
            } catch (error) {
              expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the hand-written reader of sessions', () => {
  it.each(FORMS)('agrees with the table on every reply ($form)', ({ form, write, decode, text: any }) => {
    let refused = 0;
    const property = fc.property(anySessions(any, 6, 3), anyMutations(SESSION_INFO), (sessions, mutations) => {
      const sink = new Sink(write);
      SESSION_INFO.in(form).writeArray(sink, sessions, 'sessions');
      const placement = sink.place();
      const bytes = Buffer.allocUnsafeSlow(placement.length + 500).fill(0);
      placement.writeTo(bytes, BigInt(koffi.address(bytes)));
      const written = { size: Uint32Array.of(bytes.length), count: Uint32Array.of(sessions.length), bytes };
      for (const mutation of mutations) mutation.apply(written);
      const count = written.count[0] as number;
      const byHand = outcome(() => readSessionList(new Reply(bytes, 'test'), count, decode));
      const byTable = outcome(() =>
        SESSION_INFO.in(form).readHead(new Source(new Reply(bytes, 'test'), decode), count, 'SessionCount'),
      );
      if ('error' in byHand) refused++;
      expect(byHand).toEqual(byTable);
    });
    fc.assert(property, { numRuns: 1000 });
    expect(refused).toBeGreaterThan(0);
  });
});

/** What of a value can be read back. */
function withoutSecrets(value: Record<string, unknown>): unknown {
  const { loginOptions, ...rest } = value;
  if (loginOptions === undefined) return value;
  const { password, ...options } = loginOptions as LoginOptions;
  return { ...rest, loginOptions: options };
}

function outcome<Result>(action: () => Result): { result: Result } | { error: unknown } {
  try {
    return { result: action() };
  } catch (error) {
    return { error: { ...(error as object), message: (error as Error).message } };
  }
}

describe('a struct whose members count only if their bit is set', () => {
  const bound = LOGIN_OPTIONS.in('W');
  const memory = (options: LoginOptions) => {
    const sink = new Sink(WIDE);
    const piece = sink.add(bound.size, 8);
    bound.write(sink, piece, 0, options);
    return { sink, bytes: sink.assemble() };
  };

  it('comes back as it was given, but for the secret', () => {
    fc.assert(
      fc.property(anyList(LOGIN_OPTIONS, { form: 'W', text: wideText(), inner: 0 }, 3), list => {
        for (const options of list) {
          const { bytes } = memory(options);
          const { password, ...given } = options;
          const read = bound.read(new Source(new Reply(bytes, 'test')), 0);
          expect(read).toEqual(given);
          expect(Object.keys(read)).not.toContain('password');
        }
      }),
    );
  });

  it('has clear bits and zero bytes for what is left out', () => {
    const { bytes } = memory({ loginFlags: 0 });
    expect(bytes).toEqual(Buffer.alloc(bound.size));
  });

  it.each<[FlagsInput<never>, number]>([
    [['multipathEnabled' as never, 'requireIpsec' as never], 3],
    [['requireIpsec' as never, 8], 9],
    [3, 3],
    [0x80000000n, 0x80000000],
  ])('takes the flags %s', (loginFlags, bits) => {
    const { at } = bound.layout as { at: Readonly<Record<string, number>> };
    expect(memory({ loginFlags }).bytes.readUInt32LE(at.LoginFlags)).toBe(bits);
  });

  it.each([[['multipath']], [[-1]], [[1.5]], [2 ** 32], [-1n], ['requireIpsec'], [null], [[Number.NaN]]])(
    'refuses the flags %o',
    loginFlags => {
      expect(() => memory({ loginFlags: loginFlags as never })).toThrow(
        expect.objectContaining({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' }),
      );
    },
  );

  it('keeps a secret out of the error that refuses it', () => {
    for (const password of ['s3cret-ü', ['s3cret'], { s3cret: true }]) {
      const { error } = outcome(() => memory({ loginFlags: 0, password: password as never })) as { error: unknown };
      expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
      expect(JSON.stringify(error)).not.toContain('s3cret');
    }
  });

  it('wipes all that it was written to', async () => {
    const made = await buffersMadeBy(async made => {
      const { sink } = memory({ loginFlags: 1, password: SECRET });
      expect(holdSecret(made)).toBeGreaterThan(1);
      sink.wipe();
    });
    expect(made.filter(buffer => buffer.some(byte => byte !== 0))).toEqual([]);
  });
});

describe('a struct with an array inside', () => {
  it.each(FORMS)('comes back with as many as it was given ($form)', ({ form, write, decode, text: any }) => {
    const bound = PORTAL_GROUP.in(form);
    fc.assert(
      fc.property(anyList(PORTAL_GROUP, { form, text: any, inner: 4 }, 1), list => {
        for (const group of list) {
          const sink = new Sink(write);
          bound.write(sink, sink.add(bound.size, 4), 0, group);
          expect(bound.read(new Source(new Reply(sink.assemble(), 'test'), decode), 0)).toEqual(group);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('cannot have more than its memory holds', () => {
    const bound = PORTAL_GROUP.in('W');
    const bytes = Buffer.alloc(bound.size);
    bytes.writeUInt32LE(2);
    expect(() => bound.read(new Source(new Reply(bytes, 'test')), 0)).toThrow(
      expect.objectContaining({ code: 'ERR_ISCSIDSC_MALFORMED_REPLY', member: 'PortalGroup.Portals' }),
    );
  });
});

describe('a struct in a struct', () => {
  it('refuses what is not an object, by the name of the property', () => {
    const outer = new Struct<{ targetPortal: TargetPortal }>('PERSISTENT_ISCSI_LOGIN_INFO#', 'PersistentLoginInfo', {
      targetPortal: nested('TargetPortal', TARGET_PORTAL),
    });
    const sink = new Sink(WIDE);
    expect(() => outer.in('W').writeArray(sink, [{ targetPortal: null as never }], 'logins')).toThrow(
      /^targetPortal must be an object, not null\.$/,
    );
  });
});

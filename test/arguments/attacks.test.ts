import {
  addIScsiConnection,
  addIScsiSendTargetPortal,
  addIScsiStaticTarget,
  type LoginOptions,
  type LunMappings,
  loginIScsiTarget,
  removeIScsiPersistentTarget,
} from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../contract/outcome.js';
import { arrived, changing, LATIN } from './arrived.js';
import type { RecordingLibrary } from './recording-library.js';

const NAME = 'iqn.2003-01.org.example:disk1';
const ID = 'ffffe00112345010-4000013700000000';
describe('a member that is another thing each time it is read', () => {
  it.each([
    ['password', 'LoginOptions.Password', ['abc', 'a'.repeat(5000), 5], '616263'],
    ['username', 'LoginOptions.Username', ['abc', '', null], '616263'],
    ['authType', 'LoginOptions.AuthType', ['chap', 'none', {}], 1],
    ['maximumConnections', 'LoginOptions.MaximumConnections', [7, 2 ** 40, 'x'], 7],
    ['loginFlags', 'LoginOptions.LoginFlags', [2, ['x'], -1], 2],
  ] as const)('is read once: %s of loginOptions', async (member, place, values, expected) => {
    const getter = changing(...(values as readonly [unknown, ...unknown[]]));
    const loginOptions = Object.defineProperty({}, member, getter) as LoginOptions;
    const [call] = await arrived(library => loginIScsiTarget(NAME, { library, loginOptions }));
    expect(call).toHaveProperty(`parameters.${place}`, expected);
    expect(getter.reads).toBe(1);
  });

  it.each(['loginOptions', 'targetPortal', 'mappings', 'initiatorInstance', 'securityFlags', 'key'])(
    'is read once: the option %s',
    async option => {
      const right = {
        loginOptions: { username: 'u' },
        targetPortal: '10.0.0.10',
        mappings: { osBusNumber: 1, osTargetNumber: 2, lunList: [] },
        initiatorInstance: 'instance',
        securityFlags: 1,
        key: 'key',
      };
      const getter = changing(Object.entries(right).find(([name]) => name === option)?.[1], Symbol('wrong'));
      const calls = await arrived(library =>
        loginIScsiTarget(NAME, Object.defineProperty({ ...right, library }, option, getter)),
      );
      expect(calls).toHaveLength(1);
      expect(getter.reads).toBe(1);
    },
  );

  it.each(['address', 'socket', 'symbolicName', 'initiatorName', 'initiatorPortNumber', 'loginOptions'])(
    'is read once: %s of a portal that was reported',
    async member => {
      const right = {
        ...{ address: 'a', socket: 1, symbolicName: 's', initiatorName: 'i', initiatorPortNumber: 1 },
        loginOptions: { loginFlags: [] },
        securityFlags: [],
      };
      const getter = changing(Object.entries(right).find(([name]) => name === member)?.[1], Symbol('wrong'));
      const portal = Object.defineProperty({ ...right }, member, getter);
      expect(await arrived(library => addIScsiSendTargetPortal(portal, { library }))).toHaveLength(1);
      expect(getter.reads).toBe(1);
    },
  );

  it('is a length of bytes that is more than there are', async () => {
    const bytes = Object.defineProperty(Uint8Array.of(1, 2, 3), 'length', changing(3, 3, 2 ** 32 - 1));
    const loginOptions = { username: bytes, password: bytes };
    const [call] = await arrived(library => loginIScsiTarget(NAME, { library, key: bytes, loginOptions }));
    expect(call?.parameters).toMatchObject({
      KeySize: 3,
      Key: '010203',
      LoginOptions: { UsernameLength: 3, Username: '010203', PasswordLength: 3, Password: '010203' },
    });
  });
});

describe('a proxy of an array', () => {
  const lun = { osLun: 1, targetLun: '100' };
  const lying = (array: readonly unknown[], ...lengths: [number, ...number[]]) => {
    let reads = 0;
    return new Proxy(array, {
      get: (target, key) =>
        key === 'length' ? lengths[Math.min(reads++, lengths.length - 1)] : Reflect.get(target, key),
    }) as never;
  };

  it.each([[[1, 5]], [[1, 5000]], [[1, 1, 1, 2 ** 32 - 1]], [[1, 0]]])(
    'that has another length each time arrives with one: %j',
    async lengths => {
      const mappings: LunMappings = {
        ...{ osBusNumber: 1, osTargetNumber: 2 },
        lunList: lying([lun], ...(lengths as [number])),
      };
      const [call] = await arrived(library => loginIScsiTarget(NAME, { library, mappings }));
      expect(call?.parameters.Mappings).toMatchObject({ LUNCount: 1, LUNList: [{ OSLUN: 1, TargetLUN: '256' }] });
      const portalGroup = lying(['10.0.0.10'], ...(lengths as [number]));
      const [target] = await arrived(library => addIScsiStaticTarget(NAME, { library, portalGroup }));
      expect(target?.parameters.PortalGroup).toMatchObject({ Count: 1, Portals: [{ Address: '10.0.0.10' }] });
    },
  );

  it.each([2 ** 32, 2 ** 53 - 1, Number.POSITIVE_INFINITY, Number.NaN, 16_385])(
    'that says it has %d elements is refused',
    async length => {
      expect(
        await arrived(library => addIScsiStaticTarget(NAME, { library, portalGroup: lying(['a'], length) })),
      ).toEqual([]);
      const mappings = { osBusNumber: 1, osTargetNumber: 2, lunList: lying([lun], length) };
      expect(await arrived(library => addIScsiStaticTarget(NAME, { library, mappings }))).toEqual([]);
    },
  );
});

describe('an array', () => {
  class Own extends Array<unknown> {
    override map(): never[] {
      throw new Error('map');
    }

    override entries(): never {
      throw new Error('entries');
    }

    override [Symbol.iterator](): never {
      throw new Error('iterator');
    }
  }

  it('of a class of its own is read by index', async () => {
    const portalGroup = Own.of('10.0.0.10') as never;
    const mappings = { osBusNumber: 0, osTargetNumber: 0, lunList: Own.of({ osLun: 0, targetLun: '0' }) as never };
    const [call] = await arrived(library => addIScsiStaticTarget(NAME, { library, portalGroup, mappings }));
    expect(call?.parameters).toMatchObject({ PortalGroup: { Count: 1 }, Mappings: { LUNCount: 1 } });
  });

  it('as long as an array can be is refused at once', async () => {
    let reads = 0;
    const get = (array: unknown[], key: PropertyKey) => {
      reads++;
      return Reflect.get(array, key);
    };
    const endless = new Proxy<unknown[]>(new Array(2 ** 32 - 1), { get }) as never;
    for (const wrong of [
      { portalGroup: endless },
      { mappings: { osBusNumber: 0, osTargetNumber: 0, lunList: endless } },
      { targetFlags: endless },
      { loginOptions: { loginFlags: endless } },
      { loginOptions: { password: endless } },
      { loginOptions: endless },
    ]) {
      expect(await arrived(library => addIScsiStaticTarget(NAME, { library, ...wrong }))).toEqual([]);
    }
    expect(reads).toBeLessThan(100);
  });

  it('with holes is refused', async () => {
    const [hole] = [new Array(2)];
    expect(await arrived(library => addIScsiStaticTarget(NAME, { library, portalGroup: hole as never }))).toEqual([]);
    expect(await arrived(library => addIScsiStaticTarget(NAME, { library, targetFlags: hole as never }))).toEqual([]);
  });
});

describe('text', () => {
  it.each(['unicode', 'ansi'] as const)(
    'of 200 million characters is refused before it is copied (%s)',
    async charset => {
      const long = 'x'.repeat(2e8);
      const before = process.memoryUsage().arrayBuffers;
      for (const call of [
        (library: RecordingLibrary) => loginIScsiTarget(long, { library, charset }),
        (library: RecordingLibrary) => addIScsiSendTargetPortal({ address: long }, { library, charset }),
        (library: RecordingLibrary) => loginIScsiTarget(NAME, { library, charset, loginOptions: { password: long } }),
      ]) {
        expect(await arrived(call)).toEqual([]);
      }
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e8);
    },
  );
});

describe('members that are not its own', () => {
  it('count where an object inherits them', async () => {
    const loginOptions = Object.create({ username: 'inherited' });
    const [call] = await arrived(library => loginIScsiTarget(NAME, { library, loginOptions }));
    expect(call?.parameters.LoginOptions).toMatchObject({ InformationSpecified: 0x20, UsernameLength: 9 });
    const stray = Object.create({ stray: 1 });
    expect(await arrived(library => loginIScsiTarget(NAME, { library, loginOptions: stray }))).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'are refused where they are unknown: %s',
    async name => {
      const wrong = JSON.parse(`{"${name}":{"username":"u"}}`);
      const portal = { address: 'a', ...wrong };
      Object.defineProperty(portal, name, { value: 1, enumerable: true });
      for (const call of [
        (library: RecordingLibrary) => loginIScsiTarget(NAME, { library, loginOptions: wrong }),
        (library: RecordingLibrary) => addIScsiConnection(ID, { library, targetPortal: portal }),
        (library: RecordingLibrary) => removeIScsiPersistentTarget(NAME, { library, targetPortal: portal }),
      ]) {
        expect(await arrived(call)).toEqual([]);
      }
    },
  );

  it('may be frozen, or have no prototype', async () => {
    const loginOptions = Object.freeze(Object.assign(Object.create(null), { username: 'u' }));
    const [call] = await arrived(library => loginIScsiTarget(NAME, Object.freeze({ library, loginOptions })));
    expect(call?.parameters.LoginOptions).toMatchObject({ UsernameLength: 1 });
  });
});

describe('bytes that go while the call is made', () => {
  it('arrive as they were', async () => {
    const key = Uint8Array.of(1, 2, 3);
    const [call] = await arrived(library => {
      const answer = loginIScsiTarget(NAME, { library, key });
      key.fill(0);
      structuredClone(key.buffer, { transfer: [key.buffer] });
      return answer;
    });
    expect(call?.parameters.Key).toBe('010203');
  });
});

describe('a library that calls back', () => {
  type Done = (error: Error | null, status: number) => void;
  const login = (answer: (args: readonly unknown[], done: Done) => void) => {
    const async = (...args: unknown[]) => answer(args, args.at(-1) as Done);
    const library = { name: 'odd', func: () => Object.assign(() => 0, { async }) as never, ...LATIN };
    return loginIScsiTarget(NAME, { library, loginOptions: { password: 'secret' } });
  };
  const writeIds = (args: readonly unknown[]) => {
    for (const id of args.slice(-3, -1)) (id as Buffer).fill(1, 0, 16);
  };
  const id = '101010101010101-101010101010101';

  it.each([
    ['twice at once', 0, 0],
    ['twice, and fails then', 0, 5],
  ])('%s ends the call once', async (_, first, second) => {
    let ends = 0;
    const answer = login((args, done) => {
      writeIds(args);
      done(null, first);
      done(null, second);
      setImmediate(() => done(new Error('again'), second));
    }).then(ids => {
      ends++;
      return ids;
    });
    expect(await answer).toEqual({ sessionId: id, connectionId: id });
    await new Promise(setImmediate);
    expect(ends).toBe(1);
  });

  it('and throws then has answered', async () => {
    const answer = login((args, done) => {
      writeIds(args);
      done(null, 0);
      throw new Error('too late');
    });
    expect(await answer).toEqual({ sessionId: id, connectionId: id });
  });

  it('without ids, or with half of them, has made no session that can be named', async () => {
    for (const which of [[], [-3], [-2]]) {
      const error = await errorOf(
        login((args, done) => {
          for (const index of which) (args.at(index) as Buffer).fill(1);
          done(null, 0);
        }),
      );
      expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_MALFORMED_REPLY', syscall: 'LoginIScsiTargetW' });
    }
  });
});

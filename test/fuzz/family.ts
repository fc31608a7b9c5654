import assert from 'node:assert/strict';
import fc, { type IAsyncProperty } from 'fast-check';
import {
  type AsyncOptions,
  type DeviceOnSession,
  describeSessions,
  getDevicesForIScsiSession,
  getDevicesForIScsiSessionSync,
  getIScsiIKEInfo,
  getIScsiInitiatorNodeName,
  getIScsiSessionListEx,
  getIScsiVersionInformation,
  reportActiveIScsiTargetMappings,
  reportIScsiInitiatorList,
  setIScsiIKEInfo,
} from 'iscsidsc';
import type { Simulator } from 'iscsidsc/simulator';
import { DEVICE_ON_SESSION } from '../../src/api/devices/device.js';
import { VERSION_INFO } from '../../src/api/initiator/version.js';
import { IKE_INFORMATION } from '../../src/api/security/ipsec.js';
import { SESSION_INFO_EX } from '../../src/api/sessions/negotiated-session.js';
import { TARGET_MAPPING } from '../../src/api/targets/mapping.js';
import { SESSION_INFO } from '../../src/codec/session-list.js';
import type { StructDescription } from '../../src/codec/struct.js';
import { withGuards } from '../contract/guards.js';
import { MutatingLibrary } from './mutating-library.js';
import { anyMutations, type Mutation } from './mutation.js';
import { anyList } from './values.js';

const IDENTITY = { idType: 'fqdn', id: 'host.example' } as const;
const ID = 'ffffe00112345010-4000013700000000';

/** Functions that read what a library has written, and the structs of their answers. */
const FUNCTIONS: Readonly<
  Record<string, readonly [call: (options: AsyncOptions) => Promise<unknown>, struct: StructDescription]>
> = {
  getDevicesForIScsiSession: [options => getDevicesForIScsiSession(ID, options), DEVICE_ON_SESSION],
  getIScsiSessionListEx: [getIScsiSessionListEx, SESSION_INFO_EX],
  reportActiveIScsiTargetMappings: [reportActiveIScsiTargetMappings, TARGET_MAPPING],
  reportIScsiInitiatorList: [reportIScsiInitiatorList, VERSION_INFO],
  getIScsiInitiatorNodeName: [getIScsiInitiatorNodeName, VERSION_INFO],
  getIScsiVersionInformation: [getIScsiVersionInformation, VERSION_INFO],
  describeSessions: [describeSessions, SESSION_INFO],
  getIScsiIKEInfo: [storedFlags, IKE_INFORMATION],
};

/** What is written beside the flags is not looked at. */
async function storedFlags(options: AsyncOptions): Promise<unknown> {
  const stored = await getIScsiIKEInfo(IDENTITY, options);
  assert.deepEqual(Object.keys(stored), ['securityFlags']);
  return stored;
}

/** Any devices come back as they were given. */
export function deviceRoundTrip(
  charset: 'unicode' | 'ansi',
  text: fc.Arbitrary<string>,
  simulator: Simulator,
): IAsyncProperty<[DeviceOnSession[]]> {
  return fc.asyncProperty(
    anyList(DEVICE_ON_SESSION, { form: charset === 'ansi' ? 'A' : 'W', text, inner: 0 }, 40),
    devices =>
      withGuards(async () => {
        simulator.devices = { [ID]: devices };
        const options = { library: simulator, charset };
        assert.deepEqual(getDevicesForIScsiSessionSync(ID, options), devices);
        assert.deepEqual(await getDevicesForIScsiSession(ID, options), devices);
      }),
  );
}

/** A changed answer gives plain data, or ERR_ISCSIDSC_MALFORMED_REPLY, and nothing else. */
export function mutatedFamilyReply(simulator: Simulator): IAsyncProperty<[[string, Mutation[]], 'unicode' | 'ansi']> {
  const any = fc
    .constantFrom(...Object.keys(FUNCTIONS))
    .chain(name => fc.tuple(fc.constant(name), anyMutations(FUNCTIONS[name]?.[1] ?? SESSION_INFO)));
  return fc.asyncProperty(any, fc.constantFrom('unicode', 'ansi'), ([name, mutations], charset) =>
    withGuards(async () => {
      await setIScsiIKEInfo({ ...IDENTITY, securityFlags: ['valid'], key: 'k3y-of-tests' }, { library: simulator });
      const library = new MutatingLibrary(simulator, mutations);
      const [call] = FUNCTIONS[name] ?? [];
      assert.ok(call);
      try {
        const result = await call({ library, charset });
        assert.deepEqual(structuredClone(result), result);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        const { code, stack } = error as Error & { code?: unknown };
        assert.equal(code, 'ERR_ISCSIDSC_MALFORMED_REPLY', stack);
      }
    }),
  );
}

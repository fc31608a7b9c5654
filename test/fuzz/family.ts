import assert from 'node:assert/strict';
import fc, { type IAsyncProperty } from 'fast-check';
import {
  type AsyncOptions,
  type DeviceOnSession,
  describeSessions,
  getDevicesForIScsiSession,
  getDevicesForIScsiSessionSync,
  getIScsiInitiatorNodeName,
  getIScsiSessionListEx,
  getIScsiVersionInformation,
  reportActiveIScsiTargetMappings,
  reportIScsiInitiatorList,
} from 'iscsidsc';
import type { Simulator } from 'iscsidsc/simulator';
import { withGuards } from '../contract/guards.js';
import { MutatingLibrary } from './mutating-library.js';
import { anyMutations, type Mutation } from './mutation.js';

const ID = 'ffffe00112345010-4000013700000000';

/** The functions around the session list, each of which reads what a library has written. */
const FUNCTIONS: Readonly<Record<string, (options: AsyncOptions) => Promise<unknown>>> = {
  getDevicesForIScsiSession: options => getDevicesForIScsiSession(ID, options),
  getIScsiSessionListEx,
  reportActiveIScsiTargetMappings,
  reportIScsiInitiatorList,
  getIScsiInitiatorNodeName,
  getIScsiVersionInformation,
  describeSessions,
};

/** Any devices come back as they were given. */
export function deviceRoundTrip(
  charset: 'unicode' | 'ansi',
  text: fc.Arbitrary<string>,
  simulator: Simulator,
): IAsyncProperty<[DeviceOnSession[]]> {
  return fc.asyncProperty(fc.array(anyDevice(text), { maxLength: 40 }), devices =>
    withGuards(async () => {
      simulator.devices = { [ID]: devices };
      const options = { library: simulator, charset };
      assert.deepEqual(getDevicesForIScsiSessionSync(ID, options), devices);
      assert.deepEqual(await getDevicesForIScsiSession(ID, options), devices);
    }),
  );
}

/** A changed answer gives plain data, or ERR_ISCSIDSC_MALFORMED_REPLY, and nothing else. */
export function mutatedFamilyReply(simulator: Simulator): IAsyncProperty<[string, 'unicode' | 'ansi', Mutation[]]> {
  const name = fc.constantFrom(...Object.keys(FUNCTIONS));
  return fc.asyncProperty(name, fc.constantFrom('unicode', 'ansi'), anyMutations(), (name, charset, mutations) =>
    withGuards(async () => {
      const library = new MutatingLibrary(simulator, mutations);
      const call = FUNCTIONS[name];
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

function anyDevice(text: fc.Arbitrary<string>): fc.Arbitrary<DeviceOnSession> {
  const short = text.filter(value => value.length < 100);
  const uint8 = fc.nat(255);
  const uint32 = fc.nat(0xffffffff);
  return fc.record(
    {
      initiatorName: short,
      targetName: short,
      scsiAddress: fc.record(
        { portNumber: uint8, pathId: uint8, targetId: uint8, lun: uint8 },
        { noNullPrototype: true },
      ),
      deviceInterfaceType: fc.uuid(),
      deviceInterfaceName: short,
      legacyName: short,
      storageDeviceNumber: fc.record(
        { deviceType: uint32, deviceNumber: uint32, partitionNumber: uint32 },
        { noNullPrototype: true },
      ),
      deviceInstance: uint32,
    },
    { noNullPrototype: true },
  );
}

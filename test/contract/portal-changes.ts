import assert from 'node:assert/strict';
import { type AddPortalOptions, addIScsiSendTargetPortal, type SendTargetPortalInput } from 'iscsidsc';
import type { CountedLibrary } from './counted-library.js';
import { exampleSendTargetPortal } from './examples/portals.js';
import { guardedErrorOf } from './outcome.js';
import type { Arrange, Declare } from './subject.js';
import { ASYNC_WAYS } from './ways.js';

const DISCOVERY_FAILED = [
  [0xefff0003, 'ISDSC_CONNECTION_FAILED'],
  [0xefff0009, 'ISDSC_AUTHENTICATION_FAILURE'],
] as const;
const NOT_REGISTERED = [
  [5, 'ERROR_ACCESS_DENIED'],
  [87, 'ERROR_INVALID_PARAMETER'],
  [0xefff003e, 'ISDSC_SERVICE_NOT_RUNNING'],
] as const;
const NEW: SendTargetPortalInput = { address: 'fd00:1::1', socket: 3261, symbolicName: 'new' };
// It is bound to an initiator, and its address is fd00::1.
const REGISTERED = exampleSendTargetPortal(1, 'disk');

/** Rules of `addIScsiSendTargetPortal` about a portal that cannot be discovered. */
export function portalChangesContract(arrange: Arrange, rule: Declare): void {
  for (const { name, form, charset } of ASYNC_WAYS) {
    const given = (text: string, check: () => Promise<void>) => rule(`a portal is added: ${text} (${name})`, check);
    const [add, remove, report] = [
      `AddIScsiSendTargetPortal${form}`,
      `RemoveIScsiSendTargetPortal${form}`,
      `ReportIScsiSendTargetPortals${form}`,
    ] as const;
    const fails = async (library: CountedLibrary, portal: SendTargetPortalInput, options: AddPortalOptions) => {
      const made: string[] = [];
      library.onReturned = each => made.push(each);
      const error = await guardedErrorOf(() => addIScsiSendTargetPortal(portal, { ...options, library, charset }));
      assert.equal(error.syscall, add);
      return { error, made };
    };

    for (const [status, code] of DISCOVERY_FAILED) {
      given(`it stays registered, and the error says so: ${code}`, async () => {
        const { error, made } = await fails(arrange({ statuses: { [add]: [status] } }), NEW, {});
        assert.deepEqual([error.code, error.errno, error.portalRegistered], [code, status, true]);
        assert.match(error.message, /stays registered/);
        assert.deepEqual(made, [add]);
      });
      given(`with rollback it is removed again: ${code}`, async () => {
        const library = arrange({ statuses: { [add]: [status] } });
        const { error, made } = await fails(library, NEW, { rollback: true });
        assert.deepEqual([error.code, error.errno, error.portalRegistered], [code, status, false]);
        assert.doesNotMatch(error.message, /registered/);
        assert.deepEqual(made, [report, add, remove]);
      });
    }
    for (const [status, code] of NOT_REGISTERED) {
      for (const rollback of [false, true]) {
        given(`it was not registered, so nothing is removed: ${code}, rollback: ${rollback}`, async () => {
          const { error, made } = await fails(arrange({ statuses: { [add]: [status] } }), NEW, { rollback });
          assert.deepEqual([error.code, error.errno, 'portalRegistered' in error], [code, status, false]);
          assert.deepEqual(made, rollback ? [report, add] : [add]);
        });
      }
    }
    given('what rollback removes is the portal that was added', async () => {
      const library = arrange({ statuses: { [add]: [0xefff0003] } });
      const written: unknown[] = [];
      library.onReturned = (syscall, args) => {
        // Their memory is wiped afterwards.
        const copies = args.map(each => (each instanceof Uint8Array ? Buffer.from(each).toString('hex') : each));
        if (syscall === add) written.push([copies[0], copies[1], copies[4]]);
        if (syscall === remove) written.push(copies);
      };
      const initiator = { initiatorInstance: 'ROOT\\ISCSIPRT\\0007_0', initiatorPortNumber: 7 };
      await guardedErrorOf(() => addIScsiSendTargetPortal(NEW, { ...initiator, rollback: true, library, charset }));
      assert.equal(written.length, 2);
      assert.deepEqual(written[1], written[0]);
    });
    for (const [text, portal] of [
      ['as it was reported', REGISTERED],
      ['with its address written otherwise', { ...REGISTERED, address: 'FD00:0:0::0001' }],
      [
        'with its initiator written otherwise',
        { ...REGISTERED, initiatorName: REGISTERED.initiatorName.toLowerCase() },
      ],
      ['with another symbolic name', { ...REGISTERED, symbolicName: 'another' }],
    ] as const) {
      given(`rollback leaves one that was registered before: ${text}`, async () => {
        const library = arrange({ portals: 3, statuses: { [add]: [0xefff0003] } });
        const { error, made } = await fails(library, portal, { rollback: true });
        assert.equal(error.portalRegistered, true);
        assert.deepEqual(made, [report, add]);
      });
    }
    for (const [text, portal] of [
      ['another port', { ...REGISTERED, socket: REGISTERED.socket + 1 }],
      ['another initiator', { address: REGISTERED.address, socket: REGISTERED.socket }],
      ['another port of the initiator', { ...REGISTERED, initiatorPortNumber: 9 }],
    ] as const) {
      given(`rollback removes one that differs from those registered before: ${text}`, async () => {
        const library = arrange({ portals: 3, statuses: { [add]: [0xefff0003] } });
        const { error, made } = await fails(library, portal, { rollback: true });
        assert.equal(error.portalRegistered, false);
        assert.deepEqual(made, [report, add, remove]);
      });
    }
    given('one that cannot be removed again is registered, and the error has the reason', async () => {
      const library = arrange({ statuses: { [add]: [0xefff0003], [remove]: [5] } });
      const { error, made } = await fails(library, NEW, { rollback: true });
      assert.deepEqual([error.code, error.portalRegistered], ['ISDSC_CONNECTION_FAILED', true]);
      const cause = error.cause as Error & Record<string, unknown>;
      assert.deepEqual([cause.code, cause.syscall], ['ERROR_ACCESS_DENIED', remove]);
      assert.deepEqual(made, [report, add, remove]);
    });
    given('with rollback nothing is added while it is not known what was registered before', async () => {
      const library = arrange({ statuses: { [report]: [5] } });
      const options = { rollback: true, library, charset };
      const error = await guardedErrorOf(() => addIScsiSendTargetPortal(NEW, options));
      assert.deepEqual([error.code, error.syscall, library.calls], ['ERROR_ACCESS_DENIED', report, 1]);
    });
    given('with rollback, one that answers stays', async () => {
      const library = arrange({});
      const made: string[] = [];
      library.onReturned = each => made.push(each);
      await addIScsiSendTargetPortal(exampleSendTargetPortal(0, 'disk'), { rollback: true, library, charset });
      assert.deepEqual(made, [report, add]);
    });
  }
}

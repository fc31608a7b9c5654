import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  type StatusWarning,
  sendScsiInquiry,
  sendScsiReadCapacity,
  sendScsiReportLuns,
} from 'iscsidsc';
import { guardedEqual, guardedErrorOf } from './outcome.js';
import { type Scenario, sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';

const FAILED = 'ISDSC_SCSI_REQUEST_FAILED';

/** Rules of SCSI commands, which have no A and W forms. */
export function scsiContract(arrange: Arrange, rule: Declare): void {
  const [session] = sessionsOf({});
  const sessionId = session?.sessionId ?? '';
  const commands: Readonly<Record<string, (options: AsyncOptions) => Promise<unknown>>> = {
    SendScsiInquiry: options => sendScsiInquiry(sessionId, 0, options),
    SendScsiReadCapacity: options => sendScsiReadCapacity(sessionId, 0, options),
    SendScsiReportLuns: options => sendScsiReportLuns(sessionId, options),
  };
  const given = (text: string, check: () => Promise<void>) => rule(`scsi: ${text}`, check);
  const decoded = async (call: Promise<object>) => {
    const { raw, ...rest } = (await call) as { raw: Uint8Array };
    assert.ok(raw instanceof Uint8Array && raw.length > 0);
    return rest;
  };

  given('the standard data of a LUN', () =>
    guardedEqual(() => decoded(sendScsiInquiry(sessionId, 0, { library: arrange({}) })), {
      peripheralQualifier: 0,
      peripheralType: 'disk',
      isRemovable: false,
      version: 6,
      vendor: 'example',
      product: 'disk',
      revision: '0001',
    }),
  );
  for (const [lun, as] of [
    [1, 'number'],
    ['100', 'text of mappings'],
  ] as const) {
    given(`pages of the LUN that is named by its ${as}`, async () => {
      const page = { library: arrange({ luns: 2 }), evpd: true } as const;
      assert.deepEqual((await sendScsiInquiry(sessionId, lun, page)).supportedPages, [0x00, 0x80, 0x83]);
      const { serialNumber } = await sendScsiInquiry(sessionId, lun, { ...page, pageCode: 0x80 });
      assert.equal(serialNumber, 'serial-1');
      const { designators } = await sendScsiInquiry(sessionId, lun, { ...page, pageCode: 0x83 });
      assert.equal(designators.length, 2);
      assert.match(designators[0]?.value ?? '', /^6[0-9a-f]{31}$/);
      assert.deepEqual(designators[1], {
        association: 'logicalUnit',
        type: 't10VendorId',
        protocol: null,
        codeSet: 'ascii',
        value: 'example serial-1',
      });
    });
  }
  given('the capacity of a disk', () =>
    guardedEqual(() => decoded(sendScsiReadCapacity(sessionId, 0, { library: arrange({}) })), {
      blocks: 2n ** 21n,
      blockLength: 512,
      bytes: 2n ** 30n,
    }),
  );
  for (const luns of [1, 2, 200]) {
    given(`the ${luns} LUNs of a target`, () =>
      guardedEqual(() => decoded(sendScsiReportLuns(sessionId, { library: arrange({ luns }) })), {
        luns: Array.from({ length: luns }, (_, lun) => ({ lun, targetLun: (lun * 256).toString(16) })),
      }),
    );
  }
  given('a LUN that is not there is refused, with what the device says', async () => {
    for (const call of [
      (options: AsyncOptions) => sendScsiInquiry(sessionId, 9, options),
      (options: AsyncOptions) => sendScsiReadCapacity(sessionId, 9, options),
    ]) {
      const error = await guardedErrorOf(() => call({ library: arrange({}) }));
      assert.deepEqual([error.code, error.errno, error.scsiStatus], [FAILED, 0xefff001d, 'checkCondition']);
      assert.deepEqual(error.sense, {
        responseCode: 0x70,
        isDeferred: false,
        key: 'illegalRequest',
        asc: 0x25,
        ascq: 0,
        description: 'Logical unit not supported',
        raw: '700005000000000a00000000250000000000',
      });
    }
  });
  for (const [syscall, command] of Object.entries(commands)) {
    const fails = (scenario: Scenario) => guardedErrorOf(() => command({ library: arrange(scenario) }));
    given(`a status is an error without a SCSI status: ${syscall}`, async () => {
      const error = await fails({ status: 0xefff0060 });
      assert.deepEqual([error.code, error.syscall], ['ISDSC_NO_CONNECTION_AVAILABLE', syscall]);
      assert.ok(!('scsiStatus' in error) && !('sense' in error));
    });
    given(`a warning is told, and the answer returned: ${syscall}`, async () => {
      const warnings: StatusWarning[] = [];
      const onWarning = (warning: StatusWarning) => warnings.push(warning);
      await command({ library: arrange({ status: 0xafff002e }), onWarning });
      assert.deepEqual(
        warnings.map(each => each.syscall),
        [syscall],
      );
    });
    given(`a malformed id is an error before any call: ${syscall}`, async () => {
      const library = arrange({});
      for (const call of [
        sendScsiInquiry('x', 0, { library }),
        sendScsiReadCapacity('x', 0, { library }),
        sendScsiReportLuns('x', { library }),
      ]) {
        await assert.rejects(call, { code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
      }
      assert.equal(library.calls, 0);
    });
  }
  for (const lun of [-1, 1.5, 16384, '', '12345678901234567', 'x', null, 0n]) {
    given(`is refused before any call for the LUN ${typeof lun} ${String(lun)}`, async () => {
      const library = arrange({});
      for (const call of [
        sendScsiInquiry(sessionId, lun as never, { library }),
        sendScsiReadCapacity(sessionId, lun as never, { library }),
      ]) {
        await assert.rejects(call, { code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
      }
      assert.equal(library.calls, 0);
    });
  }
}

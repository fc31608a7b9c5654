import assert from 'node:assert/strict';
import {
  addIScsiSendTargetPortal,
  getIScsiSessionList,
  type Library,
  loginIScsiTarget,
  sendScsiInquiry,
  sendScsiReadCapacity,
  sendScsiReportLuns,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { forBothForms, PORTALS, type Site, TARGETS } from './site.js';

/** Rules about SCSI commands through a session. They have no A and W forms; the login before them has. */
export function scsiContract(open: () => Site, declare: Declare): void {
  forBothForms(open, declare, ({ rule: declareRule }) => {
    type Options = { readonly library: Library; readonly charset?: 'unicode' | 'ansi' | undefined };
    const rule = (
      text: string,
      check: (sessionId: string, options: Options, site: Site) => Promise<void>,
      isInformationalSession = false,
    ) =>
      declareRule(`scsi: ${text}`, async ({ library, charset }, site) => {
        const options = { library, charset };
        await addIScsiSendTargetPortal(PORTALS.first, options);
        const { sessionId } = await loginIScsiTarget(TARGETS.open, { ...options, isInformationalSession });
        await check(sessionId, options, site);
      });

    rule('a LUN says what it is', async (sessionId, options) => {
      const { raw, ...inquiry } = await sendScsiInquiry(sessionId, 0, options);
      assert.deepEqual(inquiry, {
        peripheralQualifier: 0,
        peripheralType: 'disk',
        isRemovable: false,
        version: 6,
        vendor: 'example',
        product: 'disk',
        revision: '0001',
      });
      assert.equal(Buffer.from(raw).toString('latin1', 8, 15), 'example');
    });
    rule('the pages that a LUN has are decoded', async (sessionId, options) => {
      const page = { ...options, evpd: true } as const;
      assert.deepEqual((await sendScsiInquiry(sessionId, 1, page)).supportedPages, [0, 0x80, 0x83]);
      const { serialNumber } = await sendScsiInquiry(sessionId, 1, { ...page, pageCode: 0x80 });
      assert.match(serialNumber, /\S/);
      const { designators } = await sendScsiInquiry(sessionId, 1, { ...page, pageCode: 0x83 });
      assert.deepEqual(
        designators.map(({ association, type, codeSet }) => [association, type, codeSet]),
        [
          ['logicalUnit', 'naa', 'binary'],
          ['logicalUnit', 't10VendorId', 'ascii'],
        ],
      );
      assert.match(designators[0]?.value ?? '', /^6[0-9a-f]{31}$/);
      assert.ok(designators[1]?.value.endsWith(serialNumber));
    });
    rule('a LUN can be named as in mappings', async (sessionId, options) => {
      const page = { ...options, evpd: true, pageCode: 0x80 } as const;
      const byNumber = await sendScsiInquiry(sessionId, 1, page);
      assert.deepEqual(await sendScsiInquiry(sessionId, '100', page), byNumber);
      assert.notEqual(byNumber.serialNumber, (await sendScsiInquiry(sessionId, 0, page)).serialNumber);
    });
    rule('a disk has a capacity', async (sessionId, options) => {
      const { raw, ...capacity } = await sendScsiReadCapacity(sessionId, 0, options);
      assert.deepEqual(capacity, { blocks: 2n ** 21n, blockLength: 512, bytes: 2n ** 30n });
      assert.equal(raw.length, 8);
    });
    rule('a target reports its LUNs', async (sessionId, options) => {
      assert.deepEqual((await sendScsiReportLuns(sessionId, options)).luns, [
        { lun: 0, targetLun: '0' },
        { lun: 1, targetLun: '100' },
      ]);
    });
    rule(
      'commands work in an informational session',
      async (sessionId, options) => {
        assert.equal((await sendScsiReportLuns(sessionId, options)).luns.length, 2);
        assert.equal((await sendScsiInquiry(sessionId, 0, options)).product, 'disk');
      },
      true,
    );
    rule('a LUN that is not there is refused, with what the device says', async (sessionId, options) => {
      for (const call of [sendScsiInquiry(sessionId, 9, options), sendScsiReadCapacity(sessionId, 300, options)]) {
        const error = await errorOf(call);
        assert.deepEqual([error.code, error.scsiStatus], ['ISDSC_SCSI_REQUEST_FAILED', 'checkCondition']);
        const { raw, ...sense } = error.sense as { raw: string };
        assert.deepEqual(sense, {
          responseCode: 0x70,
          isDeferred: false,
          key: 'illegalRequest',
          asc: 0x25,
          ascq: 0,
          description: 'Logical unit not supported',
        });
        assert.equal(raw.length, 36);
        const plain = JSON.parse(JSON.stringify(error));
        assert.deepEqual([plain.scsiStatus, plain.sense], ['checkCondition', { ...sense, raw }]);
      }
    });
    rule('a page that a LUN has not is refused', async (sessionId, options) => {
      const error = await errorOf(sendScsiInquiry(sessionId, 0, { ...options, evpd: true, pageCode: 0xb0 }));
      assert.equal((error.sense as { description: string }).description, 'Invalid field in CDB');
    });
    rule('a session that is not there takes no commands', async (_, options) => {
      assert.ok(!(await getIScsiSessionList(options)).some(({ sessionId }) => sessionId === '1-dead'));
      for (const call of [
        sendScsiInquiry('1-dead', 0, options),
        sendScsiReadCapacity('1-dead', 0, options),
        sendScsiReportLuns('1-dead', options),
      ]) {
        assert.equal((await errorOf(call)).code, 'ISDSC_INVALID_SESSION_ID');
      }
    });
  });
}

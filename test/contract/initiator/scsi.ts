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
import { forBothForms, type Site, type Sites } from './site.js';

/** Rules about SCSI commands through a session. They have no A and W forms; the login before them has. */
export function scsiContract(sites: Sites, declare: Declare): void {
  const { targets, portals, lun } = sites;
  forBothForms(sites, declare, ({ rule: declareRule }) => {
    type Options = { readonly library: Library; readonly charset?: 'unicode' | 'ansi' | undefined };
    const rule = (
      text: string,
      check: (sessionId: string, options: Options, site: Site) => Promise<void>,
      isInformationalSession = false,
    ) =>
      declareRule(`scsi: ${text}`, async ({ library, charset }, site) => {
        const options = { library, charset };
        await addIScsiSendTargetPortal(portals.first, options);
        const { sessionId } = await loginIScsiTarget(targets.open, { ...options, isInformationalSession });
        await check(sessionId, options, site);
      });

    rule('a LUN says what it is', async (sessionId, options) => {
      const { raw, version, revision, ...inquiry } = await sendScsiInquiry(sessionId, 0, options);
      assert.deepEqual(inquiry, {
        peripheralQualifier: 0,
        peripheralType: 'disk',
        isRemovable: false,
        vendor: lun.vendor,
        product: lun.product,
      });
      assert.ok(version >= 4 && revision !== '', `${version} ${revision}`);
      assert.equal(Buffer.from(raw).toString('latin1', 8, 16).trimEnd(), lun.vendor);
    });
    rule('the pages that a LUN has are decoded', async (sessionId, options) => {
      const page = { ...options, evpd: true } as const;
      const { supportedPages } = await sendScsiInquiry(sessionId, 1, page);
      for (const needed of [0, 0x80, 0x83]) assert.ok(supportedPages.includes(needed), `${supportedPages}`);
      const { serialNumber } = await sendScsiInquiry(sessionId, 1, { ...page, pageCode: 0x80 });
      assert.match(serialNumber, /\S/);
      const { designators } = await sendScsiInquiry(sessionId, 1, { ...page, pageCode: 0x83 });
      const unit = designators.filter(({ association }) => association === 'logicalUnit');
      assert.ok(unit.length > 0 && unit.every(({ value }) => value !== ''), JSON.stringify(designators));
    });
    rule('a LUN can be named as in mappings', async (sessionId, options) => {
      const page = { ...options, evpd: true, pageCode: 0x80 } as const;
      const byNumber = await sendScsiInquiry(sessionId, 1, page);
      assert.deepEqual(await sendScsiInquiry(sessionId, '100', page), byNumber);
      assert.notEqual(byNumber.serialNumber, (await sendScsiInquiry(sessionId, 0, page)).serialNumber);
    });
    rule('a disk has a capacity', async (sessionId, options) => {
      const { raw, ...capacity } = await sendScsiReadCapacity(sessionId, 0, options);
      assert.equal(capacity.bytes, lun.bytes);
      assert.equal((capacity.blocks ?? 0n) * BigInt(capacity.blockLength), lun.bytes);
      assert.ok([8, 12, 32].includes(raw.length));
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
        assert.equal((await sendScsiInquiry(sessionId, 0, options)).product, lun.product);
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
      const error = await errorOf(sendScsiInquiry(sessionId, 0, { ...options, evpd: true, pageCode: 0xdf }));
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

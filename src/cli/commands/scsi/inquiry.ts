import type {
  DeviceIdentification,
  InquiryPage,
  StandardInquiry,
  SupportedPages,
  UnitSerialNumber,
} from '../../../index.js';
import { defineCommand } from '../../command.js';
import type { ValueType } from '../../options/parse.js';
import { type Field, formatDetails } from '../../terminal/details.js';
import { namedSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from '../sessions/session-argument.js';
import { LUN_OPTION } from './lun-option.js';

const PAGE: ValueType<number> = {
  placeholder: 'PAGE',
  expected: 'the number of a page such as 0x83 or 131',
  read(text) {
    const number = /^(0x[0-9a-f]{1,2}|\d{1,3})$/i.test(text) ? Number(text) : 256;
    return number <= 0xff ? number : undefined;
  },
};

export const scsiInquiry = defineCommand({
  name: 'scsi inquiry',
  summary: 'Ask a LUN of a session what it is',
  operands: SESSION_OPERAND,
  options: {
    ...SESSION_TARGET,
    ...LUN_OPTION,
    page: {
      help: 'A page of vital product data: 0x00 lists the pages, 0x80 is the serial number, 0x83 the names',
      type: PAGE,
    },
  },
  synopsis: SESSION_SYNOPSIS,
  example: 'scsi inquiry --target iqn.2005-10.org.example.nas:backup --page 0x80',
  async run(input, context): Promise<StandardInquiry | InquiryPage> {
    const { iscsidsc, options } = context;
    const { sessionId } = await namedSession(input, context);
    const request = input.page === undefined ? {} : { evpd: true, pageCode: input.page };
    return await iscsidsc.sendScsiInquiry(sessionId, input.lun, { ...options, ...request });
  },
  format: (inquiry, format) => formatDetails([{ fields: fieldsOf(inquiry) }], format),
});

function fieldsOf(inquiry: StandardInquiry | InquiryPage): Field[] {
  const kind: Field[] = [['Type', String(inquiry.peripheralType)]];
  if (inquiry.peripheralQualifier !== 0) kind.push(['Qualifier', String(inquiry.peripheralQualifier)]);
  if (!('pageCode' in inquiry)) {
    const { vendor, product, revision, version, isRemovable } = inquiry;
    return [
      ...kind,
      ['Vendor', vendor],
      ['Product', product],
      ['Revision', revision],
      ['SPC version', String(version)],
      ['Removable', isRemovable ? 'yes' : 'no'],
    ];
  }
  return [...kind, ['Page', hexadecimal(inquiry.pageCode)], ...contentOf(inquiry)];
}

function contentOf(page: InquiryPage | SupportedPages | UnitSerialNumber | DeviceIdentification): Field[] {
  if ('supportedPages' in page) return [['Pages', page.supportedPages.map(hexadecimal).join(', ')]];
  if ('serialNumber' in page) return [['Serial number', page.serialNumber]];
  if (!('designators' in page)) return [['Bytes', Buffer.from(page.raw).toString('hex')]];
  return page.designators.map(({ association, type, value }) => [`${type} of ${association}`, value]);
}

function hexadecimal(page: number): string {
  return `0x${page.toString(16).padStart(2, '0')}`;
}

import type {
  DeviceIdentification,
  InquiryPage,
  StandardInquiry,
  SupportedPages,
  UnitSerialNumber,
} from '../../../index.js';
import { defineCommand } from '../../command.js';
import type { ValueType } from '../../options/parse.js';
import { type Field, formatDetails, named } from '../../terminal/details.js';
import { namedSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from '../sessions/session-argument.js';
import { LUN_OPTION } from './lun-option.js';

const MOST = 255;

/** The number of a page, as the standard writes it or in decimal. */
const PAGE: ValueType<number> = {
  placeholder: 'PAGE',
  expected: `the number of a page such as 0x83, at most ${MOST}`,
  read: text => (/^(0x[0-9a-f]{1,2}|\d{1,3})$/i.test(text) && Number(text) <= MOST ? Number(text) : undefined),
};

export const scsiInquiry = defineCommand({
  name: 'scsi inquiry',
  summary: 'Ask a LUN what it is: vendor, product, serial number, unique names (INQUIRY)',
  operands: SESSION_OPERAND,
  options: {
    ...SESSION_TARGET,
    ...LUN_OPTION,
    page: {
      help: 'A page of vital product data: 0x80 is the serial number, 0x83 the unique names, 0x00 lists the pages. Without it, vendor and product are printed',
      type: PAGE,
    },
  },
  synopsis: SESSION_SYNOPSIS,
  example: 'scsi inquiry --target iqn.2005-10.org.example.nas:backup --page 0x83',
  async run(input, context): Promise<StandardInquiry | InquiryPage> {
    const { iscsidsc, options } = context;
    const { sessionId } = await namedSession(input, context);
    const request = input.page === undefined ? {} : { evpd: true, pageCode: input.page };
    return await iscsidsc.sendScsiInquiry(sessionId, input.lun, { ...options, ...request });
  },
  format: (inquiry, format) => formatDetails([{ fields: fieldsOf(inquiry) }], format),
});

function fieldsOf(inquiry: StandardInquiry | InquiryPage): Field[] {
  const { peripheralType, peripheralQualifier } = inquiry;
  const device: Field = ['Device', QUALIFIERS[peripheralQualifier] ?? named(peripheralType)];
  if (!('vendor' in inquiry)) {
    const cut: Field[] = inquiry.isTruncated ? [['Truncated', 'yes: there is more than is printed here']] : [];
    return [device, ['Page', hexadecimal(inquiry.pageCode)], ...contentOf(inquiry), ...cut];
  }
  const { vendor, product, revision, version, isRemovable } = inquiry;
  return [
    device,
    ['Vendor', vendor],
    ['Product', product],
    ['Revision', revision],
    ['Standard', STANDARDS[version] ?? named(version)],
    ['Removable medium', isRemovable ? 'yes' : 'no'],
  ];
}

// Some targets answer for a LUN that they do not have, instead of refusing the command.
const QUALIFIERS: Readonly<Record<number, string>> = {
  1: 'none at this LUN now',
  3: 'none: the target has no such LUN',
};

const STANDARDS: Readonly<Record<number, string>> = {
  0: 'none',
  3: 'SPC',
  4: 'SPC-2',
  5: 'SPC-3',
  6: 'SPC-4',
  7: 'SPC-5',
};

function contentOf(page: InquiryPage | SupportedPages | UnitSerialNumber | DeviceIdentification): Field[] {
  if ('supportedPages' in page) return [['Pages', page.supportedPages.map(hexadecimal).join(', ')]];
  if ('serialNumber' in page) return [['Serial number', page.serialNumber]];
  if ('designators' in page) {
    return page.designators.map(({ association, type, value }) => [
      `${capital(named(type))} of the ${named(association)}`,
      value,
    ]);
  }
  // In pairs, so that a line can end between them.
  return [
    [
      'Bytes',
      Buffer.from(page.raw)
        .toString('hex')
        .replace(/..(?=.)/g, '$& '),
    ],
  ];
}

function hexadecimal(page: number): string {
  return `0x${page.toString(16).padStart(2, '0')}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

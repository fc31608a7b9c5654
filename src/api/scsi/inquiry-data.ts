import { type Named, nameOf } from '../../codec/numbers.js';
import type { Reply } from '../../codec/source.js';
import { PERIPHERAL_TYPES } from '../../header/scsi.js';

/** The kind of a device. */
export type PeripheralType = Named<
  | 'disk'
  | 'tape'
  | 'processor'
  | 'cdDvd'
  | 'opticalMemory'
  | 'mediumChanger'
  | 'storageArrayController'
  | 'enclosureServices'
  | 'simplifiedDisk'
  | 'objectStorage'
  | 'zonedDisk'
  | 'wellKnownLun'
  | 'unknown'
>;

/** What every answer to INQUIRY begins with. */
export interface Inquired {
  /** 0: the device is there; 1: it could be, and is not; 3: there is none at this LUN. */
  peripheralQualifier: number;
  /** The kind of device. */
  peripheralType: PeripheralType;
  /** All bytes of the answer. */
  raw: Uint8Array;
}

/** The standard data of a device. Texts are without the blanks that fill them up. */
export interface StandardInquiry extends Inquired {
  /** Whether its medium can be taken out. */
  isRemovable: boolean;
  /** The version of SPC that it claims to follow: 5 is SPC-3, 6 is SPC-4. */
  version: number;
  /** Who has made it. */
  vendor: string;
  /** Which device it is. */
  product: string;
  /** The revision of its firmware. */
  revision: string;
}

/** A page of vital product data whose content is not decoded. */
export interface InquiryPage extends Inquired {
  /** The number of the page. */
  pageCode: number;
}

/** Page 0x00. */
export interface SupportedPages extends InquiryPage {
  /** The numbers of the pages that the device has. */
  supportedPages: number[];
}

/** Page 0x80. */
export interface UnitSerialNumber extends InquiryPage {
  /** The serial number, without the blanks that fill it up. */
  serialNumber: string;
}

/** Page 0x83. */
export interface DeviceIdentification extends InquiryPage {
  /** The names of the device, of its ports, and of what it belongs to. */
  designators: Designator[];
}

/** A name that a device gives itself. */
export interface Designator {
  /** What is named. */
  association: Named<'logicalUnit' | 'targetPort' | 'targetDevice'>;
  /** What kind of name it is. */
  type: Named<
    | 'vendorSpecific'
    | 't10VendorId'
    | 'eui64'
    | 'naa'
    | 'relativeTargetPort'
    | 'targetPortGroup'
    | 'logicalUnitGroup'
    | 'md5'
    | 'scsiName'
  >;
  /** How it is written. */
  codeSet: Named<'binary' | 'ascii' | 'utf8'>;
  /** The name as text; of a binary one the bytes in hexadecimal. */
  value: string;
}

const STANDARD_LENGTH = 36;
const PAGE_HEAD = 4;

const CODE_SETS = { 1: 'binary', 2: 'ascii', 3: 'utf8' } as const;
const ASSOCIATIONS = { 0: 'logicalUnit', 1: 'targetPort', 2: 'targetDevice' } as const;
const DESIGNATOR_TYPES = {
  0: 'vendorSpecific',
  1: 't10VendorId',
  2: 'eui64',
  3: 'naa',
  4: 'relativeTargetPort',
  5: 'targetPortGroup',
  6: 'logicalUnitGroup',
  7: 'md5',
  8: 'scsiName',
} as const;

export function readStandard(reply: Reply): StandardInquiry {
  const { bytes } = reply;
  if (bytes.length < STANDARD_LENGTH) {
    throw reply.malformed(
      'ResponseBuffer',
      undefined,
      `${bytes.length} bytes of standard data, and not ${STANDARD_LENGTH}`,
    );
  }
  return {
    ...inquired(bytes),
    isRemovable: ((bytes[1] ?? 0) & 0x80) !== 0,
    version: bytes[2] ?? 0,
    vendor: text(bytes.subarray(8, 16)),
    product: text(bytes.subarray(16, 32)),
    revision: text(bytes.subarray(32, 36)),
  };
}

export function readPage(reply: Reply, pageCode: number): InquiryPage {
  const { bytes } = reply;
  const length = bytes.length < PAGE_HEAD ? undefined : bytes.readUInt16BE(2);
  if (length === undefined) throw reply.malformed('ResponseBuffer', undefined, `${bytes.length} bytes are no page`);
  if (bytes[1] !== pageCode) throw reply.malformed('ResponseBuffer', 1, `page ${bytes[1]}, and not ${pageCode}`);
  const content = bytes.subarray(PAGE_HEAD, PAGE_HEAD + length);
  const page = { ...inquired(bytes), pageCode };
  if (pageCode === 0x00) return { ...page, supportedPages: [...content] } as SupportedPages;
  if (pageCode === 0x80) return { ...page, serialNumber: text(content) } as UnitSerialNumber;
  if (pageCode === 0x83) return { ...page, designators: readDesignators(reply, content) } as DeviceIdentification;
  return page;
}

function inquired(bytes: Buffer): Inquired {
  const first = bytes[0] ?? 0;
  return {
    peripheralQualifier: first >> 5,
    peripheralType: nameOf(PERIPHERAL_TYPES, first & 0x1f),
    raw: Uint8Array.from(bytes),
  };
}

function readDesignators(reply: Reply, content: Buffer): Designator[] {
  const designators: Designator[] = [];
  for (let at = 0; at < content.length; ) {
    const [first = 0, second = 0, , length = 0] = content.subarray(at, at + 4);
    const value = content.subarray(at + 4, at + 4 + length);
    if (at + 4 > content.length || value.length < length) {
      // A long page is cut at the end of the buffer: what is whole counts.
      if (PAGE_HEAD + reply.bytes.readUInt16BE(2) > reply.length) break;
      throw reply.malformed('ResponseBuffer', PAGE_HEAD + at, 'a designator ends behind its page');
    }
    const codeSet = nameOf(CODE_SETS, first & 0x0f);
    designators.push({
      association: nameOf(ASSOCIATIONS, (second >> 4) & 0x03),
      type: nameOf(DESIGNATOR_TYPES, second & 0x0f),
      codeSet,
      value: codeSet === 'ascii' || codeSet === 'utf8' ? text(value) : value.toString('hex'),
    });
    at += 4 + length;
  }
  return designators;
}

/** Text without the blanks and the NULs that fill it up. */
function text(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^[ \0]+|[ \0]+$/g, '');
}

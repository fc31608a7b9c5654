import { isUtf8 } from 'node:buffer';
import { type Named, nameOf } from '../../codec/numbers.js';
import type { Reply } from '../../codec/source.js';
import { PERIPHERAL_TYPES, SCSI_PROTOCOLS } from '../../header/scsi.js';

/** The kind of a device. */
export type PeripheralType = Named<
  | 'disk'
  | 'tape'
  | 'printer'
  | 'processor'
  | 'writeOnce'
  | 'cdDvd'
  | 'scanner'
  | 'opticalMemory'
  | 'mediumChanger'
  | 'communications'
  | 'storageArrayController'
  | 'enclosureServices'
  | 'simplifiedDisk'
  | 'opticalCard'
  | 'bridgeController'
  | 'objectStorage'
  | 'automationDriveInterface'
  | 'securityManager'
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

/** The standard data of a device. Texts are without the blanks that fill them up at the end. */
export interface StandardInquiry extends Inquired {
  /** Whether its medium can be taken out. */
  isRemovable: boolean;
  /** The version of SPC that it claims to follow: 5 is SPC-3, 6 is SPC-4. */
  version: number;
  /** The name of the vendor. */
  vendor: string;
  /** The name of the product. */
  product: string;
  /** The revision of its firmware. */
  revision: string;
}

/** A page of vital product data. The content of most pages is not decoded. */
export interface InquiryPage extends Inquired {
  /** The number of the page. */
  pageCode: number;
  /**
   * True if the page is longer than what arrived of it. What is decoded is then its beginning: the rest can have further
   * designators or pages, and a serial number goes on.
   */
  isTruncated: boolean;
}

/** Page 0x00. */
export interface SupportedPages extends InquiryPage {
  /** The numbers of the pages that the device has. */
  supportedPages: number[];
}

/** Page 0x80. */
export interface UnitSerialNumber extends InquiryPage {
  /** The serial number, without the blanks that fill it up at either end. */
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
    | 'protocolSpecificPort'
    | 'uuid'
  >;
  /** The protocol of the port or the target that is named; null where the device does not say, and of a logical unit. */
  protocol: ScsiProtocol | null;
  /** How it is written. */
  codeSet: Named<'binary' | 'ascii' | 'utf8'>;
  /**
   * The name as text. The bytes in hexadecimal if it is binary, or is not the UTF-8 that `codeSet` says. A byte that is not
   * ASCII is the character of that number.
   */
  value: string;
}

/** A protocol that carries SCSI commands. */
export type ScsiProtocol = Named<
  | 'fibreChannel'
  | 'parallelScsi'
  | 'ssa'
  | 'ieee1394'
  | 'rdma'
  | 'iscsi'
  | 'sas'
  | 'automationDriveInterface'
  | 'ata'
  | 'usb'
  | 'scsiOverPcie'
  | 'pcie'
  | 'none'
>;

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
  9: 'protocolSpecificPort',
  10: 'uuid',
} as const;
const LOGICAL_UNIT = 0;
const PROTOCOL_IS_VALID = 0x80;

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
    vendor: ascii(bytes.subarray(8, 16)),
    product: ascii(bytes.subarray(16, 32)),
    revision: ascii(bytes.subarray(32, 36)),
  };
}

export function readPage(reply: Reply, pageCode: number): InquiryPage {
  const { bytes } = reply;
  const length = pageLength(reply);
  if (length === undefined) throw reply.malformed('ResponseBuffer', undefined, `${bytes.length} bytes are no page`);
  if (bytes[1] !== pageCode) throw reply.malformed('ResponseBuffer', 1, `page ${bytes[1]}, and not ${pageCode}`);
  const content = bytes.subarray(PAGE_HEAD, length);
  const page = { ...inquired(bytes), pageCode, isTruncated: length > bytes.length };
  if (pageCode === 0x00) return { ...page, supportedPages: [...content] } as SupportedPages;
  // The standard aligns it to the right.
  if (pageCode === 0x80) return { ...page, serialNumber: ascii(content).replace(/^[ \0]+/, '') } as UnitSerialNumber;
  if (pageCode === 0x83) {
    return { ...page, designators: readDesignators(reply, content, page.isTruncated) } as DeviceIdentification;
  }
  return page;
}

/** How long a page is with its head, also if less of it has arrived; undefined where the head has not. */
export function pageLength({ bytes }: Reply): number | undefined {
  return bytes.length < PAGE_HEAD ? undefined : PAGE_HEAD + bytes.readUInt16BE(2);
}

function inquired(bytes: Buffer): Inquired {
  const first = bytes[0] ?? 0;
  return {
    peripheralQualifier: first >> 5,
    peripheralType: nameOf(PERIPHERAL_TYPES, first & 0x1f),
    raw: Uint8Array.from(bytes),
  };
}

function readDesignators(reply: Reply, content: Buffer, isTruncated: boolean): Designator[] {
  const designators: Designator[] = [];
  for (let at = 0; at < content.length; ) {
    const [first = 0, second = 0, , length = 0] = content.subarray(at, at + 4);
    const value = content.subarray(at + 4, at + 4 + length);
    if (at + 4 > content.length || value.length < length) {
      // What is whole counts, and the page says that there is more.
      if (isTruncated) break;
      throw reply.malformed('ResponseBuffer', PAGE_HEAD + at, 'a designator ends behind its page');
    }
    const codeSet = nameOf(CODE_SETS, first & 0x0f);
    const association = (second >> 4) & 0x03;
    const hasProtocol = (second & PROTOCOL_IS_VALID) !== 0 && association !== LOGICAL_UNIT;
    designators.push({
      association: nameOf(ASSOCIATIONS, association),
      type: nameOf(DESIGNATOR_TYPES, second & 0x0f),
      protocol: hasProtocol ? nameOf(SCSI_PROTOCOLS, first >> 4) : null,
      codeSet,
      value:
        (codeSet === 'ascii' ? ascii(value) : codeSet === 'utf8' ? utf8(value) : undefined) ?? value.toString('hex'),
    });
    at += 4 + length;
  }
  return designators;
}

/** Text without the blanks and the NULs that fill it up. Bytes that are not ASCII stay apart from each other. */
function ascii(bytes: Buffer): string {
  return withoutFill(bytes.toString('latin1'));
}

/** The same of UTF-8; undefined for what is none: with replacement characters, different names would be one. */
function utf8(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? withoutFill(bytes.toString('utf8')) : undefined;
}

function withoutFill(text: string): string {
  return text.replace(/[ \0]+$/, '');
}

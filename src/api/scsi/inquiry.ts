import { BOOLEAN, type Check, wholeNumber } from '../../arguments.js';
import type { Procedure } from '../../call/procedure.js';
import { scsiCommand } from '../../call/scsi-command.js';
import { type LunInput, wireLun } from '../../codec/lun.js';
import type { Reply } from '../../codec/source.js';
import { parseUniqueId, type UniqueId } from '../../codec/unique-id.js';
import { invalidArgument } from '../../errors.js';
import { EVPD_CMDDT } from '../../header/constants.js';
import { callAsyncWith } from '../call.js';
import type { AsyncOptions, CheckedOptions } from '../options.js';
import {
  type DeviceIdentification,
  type InquiryPage,
  pageLength,
  readPage,
  readStandard,
  type StandardInquiry,
  type SupportedPages,
  type UnitSerialNumber,
} from './inquiry-data.js';

/** What is asked for. */
export interface InquiryRequest {
  /** Asks for a page of vital product data. Defaults to false: the standard data. */
  readonly evpd?: boolean | undefined;
  /** Which page, together with `evpd`. Defaults to 0x00, the list of the pages that the device has. */
  readonly pageCode?: number | undefined;
}

const CHECKS: Readonly<Record<keyof InquiryRequest, Check>> = {
  evpd: BOOLEAN,
  pageCode: wholeNumber(0xff),
};

// The most that the command asked for in its first version, before SPC-3. Whether Windows can ask for more is not documented.
const SHORT_LENGTH = 255;
const LONGEST = 65_535;

/**
 * Asks a LUN of a session what it is: the standard data, or with `evpd` a page of vital product data. The pages 0x00, 0x80
 * and 0x83 are decoded; others come as bytes. A page of more than 255 bytes is asked for a second time, and has
 * `isTruncated` if Windows or the device does not give all of it. It works in informational sessions, too. Rejects with
 * `ISDSC_SCSI_REQUEST_FAILED` if the device refuses (`scsiStatus` and `sense` say why), `ISDSC_INVALID_SESSION_ID`,
 * `ISDSC_NO_CONNECTION_AVAILABLE` while the session reconnects, and with the errors of `getIScsiSessionList`.
 *
 * That Windows takes a LUN as the mappings print it is an inference; for LUN 0 there is no difference.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-sendscsiinquiry
 */
export async function sendScsiInquiry(
  sessionId: string,
  lun: LunInput,
  options?: AsyncOptions & { readonly evpd?: false | undefined; readonly pageCode?: undefined },
): Promise<StandardInquiry>;
export async function sendScsiInquiry(
  sessionId: string,
  lun: LunInput,
  options: AsyncOptions & { readonly evpd: true; readonly pageCode?: 0 | undefined },
): Promise<SupportedPages>;
export async function sendScsiInquiry(
  sessionId: string,
  lun: LunInput,
  options: AsyncOptions & { readonly evpd: true; readonly pageCode: 0x80 },
): Promise<UnitSerialNumber>;
export async function sendScsiInquiry(
  sessionId: string,
  lun: LunInput,
  options: AsyncOptions & { readonly evpd: true; readonly pageCode: 0x83 },
): Promise<DeviceIdentification>;
export async function sendScsiInquiry(
  sessionId: string,
  lun: LunInput,
  options?: AsyncOptions & InquiryRequest,
): Promise<StandardInquiry | InquiryPage>;
export async function sendScsiInquiry(
  sessionId: string,
  lun: LunInput,
  options?: AsyncOptions & InquiryRequest,
): Promise<StandardInquiry | InquiryPage> {
  const id = parseUniqueId(sessionId);
  const wire = wireLun(lun);
  return await callAsyncWith<AsyncOptions & InquiryRequest, StandardInquiry | InquiryPage>(
    options,
    CHECKS,
    (checked, request) => inquiry(checked, id, wire, request),
  );
}

export function* inquiry(
  { library }: CheckedOptions,
  id: UniqueId,
  lun: bigint,
  { evpd = false, pageCode }: InquiryRequest,
): Procedure<StandardInquiry | InquiryPage> {
  if (!evpd && pageCode !== undefined) throw invalidArgument('pageCode must come with evpd', pageCode);
  const page = pageCode ?? 0;
  const ask = (length: number) =>
    scsiCommand(library, 'SendScsiInquiry', id, length, answer => [lun, evpd ? EVPD_CMDDT.EVPD : 0, page, ...answer]);
  const first = yield* ask(SHORT_LENGTH);
  if (!evpd) return readStandard(first);
  const needed = pageLength(first) ?? 0;
  if (needed <= SHORT_LENGTH) return readPage(first, page);
  const whole = yield* longer(ask(Math.min(needed, LONGEST)));
  // Where the length has one byte after all, the second answer can be the shorter one.
  return readPage(whole !== null && whole.length > first.length ? whole : first, page);
}

/** The answer; null if the length that was asked for is refused. */
function* longer(command: Procedure<Reply>): Procedure<Reply | null> {
  try {
    return yield* command;
  } catch (error) {
    const { code } = Object(error) as { code?: unknown };
    if (code === 'ERROR_INVALID_PARAMETER' || code === 'ISDSC_SCSI_REQUEST_FAILED') return null;
    throw error;
  }
}

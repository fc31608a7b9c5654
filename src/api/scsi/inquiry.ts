import { BOOLEAN, type Check, wholeNumber } from '../../arguments.js';
import type { Procedure } from '../../call/procedure.js';
import { scsiCommand } from '../../call/scsi-command.js';
import { type LunInput, wireLun } from '../../codec/lun.js';
import { parseUniqueId, type UniqueId } from '../../codec/unique-id.js';
import { invalidArgument } from '../../errors.js';
import { EVPD_CMDDT } from '../../header/constants.js';
import { callAsyncWith } from '../call.js';
import type { AsyncOptions, CheckedOptions } from '../options.js';
import {
  type DeviceIdentification,
  type InquiryPage,
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
  /** Which page. Defaults to 0, the list of pages. */
  readonly pageCode?: number | undefined;
}

const CHECKS: Readonly<Record<keyof InquiryRequest, Check>> = {
  evpd: BOOLEAN,
  pageCode: wholeNumber(0xff),
};

// The most that a CDB of the first version of the command asks for.
const LENGTH = 255;

/**
 * Asks a LUN of a session what it is: the standard data, or with `evpd` a page of vital product data. The pages 0x00, 0x80
 * and 0x83 are decoded; others come as bytes. It works in informational sessions, too. Rejects with
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

function* inquiry(
  { library }: CheckedOptions,
  id: UniqueId,
  lun: bigint,
  { evpd = false, pageCode = 0 }: InquiryRequest,
): Procedure<StandardInquiry | InquiryPage> {
  if (!evpd && pageCode !== 0) throw invalidArgument('pageCode must come with evpd', pageCode);
  const reply = yield* scsiCommand(library, 'SendScsiInquiry', id, LENGTH, answer => [
    lun,
    evpd ? EVPD_CMDDT.EVPD : 0,
    pageCode,
    ...answer,
  ]);
  return evpd ? readPage(reply, pageCode) : readStandard(reply);
}

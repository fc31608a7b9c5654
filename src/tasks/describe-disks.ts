import { RETRY_CHECKS, type RetryOptions } from '../api/call.js';
import { checkOptionsAnd } from '../api/options.js';
import { IscsidscError } from '../errors.js';
import { DEVICE_RETRY } from './describe-sessions.js';
import { type AnyDisk, type DiskDescription, UnknownDisks } from './disk.js';
import { type DiskFilter, DiskTest } from './disk-filter.js';
import { DiskSurvey } from './disk-survey.js';

/**
 * Returns the disks of the initiator by their numbers, with their targets, LUNs, paths and volumes, and with what the
 * SCSI functions tell of each. A disk that two sessions show is one entry if MPIO has made one disk of it, else two with
 * the same target and LUN. If the devices of a session cannot be listed, an entry without a number stands for its disks.
 *
 * Asks for each list once, and sends the SCSI commands once a disk, through a session that is connected. Sessions that
 * are busy are asked again together, up to `retries` (default 3) times, `retryDelayMs` (default 200) apart.
 *
 * When `timeoutMs` ends after the session list was received, resolves with what is there: each missing part is null, and
 * its error says how far it had come. Rejects with the errors of `getIScsiSessionList` if the list itself cannot be
 * received, and with an `AbortError` when `signal` fires.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportactiveiscsitargetmappingsw and
 * https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-findfirstvolumew and, for each session,
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getdevicesforiscsisessionw and, for each disk,
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-sendscsiinquiry and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-sendscsireadcapacity
 */
export async function describeDisks(options?: RetryOptions): Promise<DiskDescription[]> {
  const { survey, timeout } = await surveyed(options, undefined);
  return survey.disks.map(disk => described(disk, survey, timeout));
}

/**
 * Returns the disks that fit the filter, as `describeDisks` does, and asks no others what they are. The filter needs at
 * least one member. Rejects with the reason if no disk fits and it is not known of one whether it does: a disk that
 * could not be looked at is not one that is not there. Rejects with `ERR_ISCSIDSC_INVALID_ARGUMENT` if a member of the
 * filter is unknown, wrong or undefined, and with the errors of `describeDisks`.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw and the others that
 * `describeDisks` calls.
 */
export async function findDisks(filter: DiskFilter, options?: RetryOptions): Promise<DiskDescription[]> {
  const test = new DiskTest(filter);
  const { survey, timeout } = await surveyed(options, test);
  const verdicts = survey.disks.map(disk => ({ disk, verdict: test.disk(disk, survey.volumes, timeout) }));
  const fitting = verdicts.filter(({ verdict }) => verdict === true);
  const unknown = verdicts.find(({ verdict }) => verdict instanceof IscsidscError)?.verdict;
  if (fitting.length === 0 && unknown instanceof IscsidscError) {
    Error.captureStackTrace(unknown, findDisks);
    throw unknown;
  }
  return fitting.map(({ disk }) => described(disk, survey, timeout));
}

async function surveyed(
  options: RetryOptions | undefined,
  test: DiskTest | undefined,
): Promise<{ survey: DiskSurvey; timeout: IscsidscError | undefined }> {
  const { checked, own } = checkOptionsAnd<RetryOptions>(options, RETRY_CHECKS);
  const { retries = DEVICE_RETRY.retries, retryDelayMs = DEVICE_RETRY.retryDelayMs } = own;
  const survey = new DiskSurvey(test);
  return { survey, timeout: await survey.run(checked, { retries, retryDelayMs }) };
}

function described(disk: AnyDisk, { volumes }: DiskSurvey, timeout: IscsidscError | undefined): DiskDescription {
  return disk instanceof UnknownDisks ? disk.describe() : disk.describe(volumes, timeout);
}

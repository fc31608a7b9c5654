import type { DeviceOnSession, ReportedLun } from '../../../index.js';
import { type Context, defineCommand } from '../../command.js';
import { type FailureDetails, failureDetails } from '../../failure.js';
import { paragraph } from '../../terminal/details.js';
import { type Column, formatTable } from '../../terminal/table.js';
import { namedSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from '../sessions/session-argument.js';
import { deviceName } from '../sessions/session-table.js';

/** A LUN of a target, and the device that Windows has of it. */
interface ListedLun extends ReportedLun {
  /** Null if there is none, or the devices are not known. */
  readonly device: DeviceOnSession | null;
}

interface ListedLuns {
  readonly luns: readonly ListedLun[];
  /** Why the devices are not known; null if they are. */
  readonly devicesError: FailureDetails | null;
}

// A SCSI address of Windows has one byte for it.
const MOST_IN_ADDRESS = 255;

const LUN: Column<ListedLun> = {
  heading: 'LUN',
  // One of several levels has no number.
  values: ({ lun, targetLun }) => [lun === null ? `0x${targetLun}` : String(lun)],
};
const DEVICE: Column<ListedLun> = {
  heading: 'DEVICE',
  values({ lun, device }) {
    if (device !== null) return [deviceName(device)];
    return [lun === null || lun > MOST_IN_ADDRESS ? 'not known' : 'none'];
  },
};

export const scsiLuns = defineCommand({
  name: 'scsi luns',
  summary: 'Ask a target for its LUNs, and show which device each is (REPORT LUNS)',
  description: "If a LUN that is new at the target has no device, let Windows look for it: 'rescan' in diskpart.",
  operands: SESSION_OPERAND,
  options: SESSION_TARGET,
  synopsis: SESSION_SYNOPSIS,
  example: 'scsi luns --target iqn.2005-10.org.example.nas:backup',
  async run(input, context): Promise<ListedLuns> {
    const { iscsidsc, options } = context;
    const { sessionId } = await namedSession(input, context);
    const { luns } = await iscsidsc.sendScsiReportLuns(sessionId, options);
    const { devices, devicesError } = await devicesOf(sessionId, context);
    const deviceAt = (lun: number | null) => devices.find(({ scsiAddress }) => scsiAddress.lun === lun) ?? null;
    return { luns: luns.map(each => ({ ...each, device: deviceAt(each.lun) })), devicesError };
  },
  format({ luns, devicesError }, format) {
    if (luns.length === 0) return 'The target has no LUNs.\n';
    if (devicesError === null) return formatTable([LUN, DEVICE], luns, format);
    return formatTable([LUN], luns, format) + paragraph(`Devices not known: ${devicesError.message}`, format);
  },
  mayHang: ({ devicesError }) => devicesError?.pending === 'running',
});

async function devicesOf(
  sessionId: string,
  { iscsidsc, options }: Context,
): Promise<{ devices: readonly DeviceOnSession[]; devicesError: FailureDetails | null }> {
  try {
    return { devices: await iscsidsc.getDevicesForIScsiSession(sessionId, options), devicesError: null };
  } catch (error) {
    if (!iscsidsc.isIscsidscError(error)) throw error;
    return { devices: [], devicesError: failureDetails(error) };
  }
}

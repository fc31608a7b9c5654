import type { DeviceOnSession, ReportedLun } from '../../../index.js';
import { type Context, defineCommand } from '../../command.js';
import { type FailureDetails, failureDetails } from '../../failure.js';
import { paragraph } from '../../terminal/details.js';
import { type Column, formatTable } from '../../terminal/table.js';
import { namedSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from '../sessions/session-argument.js';
import { deviceName } from '../sessions/session-table.js';
import { lunText } from './lun-option.js';

/** A LUN of a target, and the device that Windows has of it. */
interface ListedLun extends ReportedLun {
  /** Null if there is none, or it is not known. */
  readonly device: DeviceOnSession | null;
}

interface FoundDevices {
  readonly byTargetLun: ReadonlyMap<string, DeviceOnSession>;
  /** Those of which Windows does not say which LUN they are. */
  readonly devicesWithoutLun: readonly DeviceOnSession[];
  /** Why the devices are not known; null if they are. */
  readonly devicesError: FailureDetails | null;
}

interface ListedLuns extends Pick<FoundDevices, 'devicesWithoutLun' | 'devicesError'> {
  readonly luns: readonly ListedLun[];
}

const LUN: Column<ListedLun> = {
  heading: 'LUN',
  values: reported => [lunText(reported)],
};

export const scsiLuns = defineCommand({
  name: 'scsi luns',
  summary: 'Ask a target for its LUNs, and show which device each is (REPORT LUNS)',
  description: "If a LUN that is new at the target has no device, let Windows look for it: 'iscsidsc disk rescan'.",
  operands: SESSION_OPERAND,
  options: SESSION_TARGET,
  synopsis: SESSION_SYNOPSIS,
  example: 'scsi luns --target iqn.2005-10.org.example.nas:backup',
  async run(input, context): Promise<ListedLuns> {
    const { iscsidsc, options } = context;
    const { sessionId } = await namedSession(input, context);
    const { luns } = await iscsidsc.sendScsiReportLuns(sessionId, options);
    const { byTargetLun, ...rest } = await devicesOf(sessionId, context);
    return { luns: luns.map(each => ({ ...each, device: byTargetLun.get(each.targetLun) ?? null })), ...rest };
  },
  format({ luns, devicesWithoutLun, devicesError }, format) {
    if (luns.length === 0) return 'The target has no LUNs.\n';
    if (devicesError !== null) {
      return formatTable([LUN], luns, format) + paragraph(`Devices not known: ${devicesError.message}`, format);
    }
    const absent = devicesWithoutLun.length === 0 ? 'none' : 'not known';
    const device: Column<ListedLun> = {
      heading: 'DEVICE',
      values: each => [each.device === null ? absent : deviceName(each.device)],
    };
    const others = devicesWithoutLun.map(each => paragraph(`LUN not known: ${deviceName(each)}`, format));
    return formatTable([LUN, device], luns, format) + others.join('');
  },
  mayHang: ({ devicesError }) => devicesError?.pending === 'running',
});

/** The devices of a session by the target's LUN, which is not always the number that Windows has for it. */
async function devicesOf(sessionId: string, { iscsidsc, options }: Context): Promise<FoundDevices> {
  try {
    const devices = await iscsidsc.getDevicesForIScsiSession(sessionId, options);
    const mappings = devices.length === 0 ? [] : await iscsidsc.reportActiveIScsiTargetMappings(options);
    const luns = mappings.filter(mapping => mapping.sessionId === sessionId).flatMap(({ lunList }) => lunList);
    const byTargetLun = new Map<string, DeviceOnSession>();
    const devicesWithoutLun: DeviceOnSession[] = [];
    for (const device of devices) {
      const { targetLun } = luns.find(({ osLun }) => osLun === device.scsiAddress.lun) ?? {};
      if (targetLun === undefined) devicesWithoutLun.push(device);
      else byTargetLun.set(targetLun, device);
    }
    return { byTargetLun, devicesWithoutLun, devicesError: null };
  } catch (error) {
    if (!iscsidsc.isIscsidscError(error)) throw error;
    return { byTargetLun: new Map(), devicesWithoutLun: [], devicesError: failureDetails(error) };
  }
}

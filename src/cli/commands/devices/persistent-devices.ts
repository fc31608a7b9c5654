import { type Context, defineCommand } from '../../command.js';
import { DoneInPart } from '../../failure.js';
import { text } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';

const OPERAND = {
  device: {
    help: 'A drive letter, a mount point, or the device name of a volume',
    type: text('DEVICE', 'a drive letter such as E:, a mount point or the device name of a volume'),
    required: true,
  },
} as const;

export const deviceList = defineCommand({
  name: 'device list',
  summary: 'List the bound volumes: Windows waits for them when it starts',
  description: "'iscsidsc sessions --devices' lists the disks of the sessions.",
  operands: {},
  options: {},
  example: 'device list',
  run: (_input, { iscsidsc, options }: Context) => iscsidsc.reportPersistentIScsiDevices(options),
  format: (devices, format) =>
    devices.length === 0 ? 'No volume is bound.\n' : devices.map(each => paragraph(each, format)).join(''),
});

export const deviceBind = defineCommand({
  name: 'device bind',
  changes: true,
  summary: 'Bind a volume: let Windows wait for it when it starts',
  description:
    "Services that depend on the service MSiSCSI then start with the volume there. The login of its target must be saved: 'iscsidsc target login IQN --persistent'.",
  operands: OPERAND,
  options: {},
  example: 'device bind E:',
  async run({ device }, { iscsidsc, options }) {
    await iscsidsc.addPersistentIScsiDevice(device, options);
    return { device };
  },
  format: ({ device }, format) => paragraph(`Bound: ${device}`, format),
});

/** Bound volumes; null if they could not be listed. */
interface Bound {
  readonly before: readonly string[];
  readonly bound: readonly string[] | null;
}

export const deviceBindAll = defineCommand({
  name: 'device bind-all',
  changes: true,
  asksTo: 'replace the list',
  summary: 'Bind the volumes of all targets that are logged in now',
  description: 'Windows makes its list anew: a volume that is not there now is no longer bound.',
  operands: {},
  options: {},
  example: 'device bind-all',
  async run(_input, { iscsidsc, options, confirm }): Promise<Bound> {
    const before = await iscsidsc.reportPersistentIScsiDevices(options);
    const lost = before.length === 0 ? '' : ` They replace those that are bound: ${before.join(', ')}.`;
    await confirm(`Bind the volumes of all targets that are logged in now?${lost}`);
    await iscsidsc.setupPersistentIScsiDevices(options);
    try {
      return { before, bound: await iscsidsc.reportPersistentIScsiDevices(options) };
    } catch (error) {
      throw new DoneInPart({ before, bound: null } satisfies Bound, error);
    }
  },
  format({ before, bound }, format) {
    const now = bound?.map(plainPath);
    const lost = before.filter(device => now?.includes(plainPath(device)) === false);
    return (
      paragraph(`Bound: ${bound === null ? 'all' : listText(bound)}`, format) +
      (lost.length === 0 ? '' : paragraph(`No longer bound: ${listText(lost)}`, format))
    );
  },
});

export const deviceUnbind = defineCommand({
  name: 'device unbind',
  changes: true,
  asksTo: 'unbind the volume',
  summary: 'Unbind a volume: Windows no longer waits for it',
  operands: OPERAND,
  options: {},
  example: 'device unbind E:',
  async run({ device }, { iscsidsc, options, confirm }) {
    await confirm(`Unbind ${device}? Services that need it may start without it.`);
    await iscsidsc.removePersistentIScsiDevice(device, options);
    return { device };
  },
  format: ({ device }, format) => paragraph(`Unbound: ${device}`, format),
});

export const deviceClear = defineCommand({
  name: 'device clear',
  changes: true,
  asksTo: 'unbind all volumes',
  summary: 'Unbind all volumes',
  operands: {},
  options: {},
  example: 'device clear',
  async run(_input, { iscsidsc, options, confirm }) {
    const unbound = await iscsidsc.reportPersistentIScsiDevices(options);
    if (unbound.length > 0) {
      await confirm(`Unbind ${listText(unbound)}? Services that need them may start without them.`);
    }
    await iscsidsc.clearPersistentIScsiDevices(options);
    return { unbound };
  },
  format: ({ unbound }, format) => paragraph(`Unbound: ${listText(unbound)}`, format),
});

/** `E:` and `e:\\` are one volume. */
function plainPath(device: string): string {
  return device.replace(/\\$/, '').toLowerCase();
}

function listText(devices: readonly string[]): string {
  return devices.join(', ') || 'nothing';
}

import { type Context, defineCommand } from '../../command.js';
import { text } from '../../options/values.js';
import type { Format } from '../../terminal/colour.js';
import { paragraph } from '../../terminal/details.js';

const OPERAND = {
  device: {
    help: 'A drive letter, a mount point, or the name of a volume',
    type: text('DEVICE', 'a drive letter such as E:, a mount point or the name of a volume'),
    required: true,
  },
} as const;

export const deviceList = defineCommand({
  name: 'device list',
  summary: 'List the volumes that the service waits for when it starts',
  operands: {},
  options: {},
  example: 'device list',
  run: (_input, { iscsidsc, options }: Context) => iscsidsc.reportPersistentIScsiDevices(options),
  format: listText,
});

export const deviceBind = defineCommand({
  name: 'device bind',
  changes: true,
  summary: 'Let the service wait for a volume when it starts',
  description: "Its target must be logged in persistently: 'iscsidsc target login IQN --persistent'.",
  operands: OPERAND,
  options: {},
  example: 'device bind E:',
  async run({ device }, { iscsidsc, options }) {
    await iscsidsc.addPersistentIScsiDevice(device, options);
    return { device };
  },
  format: ({ device }, format) => paragraph(`Bound: ${device}`, format),
});

export const deviceBindAll = defineCommand({
  name: 'device bind-all',
  changes: true,
  asksTo: 'replace the list',
  summary: 'Let the service wait for the volumes of all targets, after a question',
  description: 'The list is made anew: a volume that is not there now is no longer in it.',
  operands: {},
  options: {},
  example: 'device bind-all',
  async run(_input, { iscsidsc, options, confirm }) {
    const before = await iscsidsc.reportPersistentIScsiDevices(options);
    await confirm(`Replace the list of ${before.length} bound volumes by those that are there now?`);
    await iscsidsc.setupPersistentIScsiDevices(options);
    return await iscsidsc.reportPersistentIScsiDevices(options);
  },
  format: listText,
});

export const deviceUnbind = defineCommand({
  name: 'device unbind',
  changes: true,
  asksTo: 'unbind the volume',
  summary: 'No longer wait for a volume, after a question',
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
  asksTo: 'clear the list',
  summary: 'No longer wait for any volume, after a question',
  operands: {},
  options: {},
  example: 'device clear',
  async run(_input, { iscsidsc, options, confirm }) {
    const unbound = await iscsidsc.reportPersistentIScsiDevices(options);
    await confirm(`Unbind all ${unbound.length} volumes? Services that need them may start without them.`);
    await iscsidsc.clearPersistentIScsiDevices(options);
    return { unbound };
  },
  format: ({ unbound }, format) => paragraph(`Unbound: ${unbound.join(', ') || 'nothing'}`, format),
});

function listText(devices: readonly string[], format: Format): string {
  return devices.length === 0 ? 'No volume is bound.\n' : devices.map(each => paragraph(each, format)).join('');
}

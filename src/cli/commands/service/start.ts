import type { ServiceChanges, StartedService } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { DoneInPart } from '../../failure.js';
import { paragraph } from '../../terminal/details.js';
import { serviceDetails } from './service-details.js';

export const serviceStart = defineCommand({
  name: 'service start',
  changes: true,
  summary: 'Start the iSCSI Initiator service, and wait until it runs',
  operands: {},
  options: { automatic: { help: 'Let it start with Windows from now on, too' } },
  example: 'service start --automatic',
  async run({ automatic = false }, { iscsidsc, options }): Promise<StartedService | ServiceChanges> {
    try {
      return await iscsidsc.startInitiatorService({ ...options, automatic });
    } catch (error) {
      const { started = false, changedStartType = false } = doneBefore(error);
      if (!started && !changedStartType) throw error;
      throw new DoneInPart({ started, changedStartType } satisfies ServiceChanges, error);
    }
  },
  format(result, format) {
    const { started, changedStartType } = result;
    const runs = 'state' in result;
    const did = runs ? 'The service was started.' : 'The service was told to start.';
    const said = [
      ...(started ? [did] : runs ? ['The service runs already.'] : []),
      ...(changedStartType ? ['It starts with Windows from now on.'] : []),
    ];
    return paragraph(said.join(' '), format) + (runs ? serviceDetails(result, format) : '');
  },
});

function doneBefore(error: unknown): Partial<ServiceChanges> {
  return (Object(error) as { done?: Partial<ServiceChanges> }).done ?? {};
}

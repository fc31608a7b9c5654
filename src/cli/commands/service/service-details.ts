import type { InitiatorService } from '../../../index.js';
import type { Format } from '../../terminal/colour.js';
import { formatDetails, named } from '../../terminal/details.js';

/** The service, a line for each fact. */
export function serviceDetails({ state, startType, processId }: InitiatorService, format: Format): string {
  const fields = [
    ['Service', 'MSiSCSI'],
    ['State', named(state)],
    ['Start type', named(startType)],
    ['Process', processId === null ? 'none' : String(processId)],
  ] as const;
  return formatDetails([{ fields }], format);
}

import type { SessionFilter } from '../../../index.js';
import type { Input } from '../../options/parse.js';
import { oneOf, PORTAL, TARGET } from '../../options/values.js';

/** Options that choose sessions. */
export const FILTER_OPTIONS = {
  target: { help: 'Only sessions with this target', type: TARGET },
  portal: { help: 'Only sessions with a connection to this portal of the target', type: PORTAL },
  state: {
    help: 'Only sessions in this state: connected or reconnecting',
    type: oneOf('STATE', ['connected', 'reconnecting']),
  },
} as const;

/** The filter of the library; undefined if no such option was given. */
export function filterOf({ target, portal, state }: Input<typeof FILTER_OPTIONS>): SessionFilter | undefined {
  const filter: SessionFilter = {
    ...(target === undefined ? {} : { targetName: target }),
    ...(portal === undefined ? {} : { targetAddress: portal.address }),
    ...(portal?.port === undefined ? {} : { targetSocket: portal.port }),
    ...(state === undefined ? {} : { state }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

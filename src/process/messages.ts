import type { ConnectedTarget } from '../tasks/connect/connect-target.js';
import type { ErrorData } from './error-data.js';
import type { Place } from './places.js';

/** Asks for a call. `functions` and `signal` are the places of what cannot cross in `args`. */
export interface CallMessage {
  readonly type: 'call';
  readonly id: number;
  readonly name: string;
  readonly args: unknown[];
  readonly functions: readonly Place[];
  readonly signals: readonly Place[];
}

/** What `connectTarget` has made. `connection` is the id of its call, for the process that made it. */
export interface RemoteConnection extends Pick<ConnectedTarget, 'targetName' | 'created'> {
  readonly connection: number;
}

/** What the parent sends. A ping is answered by itself. */
export type ToChild = CallMessage | { readonly type: 'abort'; readonly id: number } | { readonly type: 'ping' };

/** Data with the errors in it. */
export interface Data {
  readonly value: unknown;
  readonly errors: readonly (readonly [Place, ErrorData])[];
}

/** What the child sends. */
export type ToParent =
  | { readonly type: 'ready' | 'ping' }
  | { readonly type: 'warning'; readonly warning: ErrorData }
  | { readonly type: 'abandoned'; readonly count: number }
  | { readonly type: 'callback'; readonly id: number; readonly index: number; readonly args: Data }
  | { readonly type: 'result'; readonly id: number; readonly result: Data }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorData };

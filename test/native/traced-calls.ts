import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import type { NativeCallTrace } from 'iscsidsc';

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const;
const channel = tracingChannel<unknown, NativeCallTrace>('iscsidsc:call');

/** An event of a native call, with a copy of its context at that time. */
export interface TracedEvent {
  readonly event: (typeof EVENTS)[number];
  /** What an AsyncLocalStorage holds that a subscriber asks. */
  readonly caller: unknown;
  readonly context: NativeCallTrace;
}

export const callers = new AsyncLocalStorage<unknown>();

/** Subscribes to the channel while an action runs. */
export async function eventsOf(action: () => unknown): Promise<TracedEvent[]> {
  const seen: TracedEvent[] = [];
  const handlers = Object.fromEntries(
    EVENTS.map(event => [
      event,
      (context: NativeCallTrace) => seen.push({ event, caller: callers.getStore(), context: { ...context } }),
    ]),
  ) as unknown as Parameters<typeof channel.subscribe>[0];
  channel.subscribe(handlers);
  try {
    await action();
  } finally {
    channel.unsubscribe(handlers);
  }
  return seen;
}

/** The calls that have returned meanwhile, in that order. */
export async function tracesOf(action: () => unknown): Promise<NativeCallTrace[]> {
  const events = await eventsOf(action);
  const returned = events.filter(({ event, context }) =>
    event === 'end' ? context.durationMs !== undefined && context.lane === undefined : event === 'asyncEnd',
  );
  return [...new Map(returned.map(({ context }) => [context, context])).values()];
}

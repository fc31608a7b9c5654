import { failureOf } from './failure.js';
import { type Finding, ok, problem, warning } from './finding.js';
import type { Machine } from './machine.js';
import type { Names } from './names.js';

// watchSessions asks for the list as often, unless it is told otherwise: one that takes longer delays the next.
const SLOW_MS = 2000;

const LISTS = { sessions: 'sessions', targets: 'targets', portals: 'portals', logins: 'persistent logins' } as const;

/** Checks that the lists can be asked for, and how long each takes. */
export function checkLists(machine: Machine, { isAnonymous }: Names): Finding {
  const why = 'Everything else asks for these lists. They come from the service MSiSCSI on this machine.';
  const lists = Object.entries(LISTS).map(([name, label]) => {
    const { value, error, ms } = machine[name as keyof typeof LISTS];
    const failure = value === undefined ? failureOf(error, isAnonymous) : null;
    return { name, label, count: value?.length ?? null, milliseconds: Math.round(ms), error: failure };
  });
  const details = Object.fromEntries(
    lists.map(({ name, count, milliseconds, error }) => [name, { count, milliseconds, ...(error && { error }) }]),
  );
  const failures = lists.flatMap(({ label, error }) => (error === null ? [] : [{ label, error }]));
  const [failed] = failures;
  if (failed !== undefined) {
    const labels = failures.map(({ label }) => label);
    return problem('lists', {
      what: `The initiator does not list its ${labels.join(', ')}: ${failed.error.message}`,
      why,
      whatToDo: failed.error.hint ?? 'Look at the errors in the details.',
      details,
    });
  }
  const what = lists.map(({ label, count, milliseconds }) => `${count} ${label} in ${milliseconds} ms`).join(', ');
  const [slow] = lists.filter(({ milliseconds }) => milliseconds > SLOW_MS);
  if (slow === undefined) return ok('lists', { what: `The initiator lists ${what}.`, why, details });
  return warning('lists', {
    what: `The initiator is slow: ${what}.`,
    why,
    whatToDo: `A watch cannot keep its pace of ${SLOW_MS} ms: give it a longer intervalMs. See what else asks the service MSiSCSI.`,
    details,
  });
}

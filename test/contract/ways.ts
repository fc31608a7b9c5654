import type { AsyncOptions, SyncOptions } from 'iscsidsc';

/** The four ways to ask: both forms of the export, sync and async. All of them keep the same rules. */
export interface Way {
  readonly name: string;
  readonly form: 'A' | 'W';
  readonly charset: 'unicode' | 'ansi';
  /** Calls the function that belongs to this way, with the charset of this way. */
  call<Result>(
    async: (options: AsyncOptions) => Promise<Result>,
    sync: (options: SyncOptions) => Result,
    options: SyncOptions,
  ): Promise<Result>;
}

const FORMS = [
  { charset: 'unicode', form: 'W' },
  { charset: 'ansi', form: 'A' },
] as const;

/** Whether a rule is asked in one of two ways, A sync and W async, or in no way of its own. */
export function isInTwoWays(rule: string): boolean {
  return !/\((unicode, sync|ansi, async)\)/.test(rule);
}

export const WAYS: readonly Way[] = FORMS.flatMap(({ charset, form }) => [
  { name: `${charset}, sync`, form, charset, call: async (_, sync, options) => sync({ ...options, charset }) },
  { name: `${charset}, async`, form, charset, call: (async, _, options) => async({ ...options, charset }) },
]);

/** The two ways to change something. */
export const ASYNC_WAYS = WAYS.filter(({ name }) => name.endsWith('async'));

import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  getIScsiSessionList,
  getIScsiSessionListSync,
  type SessionInfo,
  type SyncOptions,
} from 'iscsidsc';

/** The ways to ask for the session list: all of them keep the same promises. */
export const WAYS = (['unicode', 'ansi'] as const).flatMap(charset => [
  {
    name: `${charset}, sync`,
    charset,
    list: async (options: SyncOptions): Promise<SessionInfo[]> => getIScsiSessionListSync({ ...options, charset }),
  },
  {
    name: `${charset}, async`,
    charset,
    list: (options: AsyncOptions): Promise<SessionInfo[]> => getIScsiSessionList({ ...options, charset }),
  },
]);

/** The error that a call ends with; a result in its place fails the test. */
export async function errorOf(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    const result = await call;
    assert.fail(`expected an error, got ${JSON.stringify(result)?.slice(0, 200)}`);
  } catch (error) {
    assert.ok(error instanceof Error);
    if (error instanceof assert.AssertionError) throw error;
    return error as Error & Record<string, unknown>;
  }
}

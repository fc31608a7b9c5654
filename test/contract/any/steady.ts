import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { getIScsiSessionListSync, type Library, type SessionInfo } from 'iscsidsc';
import { withGuards } from '../guards.js';

const ROUNDS = 5;
const BUSY: readonly unknown[] = ['ISDSC_SESSION_BUSY', 'ISDSC_DEVICE_BUSY_ON_SESSION'];

/**
 * What a question gives while the sessions stay the same: nobody holds a real initiator still. There are guard bytes
 * around all buffers.
 */
export async function steadily<Answer>(
  library: Library,
  ask: (sessions: readonly SessionInfo[]) => Promise<Answer>,
): Promise<Answer> {
  const answers: Answer[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = getIScsiSessionListSync({ library });
    await withGuards(async () => {
      answers.push(await ask(before));
    });
    if (isDeepStrictEqual(getIScsiSessionListSync({ library }), before)) return answers[round] as Answer;
  }
  assert.fail(`the sessions have changed in each of ${ROUNDS} rounds`);
}

/** Asks again while a session is busy, as the async forms do by themselves. */
export async function untilNotBusy<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let round = 0; ; round++) {
    try {
      return await ask();
    } catch (error) {
      if (round === ROUNDS || !BUSY.includes((error as { code?: unknown }).code)) throw error;
      await sleep(200);
    }
  }
}

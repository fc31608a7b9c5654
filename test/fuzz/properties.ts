import assert from 'node:assert/strict';
import fc, { type IAsyncProperty } from 'fast-check';
import { getIScsiSessionList, getIScsiSessionListSync, type Library, type SessionInfo } from 'iscsidsc';
import { structs } from 'iscsidsc/raw';
import type { Arrangement, Simulator } from 'iscsidsc/simulator';
import { SESSION_INFO } from '../../src/codec/session-list.js';
import { withGuards } from '../contract/guards.js';
import { MutatingLibrary } from './mutating-library.js';
import { anyMutations, type Mutation } from './mutation.js';
import { assertSessions } from './shape.js';
import { ansiText, wideText } from './text.js';
import { anyList } from './values.js';

/** The ways in which text reaches the package. */
export const TEXTS = [
  { name: 'W', charset: 'unicode', codePage: 1252, text: wideText },
  ...[1252, 932, 65001].map(
    codePage => ({ name: `A, ${codePage}`, charset: 'ansi', codePage, text: () => ansiText(codePage) }) as const,
  ),
] as const;

type Text = (typeof TEXTS)[number];

interface Way extends Arrangement {
  async: boolean;
  /** The buffer is just as large as the answer. */
  exact: boolean;
}

// What a first buffer is smaller than: it is refused, and then the exact size is given.
const FIRST_BUFFER = 32 * 1024;
const SMALLEST_STRUCT = structs.ISCSI_CONNECTION_INFOW.size;

/** Any list of sessions comes back as it was given, however it lies in memory. */
export function roundTrip({ charset, text }: Text, simulator: Simulator): IAsyncProperty<[SessionInfo[], Way]> {
  return fc.asyncProperty(anySessions(text(), 8, 5), anyWay(), (sessions, way) =>
    arranged(simulator, sessions, way, async () => {
      assert.deepEqual(await list(new MutatingLibrary(simulator, []), charset, way), sessions);
    }),
  );
}

/**
 * A changed answer gives a list that is one, or ERR_ISCSIDSC_MALFORMED_REPLY, and nothing else. Which of both it was
 * goes to `seen`.
 */
export function mutatedReply(
  { charset, text }: Text,
  simulator: Simulator,
  seen: { add(outcome: 'list' | 'error'): unknown } = new Set(),
): IAsyncProperty<[SessionInfo[], Way, Mutation[]]> {
  return fc.asyncProperty(anySessions(text(), 6, 3), anyWay(), anyMutations(SESSION_INFO), (sessions, way, mutations) =>
    arranged(simulator, sessions, way, async () => {
      const library = new MutatingLibrary(simulator, mutations);
      try {
        assertBounded(await list(library, charset, way));
        seen.add('list');
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        assertMalformed(error, charset);
        seen.add('error');
      }
      assert.ok(library.calls <= 3, `${library.calls} calls`);
    }),
  );
}

/** Any sessions, each with an id of its own, as the simulator asks. */
export function anySessions(
  text: fc.Arbitrary<string>,
  most: number,
  connections: number,
): fc.Arbitrary<SessionInfo[]> {
  const lists = anyList(SESSION_INFO, { form: 'W', text, inner: connections }, most);
  return lists.map(list => [...new Map(list.map(session => [session.sessionId, session])).values()]);
}

/** Connections share no bytes: a small answer does not grow into a huge result. */
function assertBounded(result: SessionInfo[]): void {
  assertSessions(result);
  const total = result.length + result.flatMap(({ connections }) => connections).length;
  assert.ok(total * SMALLEST_STRUCT <= FIRST_BUFFER, `${total} structs`);
}

function anyWay(): fc.Arbitrary<Way> {
  return fc.record({
    order: fc.constantFrom('forward', 'backward'),
    odd: fc.boolean(),
    exact: fc.boolean(),
    async: fc.boolean(),
  });
}

function arranged(
  simulator: Simulator,
  sessions: SessionInfo[],
  { order = 'forward', odd = false, exact }: Way,
  action: () => Promise<void>,
): Promise<void> {
  simulator.sessions = sessions;
  simulator.behaviour = { order, odd, ...(exact ? { refuseAbove: FIRST_BUFFER - 1 } : {}) };
  return withGuards(action);
}

async function list(library: Library, charset: 'unicode' | 'ansi', { async }: Way): Promise<SessionInfo[]> {
  return async ? getIScsiSessionList({ library, charset }) : getIScsiSessionListSync({ library, charset });
}

function assertMalformed(error: unknown, charset: 'unicode' | 'ansi'): void {
  const { name, code, syscall, member, message } = error as Record<string, unknown>;
  assert.equal(code, 'ERR_ISCSIDSC_MALFORMED_REPLY', String((error as Error).stack));
  assert.equal(name, 'IscsidscError');
  assert.equal(syscall, charset === 'ansi' ? 'GetIScsiSessionListA' : 'GetIScsiSessionListW');
  assert.ok(String(message).includes(String(member)));
}

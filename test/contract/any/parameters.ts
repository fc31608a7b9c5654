import assert from 'node:assert/strict';
import {
  describeSessions,
  getIScsiSessionListEx,
  getIScsiSessionListExSync,
  type Library,
  type SessionInfoEx,
} from 'iscsidsc';
import { assertParameters } from '../../fuzz/shape.js';
import type { Declare, Open } from '../subject.js';
import { sameInAllWays } from './same.js';
import { steadily } from './steady.js';

/** What is promised of the negotiated parameters, whatever they are. */
export function anyParametersContract(open: Open, rule: Declare): void {
  rule('negotiated parameters are of the sessions and connections of the list', async () => {
    const library = open();
    await steadily(library, async sessions => {
      const parameters = await parametersOf(library);
      if (parameters === undefined) return;
      assertParameters(parameters);
      assert.deepEqual(ids(parameters), ids(sessions));
    });
  });

  rule('a description has the parameters of its session', async () => {
    const library = open();
    await steadily(library, async () => {
      const parameters = await parametersOf(library);
      for (const { sessionId, negotiated, negotiatedError } of await describeSessions({ library })) {
        if (parameters === undefined) assert.equal(negotiatedError?.code, 'ERR_ISCSIDSC_MISSING_EXPORT');
        else
          assert.deepEqual(
            negotiated,
            parameters.find(each => each.sessionId === sessionId),
          );
      }
    });
  });
}

/** Undefined on a Windows that does not have the export: then that is what the function says. */
async function parametersOf(library: Library): Promise<SessionInfoEx[] | undefined> {
  try {
    return await sameInAllWays(library, getIScsiSessionListEx, getIScsiSessionListExSync);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_ISCSIDSC_MISSING_EXPORT') throw error;
    return undefined;
  }
}

interface Identified {
  readonly sessionId: string;
  readonly connections: readonly { readonly connectionId: string }[];
}

function ids(sessions: readonly Identified[]): string[] {
  return sessions
    .map(({ sessionId, connections }) => [sessionId, ...connections.map(each => each.connectionId).sort()].join())
    .sort();
}

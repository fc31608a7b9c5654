import assert from 'node:assert/strict';
import { getIScsiSessionListEx, getIScsiSessionListExSync, type SessionInfoEx, type SyncOptions } from 'iscsidsc';
import type { Fault } from 'iscsidsc/simulator';
import { guardedEqual, guardedErrorOf } from './outcome.js';
import { type Scenario, sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { WAYS } from './ways.js';

const AUTH_TYPES = ['none', 'chap', 'mutualChap'] as const;
const FAULTS: readonly (readonly [Fault, string])[] = [
  ['array-low', 'SessionInfo.Connections'],
  ['array-null', 'SessionInfo.Connections'],
  ['array-huge-null', 'SessionInfo.Connections'],
  ['array-count', 'SessionInfo.Connections'],
  ['array-overrun', 'SessionInfo.Connections'],
  ['count-large', 'SessionCount'],
  ['count-huge-null', 'SessionCount'],
  ['count-unwritten', 'SessionInfo.SessionId'],
  ['size-large', 'BufferSize'],
];

/** What `getIScsiSessionListEx` promises. It has one form: the charset makes no difference. */
export function sessionParametersContract(arrange: Arrange, rule: Declare): void {
  for (const { name, call } of WAYS) {
    const list = (options: SyncOptions) => call(getIScsiSessionListEx, getIScsiSessionListExSync, options);
    const given = (text: string, check: () => Promise<void>) => rule(`negotiated: ${text} (${name})`, check);

    for (const scenario of [{ sessions: 0 }, { sessions: 5 }, { sessions: 600, connections: 2 }, { connections: 0 }]) {
      given(`parameters are returned unchanged: ${JSON.stringify(scenario)}`, () =>
        guardedEqual(() => list({ library: arrange(scenario) }), parametersOf(scenario)),
      );
    }
    for (const [fault, member] of FAULTS) {
      given(`a faulty reply is an error: ${fault}`, async () => {
        const error = await guardedErrorOf(() => list({ library: arrange({ sessions: 4, fault }) }));
        assert.deepEqual([error.code, error.member], ['ERR_ISCSIDSC_MALFORMED_REPLY', member]);
        assert.equal(error.syscall, 'GetIScsiSessionListEx');
      });
    }
  }
}

/** What is negotiated for the sessions of a scenario. */
export function parametersOf(scenario: Scenario): SessionInfoEx[] {
  return sessionsOf(scenario).map(({ sessionId, connections }, index) => ({
    sessionId,
    initialR2t: false,
    immediateData: true,
    type: 'data',
    dataSequenceInOrder: true,
    dataPduInOrder: true,
    errorRecoveryLevel: 0,
    maxOutstandingR2t: 1,
    firstBurstLength: 65536,
    maxBurstLength: 262144,
    maximumConnections: Math.max(1, connections.length),
    connections: connections.map(({ connectionId }, connection) => ({
      connectionId,
      state: 'fullFeaturePhase',
      protocol: 'tcp',
      headerDigest: connection % 2 === 0 ? 'none' : 'crc32c',
      dataDigest: 'none',
      maxRecvDataSegmentLength: 65536,
      authType: AUTH_TYPES[index % 3] as (typeof AUTH_TYPES)[number],
      estimatedThroughput: 0,
      maxDatagramSize: 0,
    })),
  }));
}

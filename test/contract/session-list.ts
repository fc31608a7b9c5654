import assert from 'node:assert/strict';
import { getIScsiSessionList, getIScsiSessionListSync, type SyncOptions } from 'iscsidsc';
import type { Fault } from 'iscsidsc/simulator';
import { guardedEqual, guardedErrorOf } from './outcome.js';
import { type NullMember, type Scenario, sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { WAYS } from './ways.js';

// A first buffer holds fewer sessions than this.
const MANY = 200;
const NULL_MEMBERS: readonly NullMember[] = [
  'initiatorName',
  'targetNodeName',
  'targetName',
  'initiatorAddress',
  'targetAddress',
];
const FAULTS: Readonly<Record<Fault, { code: string; member?: string }>> = {
  'never-satisfied': { code: 'ERR_ISCSIDSC_BUFFER_RETRIES' },
  'pointer-low': malformed('SessionInfo.TargetName'),
  'pointer-end': malformed('SessionInfo.TargetName'),
  'pointer-wrap': malformed('SessionInfo.TargetName'),
  'pointer-structs': malformed('SessionInfo.TargetName'),
  'array-low': malformed('SessionInfo.Connections'),
  'array-null': malformed('SessionInfo.Connections'),
  'array-huge-null': malformed('SessionInfo.Connections'),
  'array-count': malformed('SessionInfo.Connections'),
  'array-overrun': malformed('SessionInfo.Connections'),
  'count-large': malformed('SessionCount'),
  'count-huge-null': malformed('SessionCount'),
  'count-unwritten': malformed(),
  unterminated: malformed(),
  'size-large': malformed('BufferSize'),
};

/** What `getIScsiSessionList` promises, of whatever library. */
export function sessionListContract(arrange: Arrange, rule: Declare): void {
  for (const { name, form, call } of WAYS) {
    const list = (options: SyncOptions) => call(getIScsiSessionList, getIScsiSessionListSync, options);
    const gives = (scenario: Scenario, expected = sessionsOf(scenario)) =>
      guardedEqual(() => list({ library: arrange(scenario) }), expected);
    const fails = (scenario: Scenario) => guardedErrorOf(() => list({ library: arrange(scenario) }));
    const syscall = `GetIScsiSessionList${form}`;
    const given = (text: string, check: () => Promise<void>) => rule(`${text} (${name})`, check);

    given('no session is an empty list', () => gives({ sessions: 0 }));
    for (const sessions of [1, 2, 256, 1000]) {
      given(`${sessions} sessions are returned unchanged`, () => gives({ sessions }));
    }
    for (const connections of [0, 2, 3]) {
      given(`${connections} connections a session are returned unchanged`, () => gives({ sessions: 5, connections }));
    }
    for (const member of NULL_MEMBERS) {
      given(`NULL in ${member} is null`, () => gives({ sessions: 3, nulls: [member] }));
    }
    given('all strings can be NULL', () => gives({ nulls: NULL_MEMBERS }));
    given('text beyond ASCII is returned unchanged', () => gives({ sessions: 3, name: 'größe-ñ-€' }));
    given('what pointers lead to can lie in any order', () => gives({ sessions: 40, connections: 2, backwards: true }));
    given('strings can start at odd addresses', () => gives({ sessions: 40, connections: 2, odd: true }));
    given('a long name is returned whole', () => gives({ sessions: 2, name: 'x'.repeat(3000) }));
    given('the same name for all sessions is returned unchanged', () => gives({ sessions: 3, name: 'x'.repeat(223) }));

    given('a buffer too small is made larger', () => gives({ sessions: MANY }));
    given('a list that grows between calls is read to its end', async () => {
      const sessions = await list({ library: arrange({ sessions: MANY, grow: 200, growTimes: 2 }) });
      assert.deepEqual(sessions, sessionsOf({ sessions: MANY + 400 }));
    });
    given('a list that never stops growing ends in an error', async () => {
      const error = await fails({ sessions: MANY, grow: 1000 });
      assert.deepEqual([error.code, error.syscall], ['ERR_ISCSIDSC_BUFFER_RETRIES', syscall]);
    });
    given('the size that was enough is remembered', async () => {
      const library = arrange({ sessions: MANY });
      await list({ library });
      assert.equal(library.calls, 2);
      await list({ library });
      assert.equal(library.calls, 3);
    });
    given('122 can come as an HRESULT', () => gives({ sessions: MANY, insufficient: 0x8007007a }));
    for (const askExactly of [0, 100]) {
      given(`a useless needed size (${askExactly}) does not stop it`, () => gives({ sessions: MANY, askExactly }));
    }
    given('more can be asked for than needed', () => gives({ sessions: MANY, slack: 10_000 }));
    given('more can be reported than used', () => gives({ sessions: MANY, reportSlack: 100_000 }));
    given('a buffer too large for this Windows is tried at its exact size', () =>
      gives({ sessions: 5, refuseAbove: 10_000 }),
    );
    given('a refusal of any size is an error', async () => {
      const error = await fails({ sessions: 5, refuseAbove: 10 });
      assert.deepEqual([error.code, error.errno, error.syscall], ['ERROR_NOACCESS', 998, syscall]);
    });
    given('a needed size of 4 GiB is an error', async () => {
      const error = await fails({ sessions: MANY, askExactly: 0xffffffff });
      assert.deepEqual([error.code, error.syscall], ['ERR_ISCSIDSC_BUFFER_TOO_LARGE', syscall]);
    });

    for (const [status, code] of [
      [0xefff003e, 'ISDSC_SERVICE_NOT_RUNNING'],
      [5, 'ERROR_ACCESS_DENIED'],
      [1717, 'RPC_S_UNKNOWN_IF'],
      [0x80070005, 'ERROR_ACCESS_DENIED'],
      [0xffffffff, 'ERR_ISCSIDSC_UNKNOWN_STATUS'],
      [0xefff0069, 'ERR_ISCSIDSC_UNKNOWN_STATUS'],
    ] as const) {
      given(`status 0x${status.toString(16)} is ${code}`, async () => {
        const error = await fails({ status });
        assert.deepEqual([error.name, error.code, error.errno, error.syscall], ['StatusError', code, status, syscall]);
        assert.match(error.message, new RegExp(`0x${status.toString(16).padStart(8, '0')}`, 'i'));
      });
    }
    for (const [fault, expected] of Object.entries(FAULTS)) {
      given(`a faulty reply is an error: ${fault}`, async () => {
        const error = await fails({ sessions: 4, fault: fault as Fault });
        assert.equal(error.code, expected.code, String(error));
        assert.equal(error.syscall, syscall);
        if (expected.member) assert.equal(error.member, expected.member);
      });
    }
    given('after a fault the next answer is right', async () => {
      await fails({ sessions: 4, fault: 'unterminated' });
      await gives({ sessions: 4 });
    });
  }
  rule('lone surrogates are returned unchanged', async () => {
    const scenario = { sessions: 2, name: 'a\ud800b' };
    assert.deepEqual(await getIScsiSessionList({ library: arrange(scenario) }), sessionsOf(scenario));
  });
}

function malformed(member?: string): { code: string; member?: string } {
  return { code: 'ERR_ISCSIDSC_MALFORMED_REPLY', ...(member === undefined ? {} : { member }) };
}

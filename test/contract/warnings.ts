import assert from 'node:assert/strict';
import {
  describeSessions,
  getDevicesForIScsiSession,
  getDevicesForIScsiSessionSync,
  getIScsiInitiatorNodeName,
  getIScsiInitiatorNodeNameSync,
  getIScsiSessionList,
  getIScsiSessionListSync,
  logoutIScsiTarget,
  type StatusWarning,
  type SyncOptions,
  watchSessions,
} from 'iscsidsc';
import { errorOf, guardedEqual, guardedErrorOf } from './outcome.js';
import { sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { WAYS } from './ways.js';

const NOT_ALL_SUCCESS = { status: 0xafff002e };
const UNMET = 0xafff8000;
let unmet = 0;

/** What every function promises of a status that is a warning: it is told and does not fail the call. */
export function warningsContract(arrange: Arrange, rule: Declare): void {
  const sessions = sessionsOf({});
  const [first] = sessions;
  assert.ok(first);

  for (const { name, form, call } of WAYS) {
    const given = (text: string, check: () => Promise<void>) => rule(`warnings: ${text} (${name})`, check);
    const list = (options: SyncOptions) => call(getIScsiSessionList, getIScsiSessionListSync, options);
    const { warnings, onWarning } = collected();

    for (const [status, code] of [
      [0xafff002e, 'ISDSC_OPERATION_NOT_ALL_SUCCESS'],
      [0xafff003b, 'ISDSC_OPERATION_REQUIRES_REBOOT'],
      [0xafff0048, 'ISDSC_SHORT_CHAP_SECRET'],
      [0xafff7fff, 'ERR_ISCSIDSC_UNKNOWN_STATUS'],
    ] as const) {
      given(`0x${status.toString(16)} returns the result and calls onWarning`, async () => {
        await guardedEqual(() => list({ library: arrange({ status }), onWarning }), sessions);
        const [warning, ...more] = warnings.splice(0);
        assert.ok(warning instanceof Error);
        assert.deepEqual(more, []);
        assert.deepEqual(
          [warning.name, warning.code, warning.errno, warning.syscall],
          ['StatusWarning', code, status, `GetIScsiSessionList${form}`],
        );
      });
    }
    given('onWarning is called for the call that succeeded, not for those whose buffer was too small', async () => {
      const scenario = { ...NOT_ALL_SUCCESS, sessions: 1000 };
      await guardedEqual(() => list({ library: arrange(scenario), onWarning }), sessionsOf(scenario));
      assert.equal(warnings.splice(0).length, 1);
    });
    given('onWarning is called for devices, a name and a logout, too', async () => {
      const options = { library: arrange(NOT_ALL_SUCCESS), onWarning };
      const id = first.sessionId;
      const devices = await call(
        each => getDevicesForIScsiSession(id, each),
        each => getDevicesForIScsiSessionSync(id, each),
        options,
      );
      assert.equal(devices.length, 1);
      assert.match(await call(getIScsiInitiatorNodeName, getIScsiInitiatorNodeNameSync, options), /^iqn\./);
      await logoutIScsiTarget(id, options);
      assert.deepEqual(
        warnings.splice(0).map(({ syscall }) => syscall),
        [`GetDevicesForIScsiSession${form}`, `GetIScsiInitiatorNodeName${form}`, 'LogoutIScsiTarget'],
      );
    });
    given('the call throws what onWarning throws', async () => {
      const error = await guardedErrorOf(() =>
        list({
          library: arrange(NOT_ALL_SUCCESS),
          onWarning: warning => {
            throw warning;
          },
        }),
      );
      assert.deepEqual([error.name, error.code], ['StatusWarning', 'ISDSC_OPERATION_NOT_ALL_SUCCESS']);
    });
    given('without onWarning the process emits a warning, once for each status and export', async () => {
      const { emitWarning } = process;
      // Node's own would print it.
      process.emitWarning = onWarning as typeof emitWarning;
      // One that nobody has met before in this process.
      const status = UNMET + unmet++;
      try {
        const library = arrange({ status });
        for (const _ of [1, 2]) assert.deepEqual(await list({ library }), sessions);
      } finally {
        process.emitWarning = emitWarning;
      }
      assert.deepEqual(
        warnings.splice(0).map(warning => [warning.name, warning.errno, warning.syscall]),
        [['StatusWarning', status, `GetIScsiSessionList${form}`]],
      );
    });
    given('onWarning can abort, and then no native call follows', async () => {
      const end = new AbortController();
      const library = arrange(NOT_ALL_SUCCESS);
      const error = await guardedErrorOf(() =>
        describeSessions({ library, signal: end.signal, onWarning: () => end.abort() }),
      );
      assert.deepEqual([error.code, library.calls], ['ABORT_ERR', 1]);
    });
  }

  rule('warnings: a description of sessions is complete, and each of its calls calls onWarning', async () => {
    const { warnings, onWarning } = collected();
    const described = await describeSessions({ library: arrange(NOT_ALL_SUCCESS), onWarning });
    assert.deepEqual(
      described.map(({ devicesError, negotiatedError }) => [devicesError, negotiatedError]),
      [
        [null, null],
        [null, null],
      ],
    );
    assert.equal(warnings.length, 2 + described.length);
  });
  for (const syscall of ['GetIScsiSessionListEx', 'GetDevicesForIScsiSessionW']) {
    rule(
      `warnings: what onWarning throws is an error of the whole description, also of a part: ${syscall}`,
      async () => {
        const library = arrange(NOT_ALL_SUCCESS);
        const onWarning = (warning: StatusWarning) => {
          if (warning.syscall === syscall) throw warning;
        };
        const error = await errorOf(describeSessions({ library, onWarning }));
        assert.deepEqual([error.name, error.syscall], ['StatusWarning', syscall]);
        assert.equal(library.calls, syscall === 'GetIScsiSessionListEx' ? 2 : 3);
      },
    );
  }
  rule('warnings: what onWarning throws is not tried again', async () => {
    const busy = await errorOf(logoutIScsiTarget(first.sessionId, { library: arrange({ veto: 1 }) }));
    const library = arrange(NOT_ALL_SUCCESS);
    const onWarning = () => {
      throw busy;
    };
    const options = { library, onWarning, retries: 2, retryDelayMs: 1 };
    assert.equal(await errorOf(logoutIScsiTarget(first.sessionId, options)), busy);
    assert.equal(library.calls, 1);
  });
  rule('warnings: what onWarning throws is an error of the watch, which goes on', async () => {
    const library = arrange(NOT_ALL_SUCCESS);
    const errors: unknown[] = [];
    const onWarning = (warning: StatusWarning) => {
      if (errors.length === 0) throw warning;
    };
    for await (const { error } of watchSessions({ library, onWarning, intervalMs: 1 })) {
      errors.push(error?.name);
      if (errors.length === 2) break;
    }
    assert.deepEqual(errors, ['StatusWarning', undefined]);
  });
  rule('warnings: a watch goes on', async () => {
    const { warnings, onWarning } = collected();
    for await (const { error } of watchSessions({ library: arrange(NOT_ALL_SUCCESS), onWarning })) {
      assert.equal(error, undefined);
      break;
    }
    assert.equal(warnings.length, 1);
  });
}

function collected(): { warnings: StatusWarning[]; onWarning: (warning: StatusWarning) => void } {
  const warnings: StatusWarning[] = [];
  return { warnings, onWarning: warning => warnings.push(warning) };
}

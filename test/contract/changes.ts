import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  addIScsiConnection,
  addIScsiSendTargetPortal,
  addIScsiStaticTarget,
  loginIScsiTarget,
  refreshIScsiSendTargetPortal,
  removeIScsiConnection,
  removeIScsiPersistentTarget,
  removeIScsiSendTargetPortal,
  removeIScsiStaticTarget,
  type StatusWarning,
} from 'iscsidsc';
import { examplePersistentLogin } from './examples/persistent-logins.js';
import { examplePortal, exampleSendTargetPortal } from './examples/portals.js';
import { exampleTargetName } from './examples/targets.js';
import { errorOf, guardedEqual, guardedErrorOf } from './outcome.js';
import { type Scenario, sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { ASYNC_WAYS } from './ways.js';

interface Change {
  readonly syscall: string;
  /** One name for both forms of its export. */
  readonly hasOneForm?: boolean;
  /** Where it succeeds. */
  readonly scenario: Scenario;
  readonly call: (options: AsyncOptions) => Promise<unknown>;
  /** Defaults to nothing. */
  readonly returns?: 'ids';
}

const TARGET = exampleTargetName(0, 'disk');
const UNUSED_TARGET = exampleTargetName(2, 'disk');
const PORTAL = exampleSendTargetPortal(0, 'disk');
const LOGIN = examplePersistentLogin(0, 'disk');
const TWO_CONNECTIONS = { connections: 2 };
const [SESSION] = sessionsOf(TWO_CONNECTIONS);
const { sessionId = '', connections = [] } = SESSION ?? {};

/** The functions that change something, each in a scenario where it succeeds. */
const CHANGES: Readonly<Record<string, Change>> = {
  addIScsiSendTargetPortal: {
    syscall: 'AddIScsiSendTargetPortal',
    scenario: {},
    call: options => addIScsiSendTargetPortal(PORTAL, options),
  },
  removeIScsiSendTargetPortal: {
    syscall: 'RemoveIScsiSendTargetPortal',
    scenario: {},
    call: options => removeIScsiSendTargetPortal(PORTAL, options),
  },
  refreshIScsiSendTargetPortal: {
    syscall: 'RefreshIScsiSendTargetPortal',
    scenario: {},
    call: options => refreshIScsiSendTargetPortal(PORTAL, options),
  },
  addIScsiStaticTarget: {
    syscall: 'AddIScsiStaticTarget',
    scenario: {},
    call: options => addIScsiStaticTarget(UNUSED_TARGET, options),
  },
  removeIScsiStaticTarget: {
    syscall: 'RemoveIScsiStaticTarget',
    scenario: { stored: 0 },
    call: options => removeIScsiStaticTarget(TARGET, options),
  },
  loginIScsiTarget: {
    syscall: 'LoginIScsiTarget',
    scenario: { targets: 3 },
    call: options => loginIScsiTarget(UNUSED_TARGET, options),
    returns: 'ids',
  },
  'loginIScsiTarget with isPersistent': {
    syscall: 'LoginIScsiTarget',
    scenario: { targets: 3 },
    call: async options => {
      const ids = await loginIScsiTarget(UNUSED_TARGET, { ...options, isPersistent: true });
      assert.deepEqual(ids, { sessionId: null, connectionId: null });
    },
  },
  removeIScsiPersistentTarget: {
    syscall: 'RemoveIScsiPersistentTarget',
    scenario: {},
    call: options => removeIScsiPersistentTarget(LOGIN.targetName, { ...LOGIN, ...options }),
  },
  addIScsiConnection: {
    syscall: 'AddIScsiConnection',
    scenario: {},
    call: options => addIScsiConnection(sessionId, { ...options, targetPortal: examplePortal(0, 'disk') }),
    returns: 'ids',
  },
  removeIScsiConnection: {
    syscall: 'RemoveIScsiConnection',
    hasOneForm: true,
    scenario: TWO_CONNECTIONS,
    call: options => removeIScsiConnection(sessionId, connections[1]?.connectionId ?? '', options),
  },
};

const STATUSES = [
  [5, 'ERROR_ACCESS_DENIED'],
  [0xefff003e, 'ISDSC_SERVICE_NOT_RUNNING'],
  [0xefff0029, 'ISDSC_TARGET_NOT_FOUND'],
  [0xefff003f, 'ISDSC_TARGET_ALREADY_LOGGED_IN'],
  [0xefff000a, 'ISDSC_AUTHORIZATION_FAILURE'],
  [0xefff0042, 'ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA'],
  [0xefff000e, 'ISDSC_TOO_MANY_CONNECTIONS'],
  [122, 'ERROR_INSUFFICIENT_BUFFER'],
  [0xffffffff, 'ERR_ISCSIDSC_UNKNOWN_STATUS'],
] as const;

/** The rules of every function that changes something: one native call, and its status. */
export function changesContract(arrange: Arrange, rule: Declare): void {
  for (const [title, { scenario, call, returns, hasOneForm, ...change }] of Object.entries(CHANGES)) {
    for (const { name, form, charset } of ASYNC_WAYS) {
      const given = (text: string, check: () => Promise<void>) => rule(`${title}: ${text} (${name})`, check);
      const syscall = hasOneForm ? change.syscall : `${change.syscall}${form}`;
      const changed = async (options: AsyncOptions) => {
        const result = await call({ ...options, charset });
        return returns === 'ids' ? undefined : result;
      };

      given('succeeds after one native call', async () => {
        const library = arrange(scenario);
        const made: string[] = [];
        library.onReturned = each => made.push(each);
        await guardedEqual(() => changed({ library }), undefined);
        assert.deepEqual(made, [syscall]);
      });
      given('onWarning is called, and it succeeds', async () => {
        const warnings: StatusWarning[] = [];
        const library = arrange({ ...scenario, status: 0xafff002e });
        await guardedEqual(() => changed({ library, onWarning: warning => warnings.push(warning) }), undefined);
        assert.deepEqual(
          warnings.map(warning => [warning.code, warning.syscall]),
          [['ISDSC_OPERATION_NOT_ALL_SUCCESS', syscall]],
        );
      });
      for (const [status, code] of STATUSES) {
        given(`a status is an error, and the change is not tried twice: ${code}`, async () => {
          const library = arrange({ ...scenario, status });
          const made: string[] = [];
          library.onReturned = each => made.push(each);
          const error = await guardedErrorOf(() => changed({ library }));
          assert.deepEqual(
            [error.name, error.code, error.errno, error.syscall],
            ['StatusError', code, status, syscall],
          );
          assert.equal('pending' in error, false);
          // Whether a portal is registered is asked with another function.
          assert.equal(made.filter(each => each === syscall).length, 1);
        });
      }
      given('a timeout says that the native call runs on', async () => {
        const library = arrange({ ...scenario, delay: 200 });
        const error = await errorOf(changed({ library, timeoutMs: 20 }));
        assert.deepEqual([error.code, error.pending, error.syscall], ['ERR_ISCSIDSC_TIMEOUT', 'running', syscall]);
        while (library.running > 0) await new Promise(resolve => setTimeout(resolve, 10));
        assert.equal(library.calls, 1);
      });
      given('a signal that has fired before makes no native call', async () => {
        const library = arrange(scenario);
        const error = await errorOf(changed({ library, signal: AbortSignal.abort() }));
        assert.deepEqual([error.code, error.pending], ['ABORT_ERR', 'notStarted']);
        assert.equal(library.calls, 0);
      });
    }
  }
}

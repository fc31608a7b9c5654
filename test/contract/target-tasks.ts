import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  addIScsiSendTargetPortal,
  describeTarget,
  describeTargets,
  type ForgottenTarget,
  forgetTarget,
  getIScsiTargetInformation,
  loginIScsiTarget,
  removeIScsiSendTargetPortal,
  reportIScsiTargetPortals,
  reportIScsiTargets,
  waitForSession,
} from 'iscsidsc';
import { examplePersistentLogin } from './examples/persistent-logins.js';
import { examplePortal } from './examples/portals.js';
import { exampleTargetName } from './examples/targets.js';
import { errorOf } from './outcome.js';
import { sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';

const FORMS = [
  ['unicode', 'W'],
  ['ansi', 'A'],
] as const;
const FIRST = exampleTargetName(0, 'disk');
const NOWHERE = 'iqn.2003-01.org.example:nowhere';
const FAILED = 0xefff0001;
const TARGET_NOT_FOUND = 0xefff0029;

/** The functions with English names for targets, on an initiator that answers what it is told. */
export function targetTasksContract(arrange: Arrange, rule: Declare): void {
  for (const [charset, form] of FORMS) {
    const given = (text: string, check: (options: Pick<AsyncOptions, 'charset'>) => Promise<void>) =>
      rule(`${text} (${charset}, async)`, () => check({ charset }));

    given('targets are described with all that the single functions return', async options => {
      const scenario = { sessions: 3, connections: 2, targets: 2, portals: 2, targetPortals: 3, logins: 4 };
      const library = arrange(scenario);
      const all = { library, ...options };
      const described = await describeTargets(all);
      // The third from its session and a login, the fourth from a login alone.
      const names = [0, 1, 2, 3].map(number => exampleTargetName(number, 'disk'));
      const expected = names.map(async (targetName, number) => {
        const isDiscovered = number < 2;
        const session = sessionsOf(scenario)[number];
        return {
          targetName,
          isDiscovered,
          isConnected: session !== undefined,
          ...(isDiscovered
            ? await detailsOf(targetName, all)
            : { targetAlias: null, discoveryMechanisms: [], portals: [] }),
          targetAliasError: null,
          discoveryMechanismsError: null,
          portalsError: null,
          sessions: session ? [session] : [],
          sessionsError: null,
          persistentLogins: [examplePersistentLogin(number, 'disk')],
          persistentLoginsError: null,
        };
      });
      assert.deepEqual(described, await Promise.all(expected));
      assert.deepEqual(await describeTarget(FIRST.toUpperCase(), all), described[0]);
      assert.equal(await describeTarget(NOWHERE, all), null);
    });

    given('each list is asked for once, and one call is made at a time', async options => {
      const library = arrange({ sessions: 3, targets: 3, logins: 3, targetPortals: 1 });
      assert.equal((await describeTargets({ library, ...options })).length, 3);
      // Three lists, and of each target its portals, its mechanisms and its alias.
      assert.equal(library.calls, 3 + 3 * 3);
      assert.equal(library.mostAtOnce, 1);
    });

    for (const [syscall, part] of [
      ['ReportIScsiTargetPortals', 'portals'],
      ['GetIScsiTargetInformation', 'discoveryMechanisms'],
      ['ReportIScsiPersistentLogins', 'persistentLogins'],
      ['GetIScsiSessionList', 'sessions'],
    ] as const) {
      given(`a target is described although ${syscall} fails`, async options => {
        const library = arrange({ targets: 1, targetPortals: 1, statuses: { [`${syscall}${form}`]: [FAILED] } });
        const target = await describeTarget(FIRST, { library, ...options });
        assert.equal(target?.[part], null);
        const { code, syscall: called } = target?.[`${part}Error`] ?? {};
        assert.deepEqual([code, called], ['ISDSC_NON_SPECIFIC_ERROR', `${syscall}${form}`]);
        const failed = Object.entries(target ?? {}).filter(([name, value]) => name.endsWith('Error') && value !== null);
        // Without the mechanisms, nobody can be asked for the alias.
        assert.equal(failed.length, part === 'discoveryMechanisms' ? 2 : 1);
      });
    }

    given('a list of targets that cannot be received is an error, and no empty list', async options => {
      for (const syscall of ['ReportIScsiTargets', 'ReportIScsiPersistentLogins'] as const) {
        const statuses = { [`${syscall}${form}`]: [FAILED] };
        const library = arrange({ sessions: 0, targets: 0, logins: 0, statuses });
        const error = await errorOf(describeTargets({ library, ...options }));
        assert.deepEqual([error.code, error.syscall], ['ISDSC_NON_SPECIFIC_ERROR', `${syscall}${form}`]);
      }
    });

    given('a target is forgotten: its login, its session, its static entry', async options => {
      const scenario = { sessions: 2, targets: 2, logins: 2, stored: 0 };
      const library = arrange(scenario);
      assert.deepEqual(await forgetTarget(FIRST.toUpperCase(), { library, ...options }), {
        targetName: FIRST.toUpperCase(),
        removedLogins: [examplePersistentLogin(0, 'disk')],
        loggedOut: sessionsOf(scenario).slice(0, 1),
        removedStaticTarget: true,
      });
      // Each of the three lists, and a change after it.
      assert.equal(library.calls, 6);
    });

    given('a target that is no static one is forgotten all the same', async options => {
      const statuses = { [`RemoveIScsiStaticTarget${form}`]: [TARGET_NOT_FOUND] };
      const library = arrange({ statuses });
      const { removedLogins, loggedOut, removedStaticTarget } = await forgetTarget(FIRST, { library, ...options });
      assert.deepEqual([removedLogins.length, loggedOut.length, removedStaticTarget], [1, 1, false]);
    });

    given('a busy session is logged out again and again, before a target is forgotten', async options => {
      const library = arrange({ veto: 2 });
      const { loggedOut } = await forgetTarget(FIRST, { library, ...options, retries: 2, retryDelayMs: 1 });
      assert.equal(loggedOut.length, 1);
    });

    for (const [text, scenario, code, done] of [
      [
        'a login that cannot be removed',
        { statuses: { [`RemoveIScsiPersistentTarget${form}`]: [FAILED] } },
        'ISDSC_NON_SPECIFIC_ERROR',
        [0, 0, false],
      ],
      ['a session that stays busy', { veto: 100 }, 'ISDSC_DEVICE_BUSY_ON_SESSION', [1, 0, false]],
      [
        'a static target that cannot be removed',
        { statuses: { [`RemoveIScsiStaticTarget${form}`]: [FAILED] } },
        'ISDSC_NON_SPECIFIC_ERROR',
        [1, 1, false],
      ],
    ] as const) {
      given(`${text} ends the forgetting, and the error says what was done`, async options => {
        const library = arrange(scenario);
        const error = await errorOf(forgetTarget(FIRST, { library, ...options, retries: 1, retryDelayMs: 1 }));
        const { removedLogins, loggedOut, removedStaticTarget } = error.done as ForgottenTarget;
        assert.equal(error.code, code);
        assert.deepEqual([removedLogins.length, loggedOut.length, removedStaticTarget], done);
      });
    }

    given('the way from nothing to a disk and back', async options => {
      // The list grows by the session of the login.
      const library = arrange({ sessions: 200, grow: 1, growTimes: 1, targets: 201, logins: 1 });
      const all = { library, ...options };
      const portal = examplePortal(0, 'disk');
      const targetName = exampleTargetName(200, 'disk');
      await addIScsiSendTargetPortal(portal, all);
      assert.ok((await reportIScsiTargets(all)).includes(targetName));
      const { sessionId } = await loginIScsiTarget(targetName, { ...all, targetPortal: portal });
      const { devices } = await waitForSession(
        { sessionId },
        { ...all, until: 'devices', intervalMs: 1, timeoutMs: 20_000 },
      );
      assert.ok(devices.length > 0);
      await loginIScsiTarget(targetName, { ...all, targetPortal: portal, isPersistent: true });
      const { loggedOut } = await forgetTarget(targetName, all);
      assert.ok(loggedOut.some(session => session.sessionId === sessionId));
      await removeIScsiSendTargetPortal(portal, all);
    });
  }
}

async function detailsOf(targetName: string, options: AsyncOptions) {
  const discoveryMechanisms = await getIScsiTargetInformation(targetName, 'discoveryMechanisms', options);
  const [discoveryMechanism = ''] = discoveryMechanisms;
  return {
    targetAlias: await getIScsiTargetInformation(targetName, 'targetAlias', { ...options, discoveryMechanism }),
    discoveryMechanisms,
    portals: await reportIScsiTargetPortals(targetName, options),
  };
}

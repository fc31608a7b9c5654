import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  type ConnectedTarget,
  type ConnectOptions,
  type ConnectProgress,
  type ConnectTarget,
  connectTarget,
  type DisconnectedTarget,
  disconnectTarget,
  getDevicesForIScsiSession,
  reportIScsiPersistentLogins,
  reportIScsiSendTargetPortals,
} from 'iscsidsc';
import type { ExportName } from 'iscsidsc/raw';
import type { CountedLibrary } from './counted-library.js';
import { examplePortal } from './examples/portals.js';
import { exampleTargetName } from './examples/targets.js';
import { errorOf } from './outcome.js';
import { type Scenario, sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { ASYNC_WAYS } from './ways.js';

const FAILED = 0xefff0001;
// The first and the second target have a session. The first portal is registered, the second is not.
const MACHINE = { sessions: 2, targets: 3, portals: 1, targetPortals: 2 } as const satisfies Scenario;
const [FIRST, , NEW] = [0, 1, 2].map(number => exampleTargetName(number, 'disk')) as [string, string, string];
const [REGISTERED, UNREGISTERED] = [examplePortal(0, 'disk'), examplePortal(1, 'disk')];
const NOTHING = { portals: [], sessions: [], persistentLogins: [] };
const MADE_PORTAL = { initiatorName: '', initiatorPortNumber: 0xffffffff, ...UNREGISTERED };

/** The way from a portal to a disk in one call, and back, by an initiator that answers what it is told. */
export function connectTasksContract(arrange: Arrange, rule: Declare): void {
  for (const { name, form, charset } of ASYNC_WAYS) {
    type Options = Pick<AsyncOptions, 'charset'> & { readonly library: CountedLibrary };
    const given = (
      text: string,
      scenario: Scenario,
      check: (options: Options, changes: readonly string[]) => Promise<void>,
    ) =>
      rule(`${text} (${name})`, () => {
        const library = arrange({ ...MACHINE, ...scenario });
        return check({ library, charset }, changesOf(library));
      });
    const failing = (...exports: readonly (readonly [name: string, ...statuses: number[]])[]): Scenario => ({
      statuses: Object.fromEntries(exports.map(([each, ...statuses]) => [nameIn(each, form), statuses])),
    });

    given('connect: a session that is there is used, and nothing is made', {}, async (options, changes) => {
      const { sessions, devices, created, undo } = await connect({ targetName: FIRST.toUpperCase() }, options);
      const [session] = sessionsOf(MACHINE);
      assert.deepEqual(
        sessions.map(({ sessionId, isNew }) => [sessionId, isNew]),
        [[session?.sessionId, false]],
      );
      assert.deepEqual(devices, await getDevicesForIScsiSession(String(session?.sessionId), options));
      assert.deepEqual(created, NOTHING);
      assert.equal(typeof undo, 'function');
      assert.deepEqual(changes, []);
      assert.equal(options.library.mostAtOnce, 1);
    });

    given(
      'connect: the portal, the session and the saved login are made in this order',
      {},
      async (options, changes) => {
        const target = { targetName: NEW, portals: UNREGISTERED, persistent: true };
        const steps: string[] = [];
        const onProgress = ({ step, status }: ConnectProgress) => steps.push(`${step} ${status}`);
        const connected = await connect(target, { ...options, onProgress });
        const { sessions, devices, failed, created } = connected;
        const [sessionId = '', ...others] = sessions.map(each => each.sessionId);
        assert.deepEqual([others, failed], [[], []]);
        assert.deepEqual(sessions, [{ sessionId, portal: UNREGISTERED, isNew: true }]);
        assert.deepEqual(devices, await getDevicesForIScsiSession(sessionId, options));
        assert.equal(devices.length, 1);
        assert.deepEqual(created.portals, [MADE_PORTAL]);
        assert.deepEqual(
          created.sessions.map(each => each.sessionId),
          [sessionId],
        );
        assert.deepEqual(
          created.persistentLogins.map(({ targetName, targetPortal }) => [targetName, targetPortal.address]),
          [[NEW, UNREGISTERED.address]],
        );
        assert.deepEqual(changes, ['AddIScsiSendTargetPortal', 'LoginIScsiTarget', 'LoginIScsiTarget']);
        assert.deepEqual(
          steps,
          ['portal', 'session', 'devices', 'persistentLogin', 'volumes'].flatMap(step => [
            `${step} started`,
            `${step} done`,
          ]),
        );

        await connected.undo();
        // An initiator that has kept no login is not asked to remove it.
        const undone = changes.slice(3).filter(each => each !== 'RemoveIScsiPersistentTarget');
        assert.deepEqual(undone, ['LogoutIScsiTarget', 'RemoveIScsiSendTargetPortal']);
        const before = changes.length;
        await connected.undo();
        assert.equal(changes.length, before, 'a second undo does nothing');
      },
    );

    given('connect: a portal that is registered is not registered again', {}, async (options, changes) => {
      const connected = await connect({ targetName: NEW, portals: REGISTERED }, options);
      assert.deepEqual(connected.created.portals, []);
      assert.deepEqual(changes, ['LoginIScsiTarget']);
      await connected.undo();
      assert.deepEqual(changes, ['LoginIScsiTarget', 'LogoutIScsiTarget']);
    });

    given('connect: a session that is busy is asked again for its devices', { deviceBusy: 1 }, async options => {
      const { devices } = await connect({ targetName: NEW, portals: REGISTERED }, { ...options, waitMs: 20_000 });
      assert.equal(devices.length, 1);
    });

    for (const [step, scenario, undone] of [
      ['the login', failing(['LoginIScsiTarget', FAILED]), []],
      ['the list of disks', failing(['GetDevicesForIScsiSession', FAILED]), ['LogoutIScsiTarget']],
      ['the login that is saved', failing(['LoginIScsiTarget', 0, FAILED]), ['LogoutIScsiTarget']],
    ] as const) {
      given(
        `connect: when ${step} fails, what was made is undone in reverse order`,
        scenario,
        async (options, changes) => {
          const target = { targetName: NEW, portals: UNREGISTERED, persistent: true };
          const error = await errorOf(connect(target, options));
          assert.equal(error.code, 'ISDSC_NON_SPECIFIC_ERROR');
          assert.deepEqual([error.created, error.undoErrors], [NOTHING, undefined]);
          const at = changes.lastIndexOf('LoginIScsiTarget') + 1;
          assert.deepEqual(changes.slice(at), [...undone, 'RemoveIScsiSendTargetPortal']);
        },
      );
    }

    const remaining = failing(['GetDevicesForIScsiSession', FAILED], ['LogoutIScsiTarget', FAILED]);
    given(
      'connect: an error says what could not be undone, and the rest is undone',
      remaining,
      async (options, changes) => {
        const error = await errorOf(connect({ targetName: NEW, portals: UNREGISTERED }, options));
        assert.equal(error.syscall, nameIn('GetDevicesForIScsiSession', form));
        const { portals, sessions } = error.created as typeof NOTHING;
        assert.deepEqual([portals, sessions.length], [[], 1]);
        assert.deepEqual(
          (error.undoErrors as { code: string; syscall: string }[]).map(({ code, syscall }) => [code, syscall]),
          [['ISDSC_NON_SPECIFIC_ERROR', 'LogoutIScsiTarget']],
        );
        assert.equal(changes.at(-1), 'RemoveIScsiSendTargetPortal');
      },
    );

    const badPortal = failing(['AddIScsiSendTargetPortal', FAILED]);
    for (const multipath of [false, true]) {
      const text = `connect: a portal that fails is reported, and another works, multipath ${multipath}`;
      given(text, badPortal, async (options, changes) => {
        const portals = [UNREGISTERED, REGISTERED];
        const { sessions, failed, created } = await connect({ targetName: NEW, portals, multipath }, options);
        assert.deepEqual(
          failed.map(({ portal, error }) => [portal, error.code]),
          [[UNREGISTERED, 'ISDSC_NON_SPECIFIC_ERROR']],
        );
        assert.deepEqual(
          sessions.map(({ portal }) => portal),
          [REGISTERED],
        );
        assert.deepEqual([created.portals, created.sessions.length], [[], 1]);
        // An initiator that has kept no portal is not asked to remove it.
        const made = changes.filter(each => each !== 'RemoveIScsiSendTargetPortal');
        assert.deepEqual(made, ['AddIScsiSendTargetPortal', 'LoginIScsiTarget']);
      });
    }

    given('connect: with multipath there is a login at each portal', {}, async (options, changes) => {
      const target = { targetName: NEW, portals: [REGISTERED, UNREGISTERED], multipath: true };
      const { failed } = await connect(target, options);
      assert.deepEqual(failed, []);
      assert.deepEqual(changes, ['AddIScsiSendTargetPortal', 'LoginIScsiTarget', 'LoginIScsiTarget']);
    });

    given('disconnect: the saved logins go before the sessions', { logins: 3 }, async (options, changes) => {
      const logins = await reportIScsiPersistentLogins(options);
      const done = await disconnectTarget({ targetName: FIRST.toUpperCase() }, { ...options, forget: true });
      assert.deepEqual(done, {
        targetNames: [FIRST.toUpperCase()],
        removedLogins: logins.filter(({ targetName }) => targetName === FIRST),
        loggedOut: sessionsOf(MACHINE).slice(0, 1),
        removedPortals: [],
      });
      assert.deepEqual(changes, ['RemoveIScsiPersistentTarget', 'LogoutIScsiTarget']);
      assert.equal(options.library.mostAtOnce, 1);
    });

    given('disconnect: a portal that other targets need stays', {}, async (options, changes) => {
      const { removedPortals } = await disconnectTarget({ targetName: FIRST }, { ...options, removePortal: true });
      assert.deepEqual(removedPortals, []);
      assert.deepEqual(changes, ['LogoutIScsiTarget']);
    });

    given('disconnect: a portal that leads nowhere else goes last', { targets: 1 }, async (options, changes) => {
      const portals = await reportIScsiSendTargetPortals(options);
      const { removedPortals } = await disconnectTarget({ targetName: FIRST }, { ...options, removePortal: true });
      assert.deepEqual(removedPortals, portals);
      assert.deepEqual(changes, ['LogoutIScsiTarget', 'RemoveIScsiSendTargetPortal']);
    });

    given('disconnect: a disk stands for its sessions', {}, async (options, changes) => {
      const [, second] = sessionsOf(MACHINE);
      const [device] = await getDevicesForIScsiSession(String(second?.sessionId), options);
      const deviceNumber = device?.storageDeviceNumber.deviceNumber ?? 0;
      const { targetNames, loggedOut } = await disconnectTarget({ deviceNumber }, options);
      assert.deepEqual([targetNames, loggedOut], [[second?.targetNodeName], [second]]);
      assert.deepEqual(changes, ['LogoutIScsiTarget']);
    });

    given('disconnect: a veto is tried again', { veto: 2 }, async options => {
      const { loggedOut } = await disconnectTarget({ targetName: FIRST }, { ...options, retries: 2, retryDelayMs: 1 });
      assert.equal(loggedOut.length, 1);
    });

    given('disconnect: the error of a step says what was done before', { veto: 100, logins: 3 }, async options => {
      const ending = disconnectTarget({ targetName: FIRST }, { ...options, forget: true, retries: 1, retryDelayMs: 1 });
      const error = await errorOf(ending);
      assert.equal(error.code, 'ISDSC_DEVICE_BUSY_ON_SESSION');
      const { removedLogins, loggedOut } = error.done as DisconnectedTarget;
      assert.deepEqual([removedLogins.length, loggedOut], [1, []]);
    });
  }
}

/** Waits for nothing: the disks are there at once, and need not have volumes. */
function connect(target: ConnectTarget, options: ConnectOptions): Promise<ConnectedTarget> {
  return connectTarget(target, { waitMs: 0, ...options });
}

/** The calls that change something, in order, without the letter of their form. */
function changesOf(library: CountedLibrary): readonly string[] {
  const changes: string[] = [];
  library.onReturned = name => {
    if (/^(Add|Login|Logout|Remove)/.test(name)) changes.push(name.replace(/[AW]$/, ''));
  };
  return changes;
}

function nameIn(name: string, form: 'A' | 'W'): ExportName {
  return (name === 'LogoutIScsiTarget' ? name : `${name}${form}`) as ExportName;
}

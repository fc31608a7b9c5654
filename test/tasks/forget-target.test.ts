import { forgetTarget, IscsidscError, type PersistentLogin } from 'iscsidsc';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { type Answer, textOf } from './answering-library.js';
import { hanging } from './hanging-library.js';
import { byHand, type KnownByHand, loginTo } from './initiator-by-hand.js';

const DISK = 'iqn.2003-01.org.example:disk-0';
const OTHER = 'iqn.2003-01.org.example:disk-1';
const GONE = 'iqn.2001-05.com.example.retired:old-disk';
const [SUCCESS, TARGET_NOT_FOUND, COULD_NOT_REMOVE, FAILED] = [0, 0xefff0029, 0xefff0042, 0xefff0001];

describe('forgetTarget', () => {
  it('removes every persistent login as it was reported, ends the sessions, and removes the static target', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(2) });
    const [session, other] = simulator.sessions;
    const logins = [loginTo(DISK), loginTo(OTHER), loginTo(DISK), loginTo(DISK.toUpperCase(), '10.0.0.10')];
    const initiator = forgettable({ targets: { [DISK]: {} }, logins });
    const calls: string[] = [];
    const library = byHand(simulator, initiator.known, initiator.answers, calls);
    expect(await forgetTarget(DISK.toUpperCase(), { library })).toEqual({
      targetName: DISK.toUpperCase(),
      removedLogins: [logins[0], logins[2], logins[3]],
      loggedOut: [session],
      removedStaticTarget: true,
    });
    expect(simulator.sessions).toEqual([other]);
    expect(initiator.known.logins).toEqual([loginTo(OTHER)]);
    expect(initiator.removedNames).toEqual([DISK, DISK, DISK.toUpperCase(), DISK]);
    const changes = calls.filter(name => /^(Remove|Logout)/.test(name));
    expect(changes.map(name => name.replace(/W$/, ''))).toEqual([
      'RemoveIScsiPersistentTarget',
      'RemoveIScsiPersistentTarget',
      'RemoveIScsiPersistentTarget',
      'LogoutIScsiTarget',
      'RemoveIScsiStaticTarget',
    ]);
  });

  it('removes the logins to a target that no longer exists', async () => {
    using simulator = createSimulator({ sessions: [] });
    const { known, answers } = forgettable({ logins: [loginTo(GONE), loginTo(GONE)] });
    const library = byHand(simulator, known, answers);
    expect(await forgetTarget(GONE, { library })).toMatchObject({
      removedLogins: [loginTo(GONE), loginTo(GONE)],
      loggedOut: [],
      removedStaticTarget: false,
    });
    expect(known.logins).toEqual([]);
  });

  it('resolves with nothing done for a target that nothing knows', async () => {
    using simulator = createSimulator();
    const { known, answers } = forgettable({});
    const nothing = { targetName: GONE, removedLogins: [], loggedOut: [], removedStaticTarget: false };
    expect(await forgetTarget(GONE, { library: byHand(simulator, known, answers) })).toEqual(nothing);
    expect(simulator.sessions).toHaveLength(4);
  });

  it('counts a login as removed that went with another one', async () => {
    using simulator = createSimulator({ sessions: [] });
    const logins = [loginTo(GONE), loginTo(GONE, '10.0.0.10')];
    const { known, answers } = forgettable({ logins });
    // One for any portal takes all of them with it.
    answers.RemoveIScsiPersistentTargetW = () => {
      if ((known.logins as PersistentLogin[]).length === 0) return COULD_NOT_REMOVE;
      known.logins = [];
      return SUCCESS;
    };
    const { removedLogins } = await forgetTarget(GONE, { library: byHand(simulator, known, answers) });
    expect(removedLogins).toEqual(logins);
  });

  it('says what was done before a login could not be removed', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(1) });
    const { known, answers } = forgettable({ logins: [loginTo(DISK), loginTo(DISK, '10.0.0.10')] });
    const remove = answers.RemoveIScsiPersistentTargetW as Answer;
    let calls = 0;
    answers.RemoveIScsiPersistentTargetW = (...args) => (++calls === 2 ? COULD_NOT_REMOVE : remove(...args));
    await expect(forgetTarget(DISK, { library: byHand(simulator, known, answers) })).rejects.toMatchObject({
      code: 'ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA',
      done: { removedLogins: [loginTo(DISK)], loggedOut: [], removedStaticTarget: false },
    });
    expect(simulator.sessions).toHaveLength(1);
  });

  it('tries a busy session again, and says what was done when it stays busy', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(1), behaviour: { veto: 3 } });
    const initiator = forgettable({ logins: [loginTo(DISK)] });
    const library = byHand(simulator, initiator.known, initiator.answers);
    const [session] = simulator.sessions;
    const done = { targetName: DISK, removedLogins: [loginTo(DISK)], loggedOut: [], removedStaticTarget: false };
    const busy = await forgetTarget(DISK, { library, retries: 1, retryDelayMs: 1 }).catch((error: unknown) => error);
    expect(busy).toBeInstanceOf(IscsidscError);
    expect(busy).toMatchObject({ code: 'ISDSC_DEVICE_BUSY_ON_SESSION', done });
    expect(JSON.parse(JSON.stringify(busy))).toMatchObject({ code: 'ISDSC_DEVICE_BUSY_ON_SESSION', done });
    const retried = await forgetTarget(DISK, { library, retries: 1, retryDelayMs: 1 });
    expect(retried).toMatchObject({ removedLogins: [], loggedOut: [session] });
  });

  it('goes on where a session has ended by itself', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(1) });
    const { known, answers } = forgettable({ targets: { [DISK]: {} } });
    answers.LogoutIScsiTarget = () => {
      simulator.sessions = [];
      return undefined;
    };
    const result = await forgetTarget(DISK, { library: byHand(simulator, known, answers) });
    expect(result).toMatchObject({ loggedOut: [], removedStaticTarget: true });
  });

  it('says what was done before the static target could not be removed', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(1) });
    const { known, answers } = forgettable({ logins: [loginTo(DISK)] });
    answers.RemoveIScsiStaticTargetW = () => FAILED;
    const sessions = [...simulator.sessions];
    await expect(forgetTarget(DISK, { library: byHand(simulator, known, answers) })).rejects.toMatchObject({
      code: 'ISDSC_NON_SPECIFIC_ERROR',
      syscall: 'RemoveIScsiStaticTargetW',
      done: { removedLogins: [loginTo(DISK)], loggedOut: sessions, removedStaticTarget: false },
    });
  });

  it('says after a timeout and after an abort what was done', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(1) });
    const initiator = forgettable({ logins: [loginTo(DISK)] });
    const made = byHand(simulator, initiator.known, initiator.answers);
    const library = hanging(made, 'LogoutIScsiTarget', () => true);
    const done = { removedLogins: [loginTo(DISK)], loggedOut: [], removedStaticTarget: false };
    const late = { code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'running', syscall: 'LogoutIScsiTarget', done };
    await expect(forgetTarget(DISK, { library, timeoutMs: 500 })).rejects.toMatchObject(late);
    const aborted = forgetTarget(DISK, { library, signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'ABORT_ERR', done: { removedLogins: [] } });
  });

  it('refuses what cannot be the name of a target before it calls anything', async () => {
    using simulator = createSimulator();
    const calls: string[] = [];
    const library = byHand(simulator, {}, {}, calls);
    for (const name of ['', 'x'.repeat(224), 'a\0b', 7]) {
      const error = await forgetTarget(name as string, { library }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
      expect(error).not.toHaveProperty('done');
    }
    expect(calls).toEqual([]);
  });
});

/** The answers of an initiator that removes what it is told to, and the names that it was told. */
function forgettable({ targets, logins }: KnownByHand) {
  const known: KnownByHand = { targets: targets ?? {}, logins: [...((logins as PersistentLogin[]) ?? [])] };
  const removedNames: (string | null)[] = [];
  const answers: Record<string, Answer> = {
    RemoveIScsiPersistentTargetW: (_instance, _port, name) => {
      removedNames.push(textOf(name));
      const list = known.logins as PersistentLogin[];
      const index = list.findIndex(({ targetName }) => targetName === textOf(name));
      if (index < 0) return COULD_NOT_REMOVE;
      list.splice(index, 1);
      return SUCCESS;
    },
    LogoutIScsiTarget: () => undefined,
    RemoveIScsiStaticTargetW: name => {
      if (!Object.keys(known.targets ?? {}).includes(String(textOf(name)))) return TARGET_NOT_FOUND;
      removedNames.push(textOf(name));
      return SUCCESS;
    },
  };
  return { known, answers, removedNames };
}

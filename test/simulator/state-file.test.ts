import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addIScsiSendTargetPortal,
  addIScsiStaticTarget,
  getDevicesForIScsiSession,
  getIScsiSessionListEx,
  loginIScsiTarget,
  logoutIScsiTarget,
  removeIScsiSendTargetPortal,
  reportIScsiSendTargetPortals,
  reportIScsiTargets,
  reportIScsiTargetsSync,
} from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const CHAP = 'iqn.2003-01.org.example:disk2';
const SECRET = 'initiator-12345';
const loginOptions = { authType: 'chap', username: 'backup-host', password: SECRET } as const;

describe('a simulated machine in a file', () => {
  let folder: string;
  let stateFile: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'iscsidsc-'));
    stateFile = join(folder, 'machine.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What the next process would see. */
  const next = () => createSimulator({ stateFile });

  it.runIf(process.platform !== 'win32')('is for its owner alone: it has what proves secrets', () => {
    createSimulator({ stateFile }).dispose();
    using simulator = createSimulator({ stateFile });
    simulator.sessions = [];
    reportIScsiTargetsSync({ library: simulator });
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
  });

  it('goes on where it was', async () => {
    using first = createSimulator({ stateFile });
    await addIScsiSendTargetPortal('10.0.0.10', { library: first });
    await addIScsiStaticTarget('iqn.2000-01.org.example:static', {
      library: first,
      loginOptions: { username: Uint8Array.of(1, 255) },
    });
    const { sessionId } = await loginIScsiTarget(CHAP, { library: first, loginOptions });
    const devices = await getDevicesForIScsiSession(sessionId, { library: first });
    await loginIScsiTarget(CHAP, { library: first, loginOptions, isPersistent: true });

    using second = next();
    expect(second.sessions).toEqual(first.sessions);
    expect(second.sendTargetPortals).toEqual(first.sendTargetPortals);
    expect(second.persistentLogins).toEqual(first.persistentLogins);
    expect(await getDevicesForIScsiSession(sessionId, { library: second })).toEqual(devices);
    expect(await getIScsiSessionListEx({ library: second })).toEqual(await getIScsiSessionListEx({ library: first }));
    expect(await reportIScsiTargets({ library: second })).toEqual(await reportIScsiTargets({ library: first }));

    second.restart();
    using third = next();
    expect(third.sessions.map(({ targetName }) => targetName)).toContain(CHAP);
    expect(third.sessions.map(each => each.sessionId)).not.toContain(sessionId);
  });

  it('gives no id twice', async () => {
    using first = createSimulator({ stateFile });
    await addIScsiSendTargetPortal('10.0.0.10', { library: first });
    const { sessionId } = await loginIScsiTarget(CHAP, { library: first, loginOptions });
    await logoutIScsiTarget(sessionId, { library: first });
    using second = next();
    expect((await loginIScsiTarget(CHAP, { library: second, loginOptions })).sessionId).not.toBe(sessionId);
  });

  it('is the same for all who use it at once', async () => {
    using first = createSimulator({ stateFile });
    using second = createSimulator({ stateFile });
    await addIScsiSendTargetPortal('10.0.0.10', { library: first });
    await addIScsiSendTargetPortal('10.0.1.10', { library: second });
    const portals = (await reportIScsiSendTargetPortals({ library: first })).map(({ address }) => address);
    expect(portals.slice(-2)).toEqual(['10.0.0.10', '10.0.1.10']);
  });

  it('is not written by one who only reads', async () => {
    using reader = createSimulator({ stateFile });
    await reportIScsiTargets({ library: reader });
    const { mtimeMs } = statSync(stateFile);
    await new Promise(resolve => setTimeout(resolve, 20));
    await reportIScsiTargets({ library: reader });
    expect(statSync(stateFile).mtimeMs).toBe(mtimeMs);
  });

  it('forgets the secret of a portal that was removed, and grows no more', async () => {
    using library = createSimulator({ stateFile });
    const change = async () => {
      await addIScsiSendTargetPortal('10.0.0.10', { library, loginOptions }).catch(() => {});
      await removeIScsiSendTargetPortal('10.0.0.10', { library });
      return readFileSync(stateFile, 'utf8');
    };
    const once = await change();
    expect(once).not.toContain('digest');
    expect(await change()).toBe(once);
  });

  it('has no secret in the file', async () => {
    using library = createSimulator({ stateFile });
    await addIScsiSendTargetPortal('10.0.0.10', { library, loginOptions }).catch(() => {});
    await addIScsiSendTargetPortal('10.0.1.10', { library });
    await loginIScsiTarget(CHAP, { library, loginOptions, isPersistent: true });
    const text = readFileSync(stateFile, 'utf8');
    expect(text).toContain('backup-host');
    for (const shown of [SECRET, Buffer.from(SECRET).toString('hex'), Buffer.from(SECRET).toString('base64')]) {
      expect(text).not.toContain(shown);
    }
  });

  it.each([
    '',
    '{',
    'null',
    '{}',
    '{"sessions":[]}',
    '{"sessions":{"sessions":[],"logins":[],"numbers":[]},"discovery":{},"logins":{},"nextIds":{}}',
    '{"sessions":{"sessions":[],"logins":[],"numbers":[]},"discovery":{"registered":[],"left":[],"staticTargets":[]},"logins":[{}],"nextIds":{}}',
  ])('must not be a file of another kind: %j', text => {
    writeFileSync(stateFile, text);
    expect(next).toThrow(expect.objectContaining({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' }));
    expect(readFileSync(stateFile, 'utf8')).toBe(text);
  });
});

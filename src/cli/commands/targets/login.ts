import type { DeviceOnSession } from '../../../index.js';
import { type Context, defineCommand } from '../../command.js';
import { DoneInPart, type FailureDetails, failureDetails, UsageError } from '../../failure.js';
import { INITIATOR_OPTIONS, initiatorPortOf } from '../../options/initiator-options.js';
import { CHAP_OPTIONS, DIGEST_OPTIONS, loginOptionsOf } from '../../options/login-options.js';
import { PORTAL, TARGET, targetPortalOf } from '../../options/values.js';
import { type Field, formatDetails } from '../../terminal/details.js';
import { deviceText } from '../sessions/session-table.js';

/** What a login has come to. */
export interface LoginResult {
  readonly targetName: string;
  /** Null if the login was only saved. */
  readonly sessionId: string | null;
  readonly connectionId: string | null;
  readonly isInformationalSession: boolean;
  /** Windows will log in again when it starts. */
  readonly isSaved: boolean;
  /** Why the login is not saved; null unless that has failed. */
  readonly saveError: FailureDetails | null;
  /** Those that appeared within some seconds; null if nobody asked, or the question failed. */
  readonly devices: readonly DeviceOnSession[] | null;
  readonly devicesError: FailureDetails | null;
}

// Most disks are there after one or two seconds.
const DEVICES_MS = 5000;
const DEVICES_INTERVAL_MS = 250;
const NO_SESSION = { sessionId: null, connectionId: null };
const NO_DEVICES = { devices: null, devicesError: null };

export const targetLogin = defineCommand({
  name: 'target login',
  changes: true,
  summary: 'Log in to a target, and show its disks',
  description: 'The session ends at the next restart of Windows, unless --persistent is given.',
  operands: { target: { help: 'The name of the target', type: TARGET, required: true } },
  options: {
    portal: { help: 'Log in at this portal. Without it, Windows chooses', type: PORTAL },
    ...CHAP_OPTIONS,
    persistent: { help: 'Save the login, too: Windows logs in again whenever it starts' },
    'save-only': { help: 'Save the login for the next start, and do not log in now' },
    multipath: { help: 'Allow a second session with the target. Only for machines with MPIO' },
    informational: { help: 'Log in without disks, for SCSI commands alone' },
    ...DIGEST_OPTIONS,
    ...INITIATOR_OPTIONS,
  },
  example: 'target login iqn.2003-01.org.example:disk1 --portal 10.0.0.10 --persistent',
  async run(input, context): Promise<LoginResult> {
    const { target: targetName, persistent, 'save-only': saveOnly, informational: isInformationalSession } = input;
    if (persistent && saveOnly) throw new UsageError('Give --persistent or --save-only, not both.');
    const { iscsidsc, options } = context;
    const settings = {
      ...options,
      ...initiatorPortOf(input),
      isInformationalSession,
      targetPortal: input.portal && targetPortalOf(input.portal),
      loginOptions: await loginOptionsOf(input, context),
    };
    const save = () => iscsidsc.loginIScsiTarget(targetName, { ...settings, isPersistent: true });
    const nothing = {
      targetName,
      ...NO_SESSION,
      isInformationalSession,
      isSaved: false,
      saveError: null,
      ...NO_DEVICES,
    };
    if (saveOnly) return { ...nothing, ...(await save()), isSaved: true };

    const ids = await iscsidsc.loginIScsiTarget(targetName, settings);
    let result: LoginResult = { ...nothing, ...ids };
    // From here on there is a session: its id is printed, whatever happens.
    const failures: unknown[] = [];
    if (persistent) {
      try {
        await save();
        result = { ...result, isSaved: true };
      } catch (error) {
        failures.push(error);
        result = { ...result, saveError: failureDetails(error, true) };
      }
    }
    if (!isInformationalSession) {
      try {
        result = { ...result, ...(await devicesOf(ids.sessionId, context)) };
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new DoneInPart(result, failures[0]);
    return result;
  },
  format: (result, format) => formatDetails([{ fields: [...resultFields(result), ...deviceFields(result)] }], format),
  mayHang: ({ devicesError }) => devicesError?.pending === 'running',
});

async function devicesOf(
  sessionId: string,
  { iscsidsc, options }: Context,
): Promise<Pick<LoginResult, 'devices' | 'devicesError'>> {
  const timeoutMs = Math.min(options.timeoutMs ?? DEVICES_MS, DEVICES_MS);
  const wait = { ...options, timeoutMs, until: 'devices', intervalMs: DEVICES_INTERVAL_MS } as const;
  try {
    const { devices } = await iscsidsc.waitForSession({ sessionId }, wait);
    return { devices, devicesError: null };
  } catch (error) {
    if (!iscsidsc.isIscsidscError(error)) throw error;
    if (error.code === 'ERR_ISCSIDSC_TIMEOUT' && error.pending !== 'running')
      return { devices: [], devicesError: null };
    return { devices: null, devicesError: failureDetails(error) };
  }
}

function resultFields({ targetName, sessionId, connectionId, isSaved, saveError }: LoginResult): Field[] {
  const saved = 'yes, Windows logs in again when it starts';
  return [
    ['Target', targetName],
    ['Session ID', sessionId ?? 'none: the login was only saved'],
    ...(connectionId === null ? [] : [['Connection ID', connectionId] as const]),
    ...(isSaved || saveError ? [['Saved', isSaved ? saved : 'no'] as const] : []),
  ];
}

function deviceFields({ targetName, sessionId, isInformationalSession, devices, devicesError }: LoginResult): Field[] {
  if (sessionId === null) return [];
  if (isInformationalSession) return [['Devices', 'none, as the session is informational']];
  if (devices === null) return [['Devices', `not known: ${devicesError?.message ?? 'the wait for them was ended'}`]];
  if (devices.length > 0) return devices.map((device, index) => [index === 0 ? 'Devices' : '', deviceText(device)]);
  return [['Devices', `none yet: 'iscsidsc session wait --target ${targetName} --until devices' waits for them`]];
}

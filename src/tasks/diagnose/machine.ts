import type { DeviceOnSession } from '../../api/devices/device.js';
import { deviceList } from '../../api/devices/devices-for-session.js';
import { type VersionInfo, versionInformation } from '../../api/initiator/version.js';
import { type PersistentLogin, persistentLoginsAndPasswords } from '../../api/logins/persistent-logins.js';
import type { CheckedOptions } from '../../api/options.js';
import { type SendTargetPortal, sendTargetPortals } from '../../api/portals/send-target-portals.js';
import { elevation } from '../../api/service/elevation.js';
import { type InitiatorService, initiatorService } from '../../api/service/initiator-service.js';
import type { SessionInfoEx } from '../../api/sessions/negotiated-session.js';
import { sessionList } from '../../api/sessions/session-list.js';
import { sessionListEx } from '../../api/sessions/session-list-ex.js';
import { targetMappings } from '../../api/targets/active-mappings.js';
import type { TargetMapping } from '../../api/targets/mapping.js';
import type { PortalGroupEvidence } from '../../api/targets/portal-groups.js';
import { portalGroupsOf, targetInformation } from '../../api/targets/target-information.js';
import { targetList } from '../../api/targets/target-list.js';
import { retryingWhileBusy } from '../../call/procedure.js';
import type { SessionInfo } from '../../codec/session-list.js';
import { parseUniqueId } from '../../codec/unique-id.js';
import { DEVICE_RETRY } from '../describe-sessions.js';
import { type Answer, type Answers, askEach, mapAnswer, Questions } from './questions.js';

/** A way in which a target was found. */
export interface Mechanism {
  readonly targetName: string;
  readonly text: string;
}

/** What a machine says when it is asked for all that the checks need. Nothing of it is changed. */
export interface Machine {
  readonly isElevated: Answer<boolean>;
  readonly service: Answer<InitiatorService>;
  readonly version: Answer<VersionInfo>;
  readonly sessions: Answer<SessionInfo[]>;
  readonly targets: Answer<string[]>;
  readonly portals: Answer<SendTargetPortal[]>;
  readonly logins: Answer<PersistentLogin[]>;
  readonly negotiated: Answer<SessionInfoEx[]>;
  /** How many of the logins come with one. */
  readonly passwords: Answer<number>;
  readonly mappings: Answer<TargetMapping[]>;
  readonly devices: Answers<SessionInfo, DeviceOnSession[]>;
  /** By the name of the target. */
  readonly mechanisms: Answers<string, string[]>;
  readonly portalGroups: Answers<Mechanism, PortalGroupEvidence>;
}

// The answers are large, and a few of them show how groups lie.
const MOST_PORTAL_GROUPS = 32;

/** Asks one question after another, all of them in the quick lane: none waits for the network. */
export async function askMachine(checked: CheckedOptions): Promise<Machine> {
  const questions = new Questions(checked);
  const isElevated = await questions.ask(elevation);
  const service = await questions.ask(initiatorService);
  const version = await questions.ask(versionInformation);
  const sessions = await questions.ask(sessionList);
  const targets = await questions.ask(options => targetList(options, {}));
  const portals = await questions.ask(sendTargetPortals);
  // In one call: one that hangs must not be made twice, because two hold all turns.
  const answer = await questions.ask(persistentLoginsAndPasswords);
  const negotiated = await questions.ask(sessionListEx);
  const mappings = await questions.ask(targetMappings);
  const devices = await askEach(questions, sessions.value ?? [], (options, { sessionId }) =>
    retryingWhileBusy(() => deviceList(options, parseUniqueId(sessionId)), DEVICE_RETRY),
  );
  const mechanisms = await askEach(questions, targets.value ?? [], (options, name) =>
    targetInformation(options, name, 'discoveryMechanisms', {}),
  );
  const all = [...mechanisms.values].flatMap(([targetName, texts]) => texts.map(text => ({ targetName, text })));
  const portalGroups = await askEach(questions, all.slice(0, MOST_PORTAL_GROUPS), (options, { targetName, text }) =>
    portalGroupsOf(options, targetName, text),
  );
  return {
    ...{ isElevated, service, version, sessions, targets, portals, negotiated, mappings },
    logins: mapAnswer(answer, ({ logins }) => logins),
    passwords: mapAnswer(answer, ({ withPassword }) => withPassword),
    ...{ devices, mechanisms, portalGroups },
  };
}

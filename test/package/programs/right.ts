// A user's program in TypeScript; compiled in several ways, it says the same.
import { fork } from 'node:child_process';
import {
  type AsyncOptions,
  type DescribeOptions,
  type DeviceOnSession,
  describeSessions,
  getDevicesForIScsiSession,
  getIScsiSessionList,
  getIScsiSessionListSync,
  IscsidscError,
  type Library,
  parseUniqueId,
  type SessionDescription,
  type SessionInfo,
  type SessionsRound,
  type SyncOptions,
  type UniqueId,
  watchSessions,
} from 'iscsidsc';
import { createInitiatorProcess, type InitiatorProcess, type InitiatorProcessOptions } from 'iscsidsc/process';
import {
  bind,
  type ExportName,
  ISCSI_ANY_INITIATOR_PORT,
  type StatusErrorDetails,
  statusCodes,
  statusError,
  structs,
  TARGET_INFORMATION_CLASS,
} from 'iscsidsc/raw';
import { createSimulator, type Simulator, type SimulatorOptions } from 'iscsidsc/simulator';

async function main(): Promise<void> {
  const simulated: SimulatorOptions = { behaviour: { delayMs: 1 } };
  const simulator: Simulator = createSimulator(simulated);
  const library: Library = simulator;
  const sync: SyncOptions = { library, charset: 'ansi' };
  const patient: AsyncOptions = { library, timeoutMs: 20_000, signal: new AbortController().signal };
  const described: DescribeOptions = { ...patient, filter: { state: 'connected' }, retries: 1 };

  const sessions: SessionInfo[] = await getIScsiSessionList(patient);
  const names: (string | null)[] = getIScsiSessionListSync(sync).map(({ targetName }) => targetName);
  const descriptions: SessionDescription[] = await describeSessions(described);
  const first = sessions[0]?.sessionId ?? '';
  const id: UniqueId = parseUniqueId(first);
  const devices: DeviceOnSession[] = await getDevicesForIScsiSession(first, patient);
  const name: ExportName = 'GetIScsiSessionListW';
  const size: number = structs.ISCSI_SESSION_INFOW.members.TargetName.offset;
  const constants: number[] = [ISCSI_ANY_INITIATOR_PORT, TARGET_INFORMATION_CLASS.LoginOptions];

  const seen: SessionsRound[] = [];
  for await (const round of watchSessions({ library, intervalMs: 1 })) {
    if (round.error) throw round.error;
    seen.push(round);
    if (round.added.some(({ sessionId }) => sessionId === first)) break;
  }
  simulator.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
  const status: number = bind(library)[name](new Uint32Array(1), new Uint32Array(1), null);
  const code = await getIScsiSessionList({ library }).then(
    () => 'none',
    (error: unknown) => (error instanceof IscsidscError ? error.code : 'another'),
  );
  simulator.dispose();

  const started: InitiatorProcessOptions = {
    fork: (file, { env }) => fork(file, { env, serialization: 'advanced' }),
    idleMs: Number.POSITIVE_INFINITY,
  };
  const initiator: InitiatorProcess = createInitiatorProcess(started);
  const list: (options?: AsyncOptions) => Promise<SessionInfo[]> = initiator.getIScsiSessionList;
  const gone: (options: { until: 'gone' }) => Promise<null> = options => initiator.waitForSession({}, options);
  await initiator.dispose();
  const refused = await list().catch((error: unknown) => (error instanceof IscsidscError ? error.code : 'another'));
  const details: StatusErrorDetails = { syscall: name };
  const known = statusError(status, details)?.errno === statusCodes.ISDSC_SERVICE_NOT_RUNNING;
  const counts = [sessions, names, descriptions, devices, seen].map(({ length }) => length);
  console.log(
    JSON.stringify([counts, typeof id.adapterUnique, size > 0, constants, known, code, refused, typeof gone]),
  );
}

void main();

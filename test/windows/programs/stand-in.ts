import type { Scenario } from '../../contract/scenario.js';

// More than the package makes calls for one list.
const MOST_GROWN = 20;

let run = 0;

/** Makes the stand-in DLL of this process answer as the scenario says. It records its calls in `log`, if that is named. */
export function arrangeStandIn(scenario: Scenario, log?: string): void {
  process.env.ISCSIDSC_STANDIN = standInText(scenario, log);
}

/** The text of its environment variable, as windows/stand-in/README.md describes it. */
export function standInText(scenario: Scenario, log?: string): string {
  const { name, nulls, sessions, grow, growTimes, deviceBusy, veto, statuses = {}, ...rest } = scenario;
  const keys: Record<string, string | number | boolean | undefined> = {
    // Another text each time: the DLL forgets the scenario before.
    run: run++,
    ...rest,
    sessions: grow === undefined ? sessions : grown(sessions ?? 2, grow, growTimes).join(),
    // An environment variable cannot hold lone surrogates.
    name: name?.replace(/[^ -:<-~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    nulls: nulls?.map(member => member.charAt(0).toUpperCase() + member.slice(1)).join(),
    'GetDevicesForIScsiSessionA.status': firstly(0xefff001f, deviceBusy),
    'GetDevicesForIScsiSessionW.status': firstly(0xefff001f, deviceBusy),
    'LogoutIScsiTarget.status': firstly(0xefff0040, veto),
    ...Object.fromEntries(Object.entries(statuses).map(([syscall, each]) => [`${syscall}.status`, each.join()])),
    log,
  };
  return Object.entries(keys)
    .flatMap(([key, value]) =>
      value === undefined ? [] : `${key}=${typeof value === 'boolean' ? Number(value) : value}`,
    )
    .join(';');
}

/** The numbers of sessions, one for each call. */
function grown(sessions: number, by: number, times = MOST_GROWN): number[] {
  return Array.from({ length: Math.min(times, MOST_GROWN) + 1 }, (_, call) => sessions + call * by);
}

/** A status for the first calls, then none. */
function firstly(status: number, calls: number | undefined): string | undefined {
  return calls === undefined ? undefined : `${status}*${calls},0`;
}

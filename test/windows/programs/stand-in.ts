import type { Scenario } from '../../contract/scenario.js';

let run = 0;

/** Tells the stand-in DLL what to be, as windows/stand-in/README.md has it. */
export function arrangeStandIn(scenario: Scenario): void {
  process.env.ISCSIDSC_STANDIN = standInText(scenario);
}

/** The text of its environment variable for a scenario. */
export function standInText(scenario: Scenario): string {
  const { name, nulls, odd, backwards, ...numbers } = scenario;
  const keys: Record<string, string | number | undefined> = {
    // Another text each time: the DLL forgets the scenario before.
    run: run++,
    ...numbers,
    // An environment variable cannot hold lone surrogates.
    name: name?.replace(/[^ -:<-~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    nulls: nulls?.map(member => member.charAt(0).toUpperCase() + member.slice(1)).join(),
    odd: odd ? 1 : undefined,
    order: backwards ? 'backwards' : undefined,
  };
  return Object.entries(keys)
    .flatMap(([key, value]) => (value === undefined ? [] : `${key}=${value}`))
    .join(';');
}

/** How a rule was kept. */
export interface Outcome {
  rule: string;
  error?: string;
}

/** A rule, and whether it is kept. */
export type RuleCheck = readonly [rule: string, check: () => void | Promise<void>];

const LONGEST_MS = 120_000;

/** Checks one rule after the other. */
export async function outcomesOf(checks: readonly RuleCheck[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [rule, check] of checks) {
    const error = await errorOf(check);
    outcomes.push({ rule, ...(error === undefined ? {} : { error }) });
  }
  return outcomes;
}

async function errorOf(check: () => void | Promise<void>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>(resolve => {
    timer = setTimeout(resolve, LONGEST_MS, `not done in ${LONGEST_MS} ms`);
  });
  try {
    return (await Promise.race([late, check()])) || undefined;
  } catch (error) {
    return error instanceof Error ? `${error.stack}` : String(error);
  } finally {
    clearTimeout(timer);
  }
}

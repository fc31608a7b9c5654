import { describe, expect, it } from 'vitest';
import { contract } from '../contract/contract.js';
import { isInTwoWays } from '../contract/ways.js';
import { App } from './app.js';
import type { Outcome } from './programs/outcomes.js';
import { tierOrReason } from './required.js';
import { nodeVersions } from './tier.mjs';

describe.each(nodeVersions)('iscsidsc.dll in Windows Node %s keeps the contract', async node => {
  const tier = tierOrReason(node);
  if (!tier.ok) return it.skip(`once it is prepared by ${tier.how}`, () => {});
  const app = new App(tier);
  const file = `outcomes-${node}.json`;
  // The ways differ in the package, not in Node: all four in one of them do.
  const inTwoWays = node !== nodeVersions[0];
  const args = [await app.program('contract'), file, ...(inTwoWays ? ['two-ways'] : [])];
  const result = await app.run(args, { timeoutMs: 900_000 });
  const outcomes: Outcome[] = result.status === 0 ? JSON.parse(app.read(file)) : [];

  it('runs to its end, with every rule', () => {
    expect(result).toMatchObject({ status: 0, timedOut: false, stderr: '' });
    expect(outcomes.map(({ rule }) => rule)).toEqual(allRules().filter(rule => !inTwoWays || isInTwoWays(rule)));
  });
  for (const { rule, error } of outcomes) {
    it(rule, () => {
      expect(error).toBeUndefined();
    });
  }
});

function allRules(): string[] {
  const rules: string[] = [];
  const arrange = () => {
    throw new Error('only the names are wanted');
  };
  contract({ arrange }, rule => rules.push(rule));
  return rules;
}

import { describe, expect, it } from 'vitest';
import { App } from './app.js';
import { machineRules } from './machine-rules.js';
import type { Outcome } from './programs/outcomes.js';
import { tierOrReason } from './required.js';
import { nodeVersions } from './tier.mjs';

describe.each(nodeVersions)("Wine's own functions under the package in Windows Node %s", async node => {
  const tier = tierOrReason(node);
  if (!tier.ok) return it.skip(`once it is prepared by ${tier.how}`, () => {});
  const app = new App(tier);
  const file = `outcomes-of-machine-${node}.json`;
  const result = await app.run([await app.program('machine'), file]);
  const outcomes: Outcome[] = result.status === 0 ? JSON.parse(app.read(file)) : [];

  it('runs to its end, with every rule', () => {
    expect(result).toMatchObject({ status: 0, timedOut: false, stderr: '' });
    const rules: string[] = [];
    machineRules(rule => rules.push(rule));
    expect(outcomes.map(({ rule }) => rule)).toEqual(rules);
  });
  for (const { rule, error } of outcomes) {
    it(rule, () => {
      expect(error).toBeUndefined();
    });
  }
});

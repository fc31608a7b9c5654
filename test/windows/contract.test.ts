import { describe, expect, it } from 'vitest';
import { contract } from '../contract/contract.js';
import { App } from './app.js';
import type { Outcome } from './programs/contract.js';
import { tierOrReason } from './required.js';

const RUNS = [
  { node: '22', formats: ['esm', 'cjs'] },
  { node: '20', formats: ['esm'] },
] as const;

describe.each(RUNS)('iscsidsc.dll in Windows Node $node keeps the contract', async ({ node, formats }) => {
  const tier = tierOrReason(node);
  if (!tier.ok) return it.skip(`once it is prepared by ${tier.how}`, () => {});
  const app = new App(tier);
  for (const format of formats) {
    const program = await app.program('contract', format);
    const file = `outcomes-${node}-${format}.json`;
    const result = await app.run([program, file], { timeoutMs: 240_000 });
    const outcomes: Outcome[] = result.status === 0 ? JSON.parse(app.read(file)) : [];

    it(`runs to its end as ${format}, with every rule`, () => {
      expect(result).toMatchObject({ status: 0, timedOut: false, stderr: '' });
      expect(outcomes.map(({ rule }) => rule)).toEqual(allRules());
    });
    for (const { rule, error } of outcomes) {
      it(`${rule} [${format}]`, () => {
        expect(error).toBeUndefined();
      });
    }
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

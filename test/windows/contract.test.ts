import { describe, expect, it } from 'vitest';
import { contract } from '../contract/contract.js';
import { App } from './app.js';
import type { Outcome } from './programs/contract.js';
import { tierOrReason } from './required.js';

const tier = tierOrReason();

describe.skipIf(!tier.ok)('iscsidsc.dll in Windows Node keeps the contract', async () => {
  if (!tier.ok) return;
  const app = new App(tier);
  for (const format of ['esm', 'cjs'] as const) {
    const program = await app.program('contract', format);
    const result = await app.run([program, `outcomes-${format}.json`], { timeoutMs: 240_000 });
    const outcomes: Outcome[] = result.status === 0 ? JSON.parse(app.read(`outcomes-${format}.json`)) : [];

    it(`runs to its end as ${format}, with every promise`, () => {
      expect(result).toMatchObject({ status: 0, timedOut: false, stderr: '' });
      expect(outcomes.map(({ promise }) => promise)).toEqual(allPromises());
    });
    for (const { promise, error } of outcomes) {
      it(`${promise} [${format}]`, () => {
        expect(error).toBeUndefined();
      });
    }
  }
});

function allPromises(): string[] {
  const promises: string[] = [];
  const arrange = () => {
    throw new Error('only the names are wanted');
  };
  contract({ arrange }, promise => promises.push(promise));
  return promises;
}

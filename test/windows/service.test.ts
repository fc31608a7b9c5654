import { describe, expect, it } from 'vitest';
import { serviceContract } from '../contract/service.js';
import { App } from './app.js';
import type { Outcome } from './programs/outcomes.js';
import { tierOrReason } from './required.js';

const FILE = 'outcomes-of-service.json';

describe("Windows' service manager, with a stand-in for MSiSCSI, keeps the contract of the service", async () => {
  const tier = tierOrReason();
  if (!tier.ok) return it.skip(`once it is prepared by ${tier.how}`, () => {});
  const app = new App(tier);
  const args = [await app.program('service'), tier.windowsPath(tier.service), FILE];
  const result = await app.run(args, { timeoutMs: 180_000 });
  const outcomes: Outcome[] = result.status === 0 ? JSON.parse(app.read(FILE)) : [];

  it('runs to its end, with every rule', () => {
    expect(result).toMatchObject({ status: 0, timedOut: false, stderr: '' });
    const rules: string[] = [];
    const arrange = () => {
      throw new Error('only the names are wanted');
    };
    serviceContract({ arrange }, rule => rules.push(rule));
    expect(outcomes.map(({ rule }) => rule)).toEqual(rules);
  });
  for (const { rule, error } of outcomes) {
    it(rule, () => {
      expect(error).toBeUndefined();
    });
  }
});

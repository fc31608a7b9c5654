import { describe, expect, it } from 'vitest';
import { headerFunctions, wrappedFunctions } from './function-table.js';
import { exportsOf, microsoftPage } from './public-surface.js';

// Not on Microsoft Learn.
const WITHOUT_PAGE = ['GetIScsiSessionListEx'];

describe('the doc comments of the public functions', () => {
  it.each(['src/index.ts', 'src/simulator.ts'])('are there for all that %s exports', entry => {
    for (const { name, comment } of exportsOf(entry)) expect(comment, name).toMatch(/^[A-Z`].*[.`/a-z]$/s);
  });

  it("name Microsoft's page of just that function, in the async and in the sync form", () => {
    const all = new Map(exportsOf('src/index.ts').map(fn => [fn.name, fn]));
    for (const [native, fn] of wrappedFunctions()) {
      const sync = all.get(`${fn.name}Sync`);
      // What changes something or talks to the network can block for a minute.
      expect(sync !== undefined, fn.name).toBe(/^(get|report)/.test(fn.name));
      for (const form of sync ? [fn, sync] : [fn]) {
        const page = microsoftPage(form)?.split('/').at(-1);
        if (WITHOUT_PAGE.includes(native)) expect(page, form.name).not.toMatch(/^nf-/);
        else
          expect(page, form.name).toBe(
            `nf-iscsidsc-${native.toLowerCase()}${headerFunctions().get(native) ? 'w' : ''}`,
          );
      }
    }
  });

  it('say what they reject with, or throw', () => {
    for (const { name, kind, comment } of exportsOf('src/index.ts')) {
      if (kind === 'function' && !/^is[A-Z]/.test(name)) expect(comment, name).toMatch(/\b(Rejects|Throws|rejects)\b/);
    }
  });
});

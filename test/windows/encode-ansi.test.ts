import { createSimulator } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { App } from './app.js';
import type { Encoded } from './programs/encode-ansi.js';
import { tierOrReason } from './required.js';

// Some that a page has, and some that it lacks: letters for which Windows has a similar one (best fit), and halves of
// surrogate pairs.
const TEXTS = ['', 'plain', 'a?b', 'größe-ñ-€', '日本語ｱ表', '😀', 'Ａ', 'ā', '∞', 'a\ud800b', '\udc00'];

const tier = tierOrReason();

describe.skipIf(!tier.ok)('encodeAnsi in Windows Node', () => {
  if (!tier.ok) return;
  const app = new App(tier);

  for (const [codePage, held] of [
    [1252, ['', 'plain', 'a?b', 'größe-ñ-€']],
    [932, ['', 'plain', 'a?b', '日本語ｱ表', 'Ａ', '∞']],
    [65001, TEXTS.slice(0, -2)],
  ] as [1252 | 932 | 65001, string[]][]) {
    it(`encodes what code page ${codePage} has as the simulator does, and refuses the rest`, async () => {
      using simulator = createSimulator({ codePage });
      const expected = TEXTS.map((text): Encoded => {
        if (!held.includes(text)) return { code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' };
        return { hex: Buffer.from(simulator.encodeAnsi(text)).toString('hex'), decoded: text };
      });
      // Escaped, as an argument of a process cannot hold all of them.
      const escaped = JSON.stringify(TEXTS).replace(
        /[^ -~]/g,
        unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      const { stdout } = await app.run([await app.program('encode-ansi'), escaped], { codePage });
      expect(JSON.parse(stdout)).toEqual({ codePage, encoded: expected });
    });
  }
});

import { createSimulator } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { App } from './app.js';
import { tierOrReason } from './required.js';

const tier = tierOrReason();
const REFUSED = 'ERR_ISCSIDSC_INVALID_ARGUMENT';

/** What of these texts a code page holds: the bytes, or that it is refused. */
const PAGES: readonly (readonly [1252 | 932 | 65001, Readonly<Record<string, string>>])[] = [
  // An ă would become an a, and a full-width letter a narrow one, if similar characters were taken.
  [1252, { '': '', 'iqn.x': '69716e2e78', größe: '6772f6df65', '€': '80', ă: REFUSED, ａ: REFUSED, '\ud800': REFUSED }],
  [932, { 日本: '93fa967b', 表: '955c', ｱ: 'b1', ü: REFUSED, '\ud800': REFUSED, '😀': REFUSED }],
  [65001, { größe: '6772c3b6c39f65', '😀': 'f09f9880', '\ud800': REFUSED, 'a\udc00b': REFUSED }],
];

describe.skipIf(!tier.ok)('encodeAnsi in Windows Node', () => {
  if (!tier.ok) return;
  const app = new App(tier);

  it.each(PAGES)(
    'encodes what code page %i holds, refuses the rest, as the simulator does',
    async (codePage, texts) => {
      const names = Object.keys(texts);
      const { stdout } = await app.run(
        [await app.program('encode-ansi'), JSON.stringify(names).replace(/[^ -~]/g, escaped)],
        {
          codePage,
        },
      );
      expect(JSON.parse(stdout)).toEqual(Object.values(texts));

      using simulator = createSimulator({ codePage });
      for (const [text, expected] of Object.entries(texts)) {
        if (expected === REFUSED)
          expect(() => simulator.encodeAnsi(text)).toThrow(expect.objectContaining({ code: REFUSED }));
        else expect(Buffer.from(simulator.encodeAnsi(text)).toString('hex')).toBe(expected);
      }
    },
  );
});

/** Arguments of a Windows program are not to depend on the code page. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

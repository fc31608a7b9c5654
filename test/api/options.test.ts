import fc from 'fast-check';
import { getIScsiSessionList, getIScsiSessionListSync } from 'iscsidsc';
import { createSimulator, type Simulator } from 'iscsidsc/simulator';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { CountedLibrary } from '../contract/counted-library.js';
import { errorOf } from '../contract/outcome.js';
import { anyText } from '../fuzz/text.js';

// As from JavaScript: options that TypeScript would not let through.
type Call = (options: unknown) => Promise<unknown>;
const FORMS: Readonly<Record<string, Call>> = {
  sync: async options => getIScsiSessionListSync(options as never),
  async: options => getIScsiSessionList(options as never),
};

const simulator: Simulator = createSimulator();
let library = new CountedLibrary(simulator);
beforeEach(() => {
  library = new CountedLibrary(simulator);
});
afterAll(() => simulator.dispose());

for (const [form, call] of Object.entries(FORMS)) {
  describe(`the options of the ${form} form`, () => {
    const refuses = async (options: unknown, message: string) => {
      const error = await errorOf(call(options));
      expect(error).toMatchObject({ name: 'IscsidscError', code: 'ERR_ISCSIDSC_INVALID_ARGUMENT', message });
      expect(library.calls).toBe(0);
    };

    it.each([
      [null, 'null'],
      [[], '[]'],
      // A primitive that stands for an object can be the secret that belongs into it.
      ['unicode', 'a string'],
      [42, 'a number'],
      [true, 'a boolean'],
      [() => {}, '[Function (anonymous)]'],
      [Symbol('x'), 'a symbol'],
    ])('are an object, not %s', (options, shown) => refuses(options, `The options must be an object, not ${shown}.`));

    it.each([
      ['utf8', "'utf8'"],
      ['UNICODE', "'UNICODE'"],
      ['', "''"],
      [null, 'null'],
      [0, '0'],
      [['ansi'], '[Array]'],
      ['a\ud800b', "'a\\ud800b'"],
      ['ansi\n', "'ansi\\n'"],
    ])('charset is unicode or ansi, not %o', (charset, shown) =>
      refuses({ library, charset }, `charset must be 'unicode' or 'ansi', not ${shown}.`),
    );

    it.each([[null], ['iscsidsc.dll'], [{}], [{ func: () => {} }], [{ func: 1, decodeAnsi: 2 }], [0]])(
      'library has the functions of a Library, not %o',
      async wrong => {
        const error = await errorOf(call({ library: wrong }));
        expect(error.code).toBe('ERR_ISCSIDSC_INVALID_ARGUMENT');
        expect(error.message).toMatch(/^library must be a Library, such as createSimulator\(\) returns, not .+\.$/);
      },
    );

    it.each([null, 'warn', {}, 1])('onWarning is a function, not %o', async onWarning => {
      const error = await errorOf(call({ library, onWarning }));
      expect(error.code).toBe('ERR_ISCSIDSC_INVALID_ARGUMENT');
      expect(error.message).toMatch(/^onWarning must be a function, not .+\.$/);
      expect(library.calls).toBe(0);
    });

    it.each(['charSet', 'Form', 'timeout', '', 'toString', '__proto__ ', 'a\ud800'])(
      'are no others: %o',
      async name => {
        const error = await errorOf(call({ library, [name]: undefined }));
        expect(error.code).toBe('ERR_ISCSIDSC_INVALID_ARGUMENT');
        expect(error.message).toMatch(/^A member of the options must be one of charset, library\b.*, not '.*'\.$/);
        expect(library.calls).toBe(0);
      },
    );

    it('can be undefined, each and all', async () => {
      expect(await call({ library, charset: undefined })).toEqual(simulator.sessions);
      expect(await call(Object.assign(Object.create(null), { library }))).toEqual(simulator.sessions);
    });

    it.each([
      ['inherited', Object.create({ charset: 'utf8' })],
      [
        'of an instance',
        new (class Options {
          charset = 'utf8';
        })(),
      ],
      [
        'getters of a class',
        new (class Options {
          get charset() {
            return 'utf8';
          }
        })(),
      ],
    ])('are checked where they are %s', async (_, options) => {
      options.library = library;
      expect((await errorOf(call(options))).code).toBe('ERR_ISCSIDSC_INVALID_ARGUMENT');
      expect(library.calls).toBe(0);
    });

    it('are no others, inherited ones included', async () => {
      const error = await errorOf(call(Object.assign(Object.create({ timeout: 5 }), { library })));
      expect(error.message).toMatch(/^A member of the options must be one of .*, not 'timeout'\.$/);
      expect(library.calls).toBe(0);
    });

    it('can be inherited', async () => {
      const warnings: unknown[] = [];
      simulator.behaviour = { status: 'ISDSC_OPERATION_REQUIRES_REBOOT' };
      await call(Object.create({ library, onWarning: (warning: unknown) => warnings.push(warning) }));
      simulator.behaviour = {};
      expect(warnings).toHaveLength(1);
    });

    it('are read once: what was checked is what counts', async () => {
      let reads = 0;
      const options = {
        library,
        get charset() {
          return reads++ === 0 ? 'ansi' : 'utf8';
        },
      };
      await call(options);
      expect(reads).toBe(1);
    });

    it('may be any text at all without an unclear failure', async () => {
      await fc.assert(
        fc.asyncProperty(anyText(), anyText(), async (name, text) => {
          const wrong = text === 'unicode' || text === 'ansi' ? `${text}.` : text;
          for (const options of [{ charset: wrong }, { library: wrong }, { [`${name} `]: wrong }]) {
            const error = await errorOf(call({ library, ...options }));
            expect(error.code).toBe('ERR_ISCSIDSC_INVALID_ARGUMENT');
            expect(error.message).toMatch(/^[ -~]+\.$|^[^\p{Cc}\p{Cs}]+\.$/u);
          }
          expect(library.calls).toBe(0);
        }),
      );
    });

    it.skipIf(process.platform === 'win32')('need a library off Windows: the simulator is named', async () => {
      for (const options of [undefined, {}, { charset: 'ansi' }, { library: undefined }]) {
        const error = await errorOf(call(options));
        expect(error).toMatchObject({ name: 'IscsidscError', code: 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM' });
        expect(error.message).toContain(process.platform);
        expect(error.message).toContain('`node --import iscsidsc/simulate`');
        expect(error.message).toContain("createSimulator() } from 'iscsidsc/simulator'");
      }
    });
  });
}

describe('patience', () => {
  const refuses = async (call: Promise<unknown>, message: string | RegExp) => {
    const error = await errorOf(call);
    expect(error.code).toBe('ERR_ISCSIDSC_INVALID_ARGUMENT');
    expect(error.message).toMatch(message);
    expect(library.calls).toBe(0);
  };

  it.each([[0], [-1], [Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 31], ['1000'], [null], [10n], [new Date(5)]])(
    'timeoutMs is a number above 0 that a timer takes, not %o',
    timeoutMs =>
      refuses(
        FORMS.async?.({ library, timeoutMs }) as Promise<unknown>,
        /^timeoutMs must be a number above 0, at most 2147483647, not /,
      ),
  );

  it.each([[null], [{}], [new AbortController()], ['abort'], [{ aborted: false, addEventListener: () => {} }]])(
    'signal is an AbortSignal, not %o',
    signal => refuses(FORMS.async?.({ library, signal }) as Promise<unknown>, /^signal must be an AbortSignal, not /),
  );

  it.each([
    ['signal', new AbortController().signal],
    ['timeoutMs', 1000],
  ])('is nothing for the sync form: %s', (name, value) =>
    refuses(
      FORMS.sync?.({ library, [name]: value }) as Promise<unknown>,
      `A member of the options must be one of charset, library, onWarning, not '${name}'.`,
    ),
  );

  it('wrong options reject, they do not throw', () => {
    const promise = getIScsiSessionList(null as never);
    expect(promise).toBeInstanceOf(Promise);
    return expect(promise).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
  });
});

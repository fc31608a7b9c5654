import fc from 'fast-check';
import { getIScsiSessionListSync } from 'iscsidsc';
import { createSimulator, exampleSessions, type Simulator } from 'iscsidsc/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { anyText } from '../fuzz/text.js';

let simulator: Simulator | undefined;
afterEach(() => simulator?.dispose());

function create(options?: unknown): Simulator {
  simulator = createSimulator(options as never);
  return simulator;
}

function refusal(message: unknown) {
  return expect.objectContaining({ name: 'IscsidscError', code: 'ERR_ISCSIDSC_INVALID_ARGUMENT', message });
}

const CODE_PAGES = '874, 932, 936, 949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 65001';
const MOST = Number.MAX_SAFE_INTEGER;

describe('createSimulator', () => {
  it.each([
    [null, 'The options must be an object, not null.'],
    [[], 'The options must be an object, not [].'],
    ['x', 'The options must be an object, not a string.'],
    [
      { session: [] },
      expect.stringMatching(/^A member of the options must be one of .*\bsessions, .*, not 'session'\.$/),
    ],
    [{ sessions: {} }, 'sessions must be an array of SessionInfo, not {}.'],
    [{ sessions: null }, 'sessions must be an array of SessionInfo, not null.'],
    [{ codePage: '932' }, "codePage must be a whole number from 0 to 65535, not '932'."],
    [{ codePage: 1 }, `A code page is one of ${CODE_PAGES}, not 1.`],
    [{ codePage: 65535 }, `A code page is one of ${CODE_PAGES}, not 65535.`],
    [{ behaviour: 'slow' }, "behaviour must be an object, not 'slow'."],
    [{ behaviour: null }, 'The behaviour must be an object, not null.'],
    [{ behaviour: [] }, 'The behaviour must be an object, not [].'],
  ])('refuses %o', (options, message) => {
    expect(() => create(options)).toThrow(refusal(message));
  });

  it('takes no options, or undefined ones', () => {
    for (const options of [undefined, {}, { sessions: undefined, codePage: undefined, behaviour: undefined }]) {
      expect(create(options).sessions).toHaveLength(4);
      expect(create(options).behaviour).toEqual({});
    }
  });

  it('takes all the code pages that it names', () => {
    for (const codePage of CODE_PAGES.split(', ').map(Number)) {
      const library = create({ codePage, sessions: exampleSessions(1) });
      expect(getIScsiSessionListSync({ library, charset: 'ansi' })).toEqual(exampleSessions(1));
      library.dispose();
    }
  });
});

describe('the behaviour of a simulator', () => {
  const wholeNumber = (name: string, most = MOST) =>
    [-1, 1.5, '1', null, Number.NaN, most + 1].map(value => [
      { [name]: value },
      `${name} must be a whole number from 0 to ${most}, not ${typeof value === 'string' ? `'${value}'` : value}.`,
    ]);
  it.each([
    ...wholeNumber('delayMs', 2 ** 31 - 1),
    ...wholeNumber('grow'),
    ...wholeNumber('growTimes'),
    ...wholeNumber('slack'),
    ...wholeNumber('askExactly', 0xffffffff),
    ...wholeNumber('reportSlack'),
    ...wholeNumber('insufficient', 0xffffffff),
    ...wholeNumber('refuseAbove'),
    ...[0, 2 ** 32, -(2 ** 31) - 1, 1.5, Number.NaN, null, 5n, Symbol('5'), 'ISDSC_NO_SUCH', ''].map(status => [
      { status },
      expect.stringMatching(/^status must be the number of a status other than 0, or the name of one, not .+\.$/),
    ]),
    [{ odd: 1 }, 'odd must be true or false, not 1.'],
    [{ order: 'sideways' }, "order must be 'forward' or 'backward', not 'sideways'."],
    [
      { fault: 'white' },
      expect.stringMatching(/^fault must be one of never-satisfied, pointer-low, .+, not 'white'\.$/),
    ],
    [{ fault: 'toString' }, expect.stringMatching(/^fault must be one of /)],
    [
      { delay: 5 },
      expect.stringMatching(/^A member of the behaviour must be one of status, delayMs, .+, not 'delay'\.$/),
    ],
  ])('refuses %o, at once and when set later', (behaviour, message) => {
    expect(() => create({ behaviour })).toThrow(refusal(message));
    const library = create();
    expect(() => {
      library.behaviour = behaviour as never;
    }).toThrow(refusal(message));
    expect(getIScsiSessionListSync({ library })).toEqual(library.sessions);
  });

  it('can be any status but success', () => {
    for (const status of [1, 0xffffffff, -1, -(2 ** 31), 'ISDSC_LOGIN_FAILED']) {
      expect(() => getIScsiSessionListSync({ library: create({ behaviour: { status } }) })).toThrow(
        expect.objectContaining({ name: 'StatusError' }),
      );
    }
  });

  it('may be any text at all without an unclear failure', () => {
    fc.assert(
      fc.property(anyText(), text => {
        for (const member of ['status', 'delayMs', 'fault', 'order', 'odd', text]) {
          expect(() => create({ behaviour: { [member]: text } })).toThrow(
            expect.objectContaining({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' }),
          );
        }
      }),
    );
  });

  it('is copied: changes of the object that was given do nothing', () => {
    const behaviour: { status?: number } = {};
    const library = create({ behaviour });
    behaviour.status = 5;
    expect(getIScsiSessionListSync({ library })).toEqual(library.sessions);
  });

  it('begins anew when it is set: growth is counted from there', () => {
    const library = create({ sessions: exampleSessions(200) });
    for (const expected of [210, 220]) {
      library.behaviour = { grow: 10, growTimes: 1, askExactly: 0, refuseAbove: MOST };
      // Another library to the package, which remembers no size of it.
      const { decodeAnsi, encodeAnsi, name } = library;
      const stranger = { name, decodeAnsi, encodeAnsi, func: library.func.bind(library) };
      expect(getIScsiSessionListSync({ library: stranger })).toHaveLength(expected);
    }
  });
});

describe('the size of a LUN', () => {
  it.each([0, 100, 513, -512, 2 ** 60, '512'])('must be blocks of 512 bytes, not %j', sizeBytes => {
    const network = { targets: [{ targetName: 'iqn.a', portalGroups: [], luns: [{ lun: 0, sizeBytes }] }] };
    expect(() => create({ network })).toThrow(refusal(expect.stringMatching(/^sizeBytes must be a multiple of 512, /)));
  });
});

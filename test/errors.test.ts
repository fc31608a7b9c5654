import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  findSessions,
  getIScsiSessionList,
  getIScsiSessionListSync,
  IscsidscError,
  type IscsidscErrorCode,
  isIscsidscError,
  logoutIScsiTarget,
  StatusError,
  type StatusWarning,
  waitForSession,
} from 'iscsidsc';
import { statusCodes } from 'iscsidsc/raw';
import { createSimulator, type Simulator } from 'iscsidsc/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { STATUS_ROWS } from '../src/header/statuses.js';
import { errorOf } from './contract/outcome.js';
import { anyText } from './fuzz/text.js';
import { withTexts } from './library-with-texts.js';

const simulator: Simulator = createSimulator();
afterAll(() => simulator.dispose());

async function errorFor(status: string | number): Promise<StatusError> {
  simulator.behaviour = { status };
  const onWarning = (warning: StatusWarning) => {
    throw warning;
  };
  const error = await errorOf(getIScsiSessionList({ library: simulator, onWarning }));
  expect(error).toBeInstanceOf(StatusError);
  return error as unknown as StatusError;
}

describe('the error of a status', () => {
  it('looks like one of Node: code, errno, syscall', async () => {
    const error = await errorFor('ISDSC_SERVICE_NOT_RUNNING');
    expect(error).toBeInstanceOf(IscsidscError);
    expect(error).toBeInstanceOf(Error);
    expect({ ...error }).toEqual({
      code: 'ISDSC_SERVICE_NOT_RUNNING',
      errno: 0xefff003e,
      syscall: 'GetIScsiSessionListW',
      hint: expect.stringMatching(/MSiSCSI.*\.$/),
    });
    expect(error.message).toMatch(/^ISDSC_SERVICE_NOT_RUNNING: .+ \(GetIScsiSessionListW, 0xEFFF003E\)\. /);
    expect(error.message.endsWith(` ${error.hint}`)).toBe(true);
    expect(String(error)).toBe(`StatusError: ${error.message}`);
    expect(error.stack).toContain(`StatusError: ${error.message}`);
  });

  it('has its name from its class, not on itself', async () => {
    const error = await errorFor(5);
    expect(error.name).toBe('StatusError');
    expect(Object.hasOwn(error, 'name')).toBe(false);
    expect(inspect(error)).toMatch(/^StatusError: ERROR_ACCESS_DENIED: /);
  });

  for (const [status, name, meaning, hint] of STATUS_ROWS) {
    // 122 is no error of its own: the package answers it with a larger buffer.
    if (name === 'ERROR_INSUFFICIENT_BUFFER') continue;
    it(`${status} is ${name}, in whole sentences with the number`, async () => {
      const error = await errorFor(name);
      expect([error.code, error.errno, error.hint]).toEqual([name, status, hint]);
      expect(error.message).toContain(meaning.slice(0, -1));
      expect(error.message).toMatch(/[^.]\.$/);
      expect(error.message).toContain(`0x${status.toString(16).toUpperCase().padStart(8, '0')}`);
      expect((await errorFor(status)).code).toBe(name);
    });
  }

  it('that is known has a number for each name of statusCodes', () => {
    expect(Object.entries(statusCodes)).toEqual(STATUS_ROWS.map(([status, name]) => [name, status]));
  });

  it('that is unknown has its number, unsigned and in hexadecimal', async () => {
    for (const [status, hex] of [
      [0xefff0069, '0xEFFF0069'],
      [-1, '0xFFFFFFFF'],
      [7, '0x00000007'],
    ] as const) {
      const error = await errorFor(status);
      expect([error.code, error.errno]).toEqual(['ERR_ISCSIDSC_UNKNOWN_STATUS', status >>> 0]);
      expect(error.message).toContain(hex);
      expect(error.hint).toContain('systemMessage');
    }
  });

  it('keeps the number of an HRESULT as it came', async () => {
    const error = await errorFor(0x80070005);
    expect([error.code, error.errno]).toEqual(['ERROR_ACCESS_DENIED', 0x80070005]);
    expect(error.message).toContain('0x80070005');
  });
});

describe('systemMessage', () => {
  it('is asked for when it is read, with the number', async () => {
    const asked: number[] = [];
    const library = withTexts(simulator, status => {
      asked.push(status);
      return 'Der Dienst läuft nicht.';
    });
    simulator.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
    const error = await errorOf(getIScsiSessionList({ library }));
    expect(inspect(error)).not.toContain('Dienst');
    expect(JSON.stringify(error)).not.toContain('Dienst');
    expect(asked).toEqual([]);
    expect(error.systemMessage).toBe('Der Dienst läuft nicht.');
    expect(asked).toEqual([0xefff003e]);
    expect(error.message).not.toContain('Dienst');
  });

  it('is undefined where the library has no texts, as the simulator', async () => {
    const error = await errorFor(5);
    expect(error.systemMessage).toBeUndefined();
    expect(Object.create(error).systemMessage).toBeUndefined();
  });

  it('is undefined if the library fails to look it up', async () => {
    const library = withTexts(simulator, () => {
      throw new Error('no text');
    });
    simulator.behaviour = { status: 5 };
    expect((await errorOf(getIScsiSessionList({ library }))).systemMessage).toBeUndefined();
  });
});

describe('toJSON', () => {
  it('has all that the error carries, and survives JSON', async () => {
    const error = await errorFor('ISDSC_SERVICE_NOT_RUNNING');
    const plain = JSON.parse(JSON.stringify(error));
    expect(plain).toEqual({
      name: 'StatusError',
      message: error.message,
      code: 'ISDSC_SERVICE_NOT_RUNNING',
      errno: 0xefff003e,
      syscall: 'GetIScsiSessionListW',
      hint: error.hint,
    });
    expect(structuredClone(error.toJSON())).toEqual(plain);
  });

  it('has the cause as plain data, of whatever kind it is', () => {
    const cause = Object.assign(new TypeError('beneath'), { code: 'ENOENT', secret: 1 });
    const error = new IscsidscError('ERR_ISCSIDSC_LIBRARY_LOAD', 'No.', { cause });
    expect(error.toJSON()).toMatchObject({ cause: { name: 'TypeError', message: 'beneath', code: 'ENOENT' } });
    expect(error.toJSON().cause).not.toHaveProperty('secret');
    for (const [other, message] of [
      [5, '5'],
      ['why', 'why'],
      [Object.create(null), '[Object: null prototype] {}'],
    ]) {
      const { cause } = new IscsidscError('ERR_ISCSIDSC_LIBRARY_LOAD', 'No.', { cause: other }).toJSON();
      expect(cause).toEqual({ message });
    }
  });

  it.each([
    ['without a prototype', Object.create(null)],
    ['a symbol', Symbol('x')],
    ['whose code is no text', Object.assign(new Error('x'), { code: 5n })],
    ['whose code is a function', Object.assign(new Error('x'), { code: () => {} })],
  ])('is plain data for a cause %s', (_, cause) => {
    const plain = new IscsidscError('ERR_ISCSIDSC_LIBRARY_LOAD', 'No.', { cause }).toJSON();
    expect(structuredClone(plain)).toEqual(JSON.parse(JSON.stringify(plain)));
    expect(plain.cause).toHaveProperty('message', expect.any(String));
  });

  it('of an abort is plain data, too: what became of the call is in it', async () => {
    const signal = AbortSignal.abort('enough');
    const error = await errorOf(getIScsiSessionList({ library: simulator, signal }));
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'AbortError',
      message: error.message,
      code: 'ABORT_ERR',
      pending: 'notStarted',
      cause: { message: 'enough' },
    });
  });

  it('has no member whose detail is undefined', () => {
    const error = new IscsidscError('ERR_ISCSIDSC_TIMEOUT', 'Late.', { hint: undefined, pending: undefined });
    expect(error.message).toBe('Late.');
    expect(Object.keys(error)).toEqual(['code']);
  });

  it('has no member without a value', () => {
    const error = new IscsidscError('ERR_ISCSIDSC_TIMEOUT', 'Late.', { hint: undefined, errno: undefined });
    expect(error.toJSON()).toEqual({ name: 'IscsidscError', message: 'Late.', code: 'ERR_ISCSIDSC_TIMEOUT' });
    expect('cause' in error).toBe(false);
  });

  it('survives any text in a message, a hint and a code', () => {
    fc.assert(
      fc.property(anyText(), anyText(), anyText(), (code, message, hint) => {
        const error = new IscsidscError(code as IscsidscErrorCode, message, { hint });
        expect(error.message).toBe(`${message} ${hint}`);
        expect(JSON.parse(JSON.stringify(error))).toEqual(error.toJSON());
      }),
    );
  });
});

describe('an error of an async function', () => {
  it('has the stack of the callers that await it', async () => {
    simulator.behaviour = { status: 5 };
    const theCaller = async () => {
      await getIScsiSessionList({ library: simulator });
    };
    for (const call of [theCaller, async () => await theCaller()]) {
      expect((await errorOf(call())).stack).toMatch(
        /^StatusError: ERROR_ACCESS_DENIED: [^\n]*\n(.*\n)*.*getIScsiSessionList.*\n.*theCaller/,
      );
    }
  });
});

describe('the stack of an error', () => {
  const CALLS: Readonly<Record<string, () => Promise<unknown>>> = {
    'of a timeout': () => getIScsiSessionList({ library: simulator, timeoutMs: 1 }),
    'of a signal that fired before': () => getIScsiSessionList({ library: simulator, signal: AbortSignal.abort() }),
    'of a wrong option': () => getIScsiSessionList({ library: simulator, timeoutMs: -1 }),
    'of retries': () => logoutIScsiTarget('1-2', { library: simulator }),
    'of a task': () => findSessions({ state: 'connected' }, { library: simulator }),
    'of a wait': () => waitForSession({ state: 'connected' }, { library: simulator }),
  };
  for (const [name, call] of Object.entries(CALLS)) {
    it(`leads to the caller: ${name}`, async () => {
      simulator.behaviour = { status: 5, delayMs: name === 'of a timeout' ? 50 : 0 };
      async function theCaller(): Promise<void> {
        await call();
      }
      const error = await errorOf(theCaller());
      expect(error.stack?.split('\n')[0]).toBe(`${error.name}: ${error.message}`);
      expect(error.stack).toContain('theCaller');
    });
  }

  it('stays as it is where the caller made the error', async () => {
    simulator.behaviour = { status: 'ISDSC_OPERATION_REQUIRES_REBOOT' };
    const own = new Error('mine');
    const { stack } = own;
    const onWarning = () => {
      throw own;
    };
    expect(await errorOf(getIScsiSessionList({ library: simulator, onWarning }))).toBe(own);
    expect(own.stack).toBe(stack);
  });
});

describe('isIscsidscError', () => {
  it('returns true for the errors of the package, and for no others', async () => {
    expect(isIscsidscError(await errorFor(5))).toBe(true);
    expect(isIscsidscError(await errorOf(getIScsiSessionList({ timeoutMs: -1 })))).toBe(true);
    for (const other of [new Error('no'), null, undefined, 'x', { code: 'ERROR_ACCESS_DENIED', toJSON() {} }]) {
      expect(isIscsidscError(other)).toBe(false);
    }
  });
});

describe('an error of the package', () => {
  it('keeps its cause, which is not enumerable', () => {
    const cause = new Error('below');
    const error = new IscsidscError('ERR_ISCSIDSC_LIBRARY_LOAD', 'It cannot be loaded.', { cause });
    expect(error.cause).toBe(cause);
    expect(Object.keys(error)).toEqual(['code']);
  });

  it('has the place in a reply where it found it wrong', () => {
    simulator.behaviour = { fault: 'pointer-low' };
    expect(() => getIScsiSessionListSync({ library: simulator })).toThrow(
      expect.objectContaining({
        name: 'IscsidscError',
        code: 'ERR_ISCSIDSC_MALFORMED_REPLY',
        syscall: 'GetIScsiSessionListW',
        member: 'SessionInfo.TargetName',
        offset: expect.any(Number),
        message: expect.stringMatching(
          /^GetIScsiSessionListW gave a reply that cannot be right: SessionInfo\.TargetName at offset \d+: /,
        ),
      }),
    );
  });
});

describe('the error of an abort', () => {
  it('has the shape of those of Node', async () => {
    simulator.behaviour = {};
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    const ours = await errorOf(getIScsiSessionList({ library: simulator, signal }));
    const nodes = await errorOf(readFile(process.execPath, { signal }));
    const shape = ({ name, code, cause }: typeof ours) => ({ name, code, cause });
    expect(shape(ours)).toEqual(shape(nodes));
    expect(ours.message).toBe(`${nodes.message} before a native call was made`);
    expect(ours.cause).toBe(reason);
    expect(Object.keys(ours)).toEqual(['code', 'pending']);
  });
});

import { getIScsiSessionListSync, IscsidscError, StatusError, StatusWarning } from 'iscsidsc';
import { bind, statusCodes, statusError } from 'iscsidsc/raw';
import { createSimulator } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { withTexts } from '../library-with-texts.js';

const syscall = 'GetIScsiSessionListW';

describe('statusError', () => {
  it('makes of a status what the functions throw', () => {
    using library = createSimulator({ behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } });
    const status = bind(library)[syscall](new Uint32Array(1), new Uint32Array(1), null);
    const error = statusError(status, { syscall });
    expect(error).toBeInstanceOf(StatusError);
    expect(error).toBeInstanceOf(IscsidscError);
    expect(JSON.stringify(error)).toBe(JSON.stringify(thrownBy(() => getIScsiSessionListSync({ library }))));
  });

  it('is undefined for success', () => {
    expect(statusError(0, { syscall })).toBeUndefined();
  });

  it('is a warning where the call has succeeded', () => {
    const warning = statusError(statusCodes.ISDSC_OPERATION_NOT_ALL_SUCCESS, { syscall });
    expect(warning).toBeInstanceOf(StatusWarning);
    expect(warning).toMatchObject({ code: 'ISDSC_OPERATION_NOT_ALL_SUCCESS', errno: 0xafff002e });
  });

  it('knows signed numbers, HRESULTs and statuses without a name', () => {
    expect(statusError(0xefff003e | 0, { syscall })).toMatchObject({ code: 'ISDSC_SERVICE_NOT_RUNNING' });
    expect(statusError(0x80070005, { syscall })).toMatchObject({ code: 'ERROR_ACCESS_DENIED', errno: 0x80070005 });
    expect(statusError(0xefff9999, { syscall })).toMatchObject({ code: 'ERR_ISCSIDSC_UNKNOWN_STATUS', syscall });
  });

  it('has the text of the library, and none where there is no library', () => {
    using simulator = createSimulator();
    const library = withTexts(simulator, status => `Windows' text for ${status}`);
    expect(statusError(5, { syscall, library })?.systemMessage).toBe("Windows' text for 5");
    if (process.platform !== 'win32') expect(statusError(5, { syscall })?.systemMessage).toBeUndefined();
  });

  it.each([
    ['no number', () => statusError('5' as never, { syscall })],
    ['NaN, which would be success', () => statusError(Number.NaN, { syscall })],
    ['a number that is too large', () => statusError(2 ** 32, { syscall })],
    ['no details', () => statusError(5, undefined as never)],
    ['no export', () => statusError(5, { syscall: 'GetIScsiSessionList' as never })],
    ['an option that does not exist', () => statusError(5, { syscall, export: syscall } as never)],
    ['no library', () => statusError(5, { syscall, library: {} as never })],
  ])('refuses %s', (_, call) => {
    expect(call).toThrow(expect.objectContaining({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' }));
  });
});

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

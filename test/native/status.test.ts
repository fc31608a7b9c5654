import { statusCodes } from 'iscsidsc/raw';
import { describe, expect, it } from 'vitest';
import { STATUS_ROWS, type StatusName } from '../../src/header/statuses.js';
import { hexStatus, statusOf, statusRow, win32CodeOf } from '../../src/native/status.js';
import codes from '../fixtures/status-codes.json';

const WIN32 = [
  ...[1, 2, 3, 5, 6, 8, 19, 21, 31, 32, 50, 87, 120, 121, 122, 234, 433, 998],
  ...[1053, 1056, 1058, 1060, 1066, 1067, 1068, 1069, 1117, 1167, 1717, 1722, 1726],
  ...[10051, 10060, 10061, 10065, 11001],
];

describe('the statuses', () => {
  it('are the 104 of iscsidsc.h, and some of Win32 and Windows Sockets', () => {
    expect(codes).toHaveLength(104);
    const own = STATUS_ROWS.filter(([status]) => status > 0xffff);
    expect(own.map(([status, name]) => [name, status])).toEqual(codes.map(({ name, code }) => [name, Number(code)]));
    const win32 = STATUS_ROWS.filter(([status]) => status <= 0xffff);
    expect(win32.map(([status]) => status)).toEqual(WIN32);
  });

  it('are found by name and by number', () => {
    for (const { name, code } of codes) {
      expect(statusOf(name)).toBe(Number(code));
      expect(statusRow(Number(code))?.[1]).toBe(name);
      expect(statusCodes[name as StatusName]).toBe(Number(code));
    }
  });

  it('have each name and each number once', () => {
    expect(new Set(STATUS_ROWS.map(([status]) => status)).size).toBe(STATUS_ROWS.length);
    expect(new Set(STATUS_ROWS.map(([, name]) => name)).size).toBe(STATUS_ROWS.length);
  });

  it.each(STATUS_ROWS)('%d %s is said in a sentence', (_, _name, meaning, hint) => {
    expect(meaning).toMatch(/^[A-Z].*[^.]\.$/);
    expect(hint).toMatch(/^[A-Z].*[^.]\.$/);
  });

  it('can be a Win32 code inside an HRESULT', () => {
    for (const code of WIN32) {
      expect(win32CodeOf(0x80070000 + code)).toBe(code);
      expect(statusRow(0x80070000 + code)).toBe(statusRow(code));
      // As a signed number, which is how some callers keep it.
      expect(statusRow((0x80070000 + code) | 0)).toBe(statusRow(code));
    }
    expect(statusRow((0xefff003e | 0) as number)?.[1]).toBe('ISDSC_SERVICE_NOT_RUNNING');
  });

  it('are not taken for a Win32 code where only the lower half is alike', () => {
    for (const status of [0xefff007a, 0x8008007a, 0x0007007a, 0xafff007a]) {
      expect(win32CodeOf(status)).toBe(status);
      expect(statusRow(status)).toBeUndefined();
    }
  });

  it('are written as Microsoft writes them', () => {
    expect([0xefff003e, 5, -1].map(hexStatus)).toEqual(['0xEFFF003E', '0x00000005', '0xFFFFFFFF']);
  });

  it('no other name is known', () => {
    for (const name of ['', 'ISDSC', 'toString', '__proto__', 'isdsc_login_failed'])
      expect(statusOf(name)).toBeUndefined();
  });
});

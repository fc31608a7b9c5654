import * as raw from 'iscsidsc/raw';
import { bind, statusCodes, structs } from 'iscsidsc/raw';
import { createSimulator } from 'iscsidsc/simulator';
import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import * as constants from '../../src/header/constants.js';
import functions from '../fixtures/functions.json';

const NAMES = functions.map(({ name }) => name);

describe('iscsidsc/raw', () => {
  it('exports the 79 functions under their Windows names, and what belongs to them', () => {
    const others = ['bind', 'statusCodes', 'statusError', 'structs', 'systemLibrary', ...Object.keys(constants)];
    expect(Object.keys(raw).sort()).toEqual([...NAMES, ...others].sort());
    const exported = new Map(Object.entries<unknown>(raw));
    for (const name of NAMES) {
      const fn = exported.get(name) as { async?: unknown } | undefined;
      expect([typeof fn, typeof fn?.async], name).toEqual(['function', 'function']);
    }
  });

  it.skipIf(process.platform === 'win32')('loads nothing before a function is called', () => {
    const refused = expect.objectContaining({ code: 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM' });
    expect(() => raw.SetupPersistentIScsiVolumes()).toThrow(refused);
    expect(() => raw.SetupPersistentIScsiVolumes.async(() => {})).toThrow(refused);
    expect(() => raw.systemLibrary()).toThrow(refused);
  });

  it('has the structs as types that Koffi takes', () => {
    expect(koffi.sizeof(structs.ISCSI_VERSION_INFO)).toBe(12);
    const bytes = koffi.alloc(structs.ISCSI_VERSION_INFO, 1);
    koffi.encode(bytes, structs.ISCSI_VERSION_INFO, { MajorVersion: 10, MinorVersion: 0, BuildNumber: 26100 });
    expect(koffi.decode(bytes, structs.ISCSI_VERSION_INFO)).toEqual({
      MajorVersion: 10,
      MinorVersion: 0,
      BuildNumber: 26100,
    });
    koffi.free(bytes);
    for (const [name, type] of Object.entries(structs)) expect(koffi.sizeof(type), name).toBe(type.size);
  });

  it('has the same type for the same struct', () => {
    expect(structs.ISCSI_SESSION_INFOW).toBe(structs.ISCSI_SESSION_INFOW);
    expect(structs.ISCSI_SESSION_INFOW).not.toBe(structs.ISCSI_SESSION_INFOA);
  });

  it('has the numbers of the statuses, frozen', () => {
    expect(statusCodes.ISDSC_SERVICE_NOT_RUNNING).toBe(0xefff003e);
    expect(statusCodes.ERROR_INSUFFICIENT_BUFFER).toBe(122);
    expect(Object.isFrozen(statusCodes)).toBe(true);
  });
});

describe('bind', () => {
  it('binds all 79 functions of any library', () => {
    const library = createSimulator();
    expect(Object.keys(bind(library))).toEqual(NAMES);
    library.dispose();
  });

  it('says which function a library does not have, when it is called', () => {
    const library = createSimulator({
      behaviour: { missing: ['GetIScsiSessionListW', 'SetupPersistentIScsiVolumes'] },
    });
    const { SetupPersistentIScsiVolumes, GetIScsiSessionListW, GetIScsiSessionListA } = bind(library);
    const missing = (syscall: string) =>
      expect.objectContaining({
        name: 'IscsidscError',
        code: 'ERR_ISCSIDSC_MISSING_EXPORT',
        syscall,
        message: expect.stringContaining(syscall),
      });
    const [size, count] = [new Uint32Array(1), new Uint32Array(1)];
    expect(() => SetupPersistentIScsiVolumes()).toThrow(missing('SetupPersistentIScsiVolumes'));
    expect(() => SetupPersistentIScsiVolumes.async(() => {})).toThrow(missing('SetupPersistentIScsiVolumes'));
    expect(() => GetIScsiSessionListW(size, count, null)).toThrow(missing('GetIScsiSessionListW'));
    expect(GetIScsiSessionListA(size, count, null)).toBe(statusCodes.ERROR_INSUFFICIENT_BUFFER);
    library.dispose();
  });
});

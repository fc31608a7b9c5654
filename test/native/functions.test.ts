import koffi, { type TypeObject } from 'koffi';
import { describe, expect, it } from 'vitest';
import { exportNames, parametersOf, prototypeOf } from '../../src/native/functions.js';
import functions from '../fixtures/functions.json';

const POINTER_SIZE = koffi.sizeof('void *');
const SCALAR_SIZES: Readonly<Record<string, number>> = {
  BOOLEAN: 1,
  UCHAR: 1,
  USHORT: 2,
  ULONG: 4,
  ULONGLONG: 8,
  TARGET_INFORMATION_CLASS: 4,
  ISCSI_TARGET_FLAGS: 4,
  ISCSI_SECURITY_FLAGS: 8,
};

describe('the functions of iscsidsc.h', () => {
  it('are all there, in the order of the header', () => {
    expect(functions).toHaveLength(79);
    expect(exportNames()).toEqual(functions.map(({ name }) => name));
  });

  it('are 46 without their A and W forms', () => {
    expect(new Set(exportNames().map(name => name.replace(/[AW]$/, ''))).size).toBe(46);
  });

  it('have an A form for every W form, alike but for their text', () => {
    const wide = exportNames().filter(name => name.endsWith('W'));
    expect(wide).toHaveLength(33);
    for (const name of wide) {
      const asAnsi = parametersOf(name)?.map(parameter =>
        parameter
          .replace(/^PWSTR /, 'PSTR ')
          .replace(/^PWCHAR /, 'PCHAR ')
          .replace(/W (\w+)$/, 'A $1'),
      );
      expect(parametersOf(`${name.slice(0, -1)}A`), name).toEqual(asAnsi);
    }
  });

  for (const { name, params } of functions) {
    it(`${name} has the parameters of its C declaration`, () => {
      expect(parametersOf(name)).toEqual(
        params.map(({ type, name }) => `${type.replace('ULONG *', 'PULONG')} ${name}`),
      );
    });

    it(`${name} passes them to Koffi, and returns an unsigned 32-bit status`, () => {
      const { proto } = prototypeOf(name as Parameters<typeof prototypeOf>[0]);
      // Koffi's own types say that these are the types themselves.
      const given = proto?.arguments as unknown as { type: TypeObject }[];
      const native = given.map(({ type }) => type.size);
      expect(native).toEqual(params.map(({ type }) => SCALAR_SIZES[type] ?? POINTER_SIZE));
      expect(proto?.result.name).toBe('uint32_t');
    });
  }

  it('no other function is known', () => {
    for (const name of [
      'GetIScsiSessionList',
      'GetIScsiSessionListX',
      'toString',
      '__proto__',
      'LogoutIScsiTargetA',
      '',
    ]) {
      expect(parametersOf(name), name).toBeUndefined();
    }
  });
});

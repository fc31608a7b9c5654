import { structs } from 'iscsidsc/raw';
import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import { STRUCTS } from '../../src/header/structs.js';
import layouts from '../fixtures/layouts.json';
import { layOut } from './c-layout.js';

type Column = 'x64' | 'ia32';
type Fields = Readonly<Record<string, Readonly<Record<Column, number[]>>>>;

const HERE: Column = koffi.sizeof('void *') === 8 ? 'x64' : 'ia32';
/** What the header takes from other headers. */
const FOREIGN = ['SCSI_ADDRESS', 'GUID', 'STORAGE_DEVICE_NUMBER'];

describe('the structs of iscsidsc.h', () => {
  it('are all declared, and no others', () => {
    expect(Object.keys(layouts)).toHaveLength(26);
    expect(Object.keys(structs).sort()).toEqual([...Object.keys(layouts), ...FOREIGN].sort());
  });

  it('have their A and W forms from one entry of the table', () => {
    const pairs = Object.keys(STRUCTS).filter(key => key.endsWith('#'));
    const bothForms = Object.keys(layouts).filter(name => {
      const base = name.slice(0, -1);
      return Object.hasOwn(layouts, `${base}A`) && Object.hasOwn(layouts, `${base}W`);
    });
    expect(bothForms.sort()).toEqual(pairs.flatMap(key => [key.replace('#', 'A'), key.replace('#', 'W')]).sort());
  });

  for (const [name, layout] of Object.entries(layouts)) {
    it(`${name} lies in memory as Windows has it (${HERE})`, () => {
      const type = structs[name as keyof typeof structs];
      const { size, align } = layout[HERE];
      expect({ size: type.size, align: type.alignment }).toEqual({ size, align });
      const members = Object.entries(type.members ?? {}).map(([member, { offset, type }]) => [
        member,
        [offset, type.size],
      ]);
      expect(members).toEqual(column(layout.fields, HERE));
    });

    for (const [architecture, pointerSize] of [
      ['x64', 8],
      ['ia32', 4],
    ] as const) {
      it(`${name} comes out right on ${architecture}, by the rules of C`, () => {
        const { fields, ...size } = layOut(name, pointerSize);
        expect(size).toEqual(layout[architecture]);
        expect(Object.entries(fields)).toEqual(column(layout.fields, architecture));
      });
    }
  }

  it('TargetNodeName stands before TargetName', () => {
    const names = Object.keys(structs.ISCSI_SESSION_INFOW.members ?? {});
    expect(names.indexOf('TargetNodeName')).toBe(names.indexOf('TargetName') - 1);
  });
});

function column(fields: Fields, architecture: Column): [string, number[]][] {
  return Object.entries(fields).map(([member, columns]) => [member, columns[architecture]]);
}

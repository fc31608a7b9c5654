import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { exportNames, parametersOf, prototypeOf } from '../../src/native/functions.js';
import { koffi } from '../../src/native/koffi.js';
import functions from '../fixtures/functions.json';
import { generate, prototype } from '../windows/generate-abi.mjs';
import { findPlaces } from '../windows/places.mjs';
import { tierOrReason } from '../windows/required.js';

const tier = tierOrReason();

// It makes no difference on x64, and ia32 runs on no machine of the tests.
describe('every export is declared as __stdcall', () => {
  it('to Koffi', () => {
    const proto = vi.spyOn(koffi(), 'proto');
    exportNames().forEach(prototypeOf);
    expect(proto.mock.calls.map(([convention]) => convention)).toEqual(exportNames().map(() => '__stdcall'));
  });

  it('in the C of the stand-in', () => {
    const { 'exports.h': declarations, 'exports.c': definitions } = generate({ missing: [] });
    for (const each of functions) {
      const declared = prototype(each);
      expect(declared).toMatch(new RegExp(`^ISDSC_STATUS __stdcall ${each.name}\\(`));
      expect(declarations).toContain(`\n${declared};\n`);
      expect(definitions).toContain(`\n${declared} {`);
    }
  });

  it.skipIf(!tier.ok)('in ia32 code, which takes as many bytes from the stack as the package declares', () => {
    const assembly = readFileSync(join(findPlaces('22').build, 'generated/exports-ia32.s'), 'utf8');
    const bodies = assembly.matchAll(/^_(\w+)@\d+:\n(?:\t.*\n)*?\tret(?:\t\$(\d+))?$/gm);
    const popped = [...bodies].map(([, name, bytes = '0']) => [name, Number(bytes)]);
    expect(popped).toEqual(exportNames().map(name => [name, (parametersOf(name) ?? []).reduce(plusBytes, 0)]));
  });
});

/** Of an argument on the ia32 stack: a multiple of 4. */
function plusBytes(sum: number, parameter: string): number {
  return sum + (/^(ULONGLONG|ISCSI_SECURITY_FLAGS) /.test(parameter) ? 8 : 4);
}

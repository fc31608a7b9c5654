// What is mere repetition in the C of the stand-in, from the facts of test/fixtures.
import { readFileSync } from 'node:fs';

const functions = fixture('functions');
const layouts = fixture('layouts');

/** A number that the callee is given where it lies, whether it writes it or not. */
const NUMBERS = ['PULONG', 'ULONG *', 'PUSHORT'];

/** The names of all exports, in the order of the header. */
const exportNames = functions.map(({ name }) => name);

/** The files by name. `missing` are exports that `old.def` does not have. */
export function generate({ missing }) {
  return {
    'abi_checks.c': checks(),
    'exports.h': declarations(),
    'exports.c': definitions(),
    'iscsidsc.def': definitionFile(exportNames),
    'old.def': definitionFile(exportNames.filter(name => !missing.includes(name))),
  };
}

/** The prototype of an export, as C declares it. */
export function prototype({ name, params }) {
  const parameters = params.map(each => declaration(each)).join(', ');
  return `ISDSC_STATUS __stdcall ${name}(${parameters || 'void'})`;
}

/** Sizes, alignments and offsets of every struct, for x64 and for ia32. */
function checks() {
  const rows = Object.entries(layouts).flatMap(([name, { x64, ia32, fields }]) => [
    `SAME(sizeof(${name}), ${x64.size}, ${ia32.size});`,
    `SAME(_Alignof(${name}), ${x64.align}, ${ia32.align});`,
    ...Object.entries(fields).flatMap(([member, columns]) => [
      `SAME(offsetof(${name}, ${member}), ${columns.x64[0]}, ${columns.ia32[0]});`,
      `SAME(sizeof(((${name} *)0)->${member}), ${columns.x64[1]}, ${columns.ia32[1]});`,
    ]),
  ]);
  return lines([
    '#include "abi.h"',
    '',
    '#ifdef _WIN64',
    '#define SAME(is, x64, ia32) _Static_assert((is) == (x64), #is)',
    '#else',
    '#define SAME(is, x64, ia32) _Static_assert((is) == (ia32), #is)',
    '#endif',
    '',
    ...rows,
  ]);
}

/** A number and a prototype for each export, and a struct of its arguments. */
function declarations() {
  return lines([
    '#ifndef EXPORTS_H',
    '#define EXPORTS_H',
    '',
    '#include "abi.h"',
    '',
    `typedef enum { ${exportNames.map(name => `EXPORT_${name}, `).join('')}EXPORTS } Export;`,
    '',
    ...functions.flatMap(each => [
      ...(each.params.length > 0
        ? [`typedef struct { ${each.params.map(one => `${declaration(one)}; `).join('')}} ${each.name}_Arguments;`]
        : []),
      `${prototype(each)};`,
    ]),
    '',
    '#endif',
  ]);
}

/** Every export hands its arguments to call(), which finds in `exports` how to record them. */
function definitions() {
  return lines([
    '#include "call.h"',
    '#include "record.h"',
    '',
    ...functions.flatMap(({ name, params }) =>
      params.length > 0
        ? [`static const Parameter ${name}_parameters[] = {${params.map(parameter(name)).join('')}};`]
        : [],
    ),
    '',
    'const ExportInfo exports[EXPORTS] = {',
    ...functions.map(({ name, params }) => {
      const parameters = params.length > 0 ? `${name}_parameters` : 'NULL';
      return `  [EXPORT_${name}] = {"${name}", L"${name}", ${parameters}, ${params.length}},`;
    }),
    '};',
    '',
    ...functions.map(each => {
      const values = each.params.map(({ name }) => name).join(', ');
      const given = values ? `&(${each.name}_Arguments){${values}}` : 'NULL';
      return `${prototype(each)} { return call(EXPORT_${each.name}, ${given}); }`;
    }),
  ]);
}

function parameter(export_) {
  const at = name => `offsetof(${export_}_Arguments, ${name})`;
  return ({ name, type, dir }, index, params) => {
    const before = params[index - 1];
    // Bytes come with their number in front: KeySize and Key, SharedSecretLength and SharedSecret.
    const isCounted = dir === 'in' && before?.type === 'ULONG' && /^(PUCHAR|PCHAR)$/.test(type);
    if (isCounted) return `{"${name}", record_bytes, ${at(name)}, ${at(before.name)}}, `;
    const isMemory = dir === 'out' && !NUMBERS.includes(type);
    const recorder = isMemory ? 'record_memory' : `record_${type.replace('ULONG *', 'PULONG')}`;
    return `{"${name}", ${recorder}, ${at(name)}, 0}, `;
  };
}

function definitionFile(names) {
  return lines(['LIBRARY iscsidsc.dll', 'EXPORTS', ...names.map(name => `  ${name}`)]);
}

function declaration({ name, type }) {
  return `${type}${type.endsWith('*') ? '' : ' '}${name}`;
}

function fixture(name) {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));
}

function lines(texts) {
  return `${texts.join('\n')}\n`;
}

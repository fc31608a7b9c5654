import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from './generate-abi.mjs';
import { sourcesHash, standIn } from './places.mjs';

const compiler = 'x86_64-w64-mingw32-gcc';
const [messageCompiler, resourceCompiler] = ['x86_64-w64-mingw32-windmc', 'x86_64-w64-mingw32-windres'];
const strict = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-D_WIN32_WINNT=0x0A00'];
const link = ['-s', '-static-libgcc'];

export function compile(folder, run) {
  const hash = sourcesHash();
  const apart = ['bench.c', 'planted.c', 'dependency.c', 'dependent.c', 'service.c'];
  const sources = readdirSync(standIn).filter(name => name.endsWith('.c') && !apart.includes(name));
  const gcc = args => run(compiler, args, { cwd: standIn });
  const generated = writeGenerated(join(folder, 'generated'));
  for (const name of ['planted', 'dependent']) mkdirSync(join(folder, name));
  const include = [standIn, generated('')].map(each => `-I${each}`);
  const all = [...strict, ...include, ...sources, ...['abi_checks.c', 'exports.c'].map(generated)];
  // There is no 32-bit linker here, but this holds the ia32 sizes and offsets against their asserts.
  gcc(['-m32', '-fsyntax-only', ...all]);
  gcc(['-m32', '-S', ...strict, ...include, generated('exports.c'), '-o', generated('exports-ia32.s')]);
  const dll = ['-shared', ...link, ...all, messageTable(folder, run)];
  gcc([...dll, generated('iscsidsc.def'), '-o', join(folder, 'iscsidsc.dll')]);
  gcc([...dll, generated('old.def'), '-o', join(folder, 'old.dll')]);
  gcc([...dll, generated('iscsidsc.def'), 'planted.c', '-o', join(folder, 'planted/iscsidsc.dll')]);
  const dependency = [...strict, '-shared', ...link, 'dependency.c'];
  gcc([...dependency, '-o', join(folder, 'dependency.dll')]);
  gcc([...dependency, 'planted.c', '-o', join(folder, 'planted/dependency.dll')]);
  const dependent = ['dependent.c', join(folder, 'dependency.dll')];
  gcc([...dll, generated('iscsidsc.def'), ...dependent, '-o', join(folder, 'dependent/iscsidsc.dll')]);
  for (const name of ['bench', 'service']) gcc([...strict, ...link, `${name}.c`, '-o', join(folder, `${name}.exe`)]);
  writeFileSync(join(folder, 'sources.sha256'), hash);
}

/** The texts of statuses, as an object file. */
function messageTable(folder, run) {
  const object = join(folder, 'messages.o');
  // -c sets the customer bit, which all statuses of iscsidsc.h have.
  run(messageCompiler, ['-c', '-C', '65001', '-r', folder, '-h', folder, join(standIn, 'messages.mc')]);
  run(resourceCompiler, ['-I', folder, join(folder, 'messages.rc'), '-O', 'coff', '-o', object], { cwd: folder });
  return object;
}

/** Gives the path of each file by its name. */
function writeGenerated(folder) {
  mkdirSync(folder);
  const path = name => join(folder, name);
  // An older Windows lacks the function that not every SDK has.
  const files = generate({ missing: ['GetIScsiSessionListEx'] });
  for (const [name, text] of Object.entries(files)) writeFileSync(path(name), text);
  return path;
}

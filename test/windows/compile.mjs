import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesHash, standIn } from './places.mjs';

const compiler = 'x86_64-w64-mingw32-gcc';
const strict = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-D_WIN32_WINNT=0x0A00'];
const link = ['-s', '-static-libgcc'];

export function compile(folder, run) {
  const hash = sourcesHash();
  const apart = ['bench.c', 'planted.c'];
  const sources = readdirSync(standIn).filter(name => name.endsWith('.c') && !apart.includes(name));
  const gcc = args => run(compiler, args, { cwd: standIn });
  mkdirSync(join(folder, 'planted'));
  // There is no 32-bit linker here, but this holds the ia32 sizes and offsets against their asserts.
  gcc(['-m32', '-std=c11', '-fsyntax-only', '-x', 'c', 'abi.h']);
  const dll = [...strict, '-shared', ...link, ...sources, 'iscsidsc.def'];
  gcc([...dll, '-o', join(folder, 'iscsidsc.dll')]);
  gcc([...dll, 'planted.c', '-o', join(folder, 'planted/iscsidsc.dll')]);
  gcc([...strict, ...link, 'bench.c', '-o', join(folder, 'bench.exe')]);
  writeFileSync(join(folder, 'sources.sha256'), hash);
}

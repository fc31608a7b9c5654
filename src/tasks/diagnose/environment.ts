import { release, type, version } from 'node:os';
import { type IscsidscError, isIscsidscError } from '../../errors.js';
import { exportNames } from '../../native/functions.js';
import { koffi } from '../../native/koffi.js';
import type { Library } from '../../native/library.js';
import { failureOf } from './failure.js';
import { fileVersion } from './file-version.js';
import { counted, type Finding, ok, problem, warning } from './finding.js';
import type { Names } from './names.js';

/** Checks what the program runs on. `error` is why there is no library. */
export function checkPlatform(library: Library | undefined, error: unknown): Finding {
  const { platform, arch, versions } = process;
  // Elsewhere than on Windows, version() is that of a build.
  const system = platform === 'win32' ? version() : type();
  const details = {
    platform,
    arch,
    system,
    release: release(),
    node: versions.node,
    ...(versions.electron !== undefined && { electron: versions.electron }),
  };
  const what = `${system} ${release()}, ${arch}, Node.js ${versions.node}`;
  const why = 'iscsidsc.dll is a part of Windows, and the package has native code for each architecture.';
  if (isForeignPlatform(error)) {
    return problem('platform', { what: `This is no Windows: ${what}.`, why, whatToDo: error.hint ?? '', details });
  }
  const besides = platform === 'win32' || library === undefined ? '' : '. The initiator is not that of this machine';
  return ok('platform', { what: `${what}${besides}.`, why, details });
}

/** Checks Koffi, which makes the native calls. */
export function checkKoffi({ isAnonymous }: Names): Finding {
  const why = 'Koffi makes the native calls. It brings a binary for each platform and architecture.';
  try {
    const { version } = koffi();
    return ok('koffi', { what: `Koffi ${version} is loaded.`, why, details: { version } });
  } catch (error) {
    const failure = failureOf(error, isAnonymous);
    const whatToDo = `Install the dependencies where the program runs (${process.platform}-${process.arch}), optional ones included.`;
    const [reason] = failure.cause?.message?.split('\n') ?? [];
    const what = reason === undefined ? 'Koffi cannot be loaded.' : `Koffi cannot be loaded: ${sentence(reason)}`;
    return problem('koffi', { what, why, whatToDo, details: { error: failure } });
  }
}

/** Checks that the DLL has the functions of the header. `error` is why there is no library. */
export async function checkDll(library: Library | undefined, error: unknown, names: Names): Promise<Finding> {
  const why = 'Every call goes to a function of this DLL. Not every version of Windows has all of them.';
  if (library === undefined) {
    const failure = failureOf(error, names.isAnonymous);
    const whatToDo = failure.hint ?? 'This Windows may lack the iSCSI initiator, or a file is damaged.';
    return problem('dll', { what: 'iscsidsc.dll cannot be loaded.', why, whatToDo, details: { error: failure } });
  }
  const path = String(library.name);
  const name = names.of('library', path);
  const version = await fileVersion(path);
  const named = version === null ? name : `${name}, version ${version},`;
  const all = exportNames();
  const missing: string[] = [];
  for (const each of all) {
    try {
      library.func(each);
    } catch (reason) {
      const failure = failureOf(reason, names.isAnonymous);
      if (failure.code !== 'ERR_ISCSIDSC_MISSING_EXPORT') {
        const whatToDo = failure.hint ?? 'Look at the error in the details.';
        return problem('dll', {
          what: `${named} cannot be called.`,
          why,
          whatToDo,
          details: { name, version, error: failure },
        });
      }
      missing.push(each);
    }
  }
  const details = { name, version, functions: all.length - missing.length, missing };
  if (missing.length === 0) return ok('dll', { what: `${named} has all ${all.length} functions.`, why, details });
  return warning('dll', {
    what: `${named} lacks ${counted(missing.length, 'function')} of ${all.length}: ${missing.join(', ')}.`,
    why,
    whatToDo: 'What calls them rejects with ERR_ISCSIDSC_MISSING_EXPORT. Newer versions of Windows may have them.',
    details,
  });
}

/** Text of others, with one full stop at its end. */
function sentence(text: string): string {
  return `${text.trim().replace(/\.$/, '')}.`;
}

/** Whether there is no library because this is no Windows. */
export function isForeignPlatform(error: unknown): error is IscsidscError {
  return isIscsidscError(error) && error.code === 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM';
}

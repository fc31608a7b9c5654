import type { Library, WindowsFunctionName } from 'iscsidsc';
import type { ExportName } from 'iscsidsc/raw';

/** What is wrong with a function: it never returns, it throws, or it answers a status without a call. */
export type Fault = 'hangs' | { readonly throws: Error } | { readonly status: number };

interface AnyFunction {
  (...args: unknown[]): unknown;
  async(...argsAndDone: unknown[]): void;
}

/** The functions of the DLL and of Windows that a diagnosis calls. */
export const CALLED = [
  'IsUserAnAdmin',
  'OpenSCManagerW',
  'OpenServiceW',
  'QueryServiceStatusEx',
  'QueryServiceConfigW',
  'CloseServiceHandle',
  'GetIScsiVersionInformation',
  'GetIScsiSessionListW',
  'ReportIScsiTargetsW',
  'ReportIScsiSendTargetPortalsW',
  'ReportIScsiPersistentLoginsW',
  'GetIScsiSessionListEx',
  'ReportActiveIScsiTargetMappingsW',
  'GetDevicesForIScsiSessionW',
  'GetIScsiTargetInformationW',
] as const satisfies readonly (ExportName | WindowsFunctionName)[];

/** A library with faults, by the names of functions. It adds to `called` what was called. */
export function faulty(
  library: Library,
  faultOf: (name: ExportName | WindowsFunctionName) => Fault | undefined,
  called: Set<ExportName | WindowsFunctionName> = new Set(),
): Library {
  const spoil = (name: ExportName | WindowsFunctionName, fn: AnyFunction, answer: (status: number) => unknown) => {
    const async = (...argsAndDone: unknown[]) => {
      called.add(name);
      const fault = faultOf(name);
      const done = argsAndDone.at(-1) as (error: Error | null, result: unknown) => void;
      if (fault === undefined) fn.async(...argsAndDone);
      else if (fault === 'hangs') return;
      else if ('throws' in fault) throw fault.throws;
      else setImmediate(done, null, answer(fault.status));
    };
    return Object.assign((...args: unknown[]) => fn(...args), { async });
  };
  return {
    name: library.name,
    func: (name: ExportName) => spoil(name, library.func(name) as unknown as AnyFunction, status => status) as never,
    windowsFunc: (name: WindowsFunctionName) =>
      spoil(name, library.windowsFunc?.(name) as unknown as AnyFunction, lastError => ({
        // FALSE and NULL are failures of all but CreateFileW and FindFirstVolumeW.
        value: 0n,
        lastError,
      })) as never,
    decodeAnsi: bytes => library.decodeAnsi(bytes),
    encodeAnsi: text => library.encodeAnsi(text),
  };
}

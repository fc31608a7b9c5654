import assert from 'node:assert/strict';
import type { Library, WindowsFunctionName, WindowsResult } from 'iscsidsc';
import type { Declare, Open } from '../subject.js';

interface AnyFunction {
  (...args: readonly unknown[]): WindowsResult;
  async(...argsAndDone: readonly unknown[]): void;
}

interface Call {
  readonly fn: AnyFunction;
  readonly args: readonly unknown[];
}

/** A call that fails, and what GetLastError has for it. */
interface FailingCall extends Call {
  readonly error: number;
}

const ROUNDS = 20;
const SERVICE_MANAGER_CONNECT = 1;
const SERVICE_QUERY_STATUS = 4;
const NAME_LENGTH = 50;

/** What is promised of functions of Windows that are not of iscsidsc.dll, on a machine with a drive C:. */
export function anyLastErrorContract(open: Open, rule: Declare): void {
  rule('a function of Windows that fails has its own error, on this thread as on another', async () => {
    await withCalls(open(), async failing => {
      for (const each of failing) {
        assertFailed(each.fn(...each.args), each);
        assertFailed(await resultOf(each), each);
      }
    });
  });

  rule('of functions of Windows that fail at once, each has its own error', async () => {
    await withCalls(open(), async failing => {
      // No two calls that follow each other have the same error.
      const all = Array.from({ length: ROUNDS }, () => failing).flat();
      const results = all.map(async (each, number) => {
        const result = await resultOf(each);
        const other = failing[(number + 1) % failing.length] as FailingCall;
        assertFailed(other.fn(...other.args), other);
        return result;
      });
      for (const each of failing) assertFailed(each.fn(...each.args), each);
      for (const [number, result] of (await Promise.all(results)).entries()) {
        assertFailed(result, all[number] as FailingCall);
      }
    });
  });

  rule('a function of Windows that succeeds beside those that fail has succeeded', async () => {
    await withCalls(open(), async (failing, succeeding) => {
      const both = failing.map(each => Promise.all([resultOf(each), resultOf(succeeding)]));
      for (const [number, [failed, succeeded]] of (await Promise.all(both)).entries()) {
        assertFailed(failed, failing[number] as FailingCall);
        assert.equal(succeeded.value, 1n);
      }
    });
  });
}

async function withCalls(
  library: Library,
  check: (failing: readonly FailingCall[], succeeding: Call) => Promise<void>,
): Promise<void> {
  const of = (name: WindowsFunctionName) => library.windowsFunc?.(name) as unknown as AnyFunction;
  const opening = (path: string, error: number) => ({
    fn: of('CreateFileW'),
    args: [path, 0, 7, null, 3, 0, 0n],
    error,
  });
  const name = Buffer.alloc(NAME_LENGTH * 2);
  const naming = { fn: of('GetVolumeNameForVolumeMountPointW'), args: ['C:\\', name, NAME_LENGTH] };
  assert.equal(naming.fn(...naming.args).value, 1n);
  const volume = name.toString('utf16le').replace(/\0.*$/s, '');
  const { value: manager } = of('OpenSCManagerW')(null, null, SERVICE_MANAGER_CONNECT);
  assert.notEqual(manager, 0n);
  const used = new Uint32Array(1);
  const failing: readonly FailingCall[] = [
    opening('C:\\iscsidsc-none', 2),
    opening('C:\\iscsidsc-none\\none', 3),
    opening('C:\\*', 123),
    { fn: of('DeviceIoControl'), args: [0n, 0x560000, null, 0, Buffer.alloc(64), 64, used, null], error: 6 },
    { fn: of('GetVolumePathNamesForVolumeNameW'), args: [volume, Buffer.alloc(2), 1, used], error: 234 },
    { fn: of('OpenServiceW'), args: [manager, 'iscsidsc-none', SERVICE_QUERY_STATUS], error: 1060 },
  ];
  try {
    await check(failing, naming);
  } finally {
    assert.equal(of('CloseServiceHandle')(manager).value, 1n);
  }
}

function resultOf({ fn, args }: Call): Promise<WindowsResult> {
  return new Promise((resolve, reject) => {
    fn.async(...args, (error: Error | null, result: WindowsResult) => (error ? reject(error) : resolve(result)));
  });
}

function assertFailed({ value, lastError }: WindowsResult, { args, error }: FailingCall): void {
  assert.ok(value === 0n || value === -1n, `${args[0]} has not failed`);
  assert.equal(lastError, error);
}

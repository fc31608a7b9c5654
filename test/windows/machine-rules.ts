import assert from 'node:assert/strict';
import {
  connectTarget,
  type DiskDescription,
  describeDisks,
  describeSessions,
  diagnose,
  disconnectTarget,
  findDisks,
  isElevated,
  rescanDisks,
} from 'iscsidsc';
import { systemLibrary } from 'iscsidsc/raw';
import { AnsweringWindows, diskExtents, TRUE, type WindowsAnswer } from '../answering-windows.js';
import { anyLastErrorContract } from '../contract/any/last-error.js';
import { errorOf } from '../contract/outcome.js';
import { sessionsOf } from '../contract/scenario.js';
import type { Declare } from '../contract/subject.js';
import { arrangeStandIn } from './programs/stand-in.js';

const EXTENTS = 0x560000;
const LOCK = 0x90018;
const UNLOCK = 0x9001c;
const VOLUME_NAME = /^\\\\\?\\Volume\{[-0-9a-f]{36}\}\\$/;

/** What runs under Wine of volumes, rights and diagnosis: Wine's own kernel32, with the stand-in for iscsidsc.dll. */
export function machineRules(rule: Declare): void {
  anyLastErrorContract(systemLibrary, rule);

  rule('a volume without an extent, as Wine answers, is a malformed reply', async () => {
    arrangeStandIn({ sessions: 1 });
    const error = await errorOf(disconnectTarget({ volume: 'C:' }));
    assert.deepEqual([error.code, error.syscall], ['ERR_ISCSIDSC_MALFORMED_REPLY', 'DeviceIoControl']);
    assert.match(error.message, /NumberOfDiskExtents/);
    assert.equal((await errorOf(disconnectTarget({ volume: 'Q:' }))).code, 'ERR_ISCSIDSC_NOT_LISTED');
    // It can be on any disk.
    assert.equal((await errorOf(findDisks({ volume: 'C:' }))).code, 'ERR_ISCSIDSC_MALFORMED_REPLY');
    const [disk] = await describeDisks();
    assert.deepEqual([disk?.volumes, disk?.volumesError], [[], null]);
  });

  rule('the volumes of a disk have the names and paths of Windows, and every handle is closed', async () => {
    const { library, disks } = withExtents();
    const [first, second] = await describeDisks({ library });
    const [c, ...others] = first?.volumes ?? [];
    assert.deepEqual([c?.paths, c?.error], [['C:\\'], null]);
    assert.match(String(c?.name), VOLUME_NAME);
    assert.deepEqual(c?.disks, disks[0]);
    // Z: is on both, and so are other drives, if this Wine has them.
    const z = others.find(({ paths }) => paths.includes('Z:\\'));
    assert.deepEqual(z?.disks, disks[1]);
    assert.deepEqual(second?.volumes, others);
    assertClosed(library);

    const [session] = await describeSessions({ library });
    assert.deepEqual(session?.volumes?.[0], { name: c?.name, paths: ['C:\\'], deviceNumbers: [1], error: null });
    assert.deepEqual(numbersOf(await findDisks({ volume: 'c:' }, { library })), [1]);
    assert.deepEqual(numbersOf(await findDisks({ volume: String(c?.name) }, { library })), [1]);
    assert.deepEqual(numbersOf(await findDisks({ volume: 'Z:\\' }, { library })), [1, 2]);
  });

  rule('a target is connected with the volumes of its disks, which Windows names', async () => {
    const { library } = withExtents();
    const [session] = sessionsOf({ sessions: 2 });
    const { volumes } = await connectTarget({ targetName: String(session?.targetNodeName) }, { library });
    assert.deepEqual(volumes?.[0]?.paths, ['C:\\']);
    assert.deepEqual(volumes?.at(-1)?.deviceNumbers, [2, 1]);
    assertClosed(library);
  });

  rule('a disk is disconnected when its volumes have been locked and unlocked', async () => {
    const { library, codes } = withExtents();
    const { loggedOut } = await disconnectTarget({ volume: 'C:' }, { library });
    assert.deepEqual(loggedOut, sessionsOf({ sessions: 2 }).slice(0, 1));
    const locks = codes.filter(code => code !== EXTENTS);
    // C: and at least Z:.
    assert.ok(locks.length >= 4);
    assert.deepEqual(
      locks,
      locks.map((_, index) => (index % 2 === 0 ? LOCK : UNLOCK)),
    );
    assertClosed(library);
  });

  rule('a machine without a port of the initiator has nothing to rescan', async () => {
    const library = new AnsweringWindows({}, systemLibrary());
    assert.deepEqual(await rescanDisks({ library }), { portNumbers: [] });
    assert.deepEqual(new Set(library.calls), new Set(['CreateFileW']));
  });

  rule('the diagnosis finds Windows, its DLL, the rights and the lists', async () => {
    arrangeStandIn({ sessions: 2, targets: 2, portals: 1, logins: 1 });
    const findings = await diagnose();
    const levels = Object.fromEntries(findings.map(({ check, level }) => [check, level]));
    for (const check of ['platform', 'koffi', 'dll', 'elevation', 'initiatorVersion', 'lists', 'portals', 'paths']) {
      assert.equal(levels[check], 'ok', check);
    }
    const dll = findings.find(({ check }) => check === 'dll');
    assert.match(String(dll?.what), /system32\\iscsidsc\.dll has all 79 functions/i);
    assert.equal(await isElevated(), true);
  });

  rule('the diagnosis of a service that does not run says so', async () => {
    arrangeStandIn({ status: 0xefff003e });
    const findings = await diagnose();
    const lists = findings.find(({ check }) => check === 'lists');
    assert.equal(lists?.level, 'problem');
    assert.match(JSON.stringify(lists), /ISDSC_SERVICE_NOT_RUNNING/);
  });
}

/** Wine with disks for its volumes: the first is on the disk of the first session, any other on those of both. */
function withExtents() {
  arrangeStandIn({ sessions: 2 });
  const extent = (deviceNumber: number) => ({ deviceNumber, startingOffset: 2n ** 20n, length: 2n ** 30n });
  const disks = [[extent(1)], [extent(2), extent(1)]] as const;
  const paths: string[] = [];
  const codes: number[] = [];
  const CreateFileW = (path: string) => {
    paths.push(path);
    return undefined;
  };
  const DeviceIoControl: WindowsAnswer = (_handle, code: number, _in, _inSize, output: Buffer, _size, used) => {
    codes.push(code);
    if (code !== EXTENTS) return undefined;
    const extents = disks[paths.at(-1) === paths[0] ? 0 : 1];
    const bytes = diskExtents(...extents.map(each => [each.deviceNumber, each.startingOffset, each.length] as const));
    bytes.copy(output);
    (used as Uint32Array)[0] = bytes.length;
    return TRUE;
  };
  return { library: new AnsweringWindows({ CreateFileW, DeviceIoControl }, systemLibrary()), disks, codes };
}

function numbersOf(disks: readonly DiskDescription[]): (number | null)[] {
  return disks.map(({ deviceNumber }) => deviceNumber);
}

function assertClosed({ calls }: AnsweringWindows): void {
  const count = (name: string) => calls.filter(each => each === name).length;
  assert.equal(count('CloseHandle'), count('CreateFileW'));
  assert.equal(count('FindVolumeClose'), count('FindFirstVolumeW'));
}

import { describe, expect, it } from 'vitest';
import { describeDisks } from '../../src/index.js';
import type { SimulatedLun } from '../../src/simulator.js';
import { failingVolumes } from '../answering-windows.js';
import { answering } from '../tasks/answering-library.js';
import { hanging } from '../tasks/hanging-library.js';
import { machine } from './run.js';

const DISK = 'iqn.2003-01.org.example:disk1';

/** A machine that is logged in to a target with these LUNs, through each of its two portals. */
async function loggedIn(luns: SimulatedLun[]) {
  const network = { targets: [{ targetName: DISK, portalGroups: [['10.0.0.10', '10.0.1.10']], luns }] };
  const on = machine({ network });
  for (const portal of ['10.0.0.10', '10.0.1.10']) {
    await on.run(`portal add ${portal}`);
    const { status, stderr } = await on.run(`target login ${DISK} --portal ${portal} --multipath`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }
  return on;
}

describe('disk list', () => {
  it('has a line for each disk', async () => {
    using on = machine();
    expect(await on.run('disks')).toEqual({
      status: 0,
      hanging: false,
      stdout: `\
DISK  SIZE   TARGET                                         LUN  PATHS  PRODUCT       VOLUMES
1     1 GiB  iqn.1992-08.com.example.san:vol-sql            0    1      example disk  E:\\
2     1 GiB  iqn.2005-10.org.example.nas:backup             0    1      example disk  F:\\
4     1 GiB  iqn.1991-05.com.microsoft:filer-quorum-target  0    1      example disk  H:\\
`,
      stderr: '',
    });
    expect(await on.run('disk list')).toEqual(await on.run('disks'));
  });

  it('has several paths, volumes and mount points of a disk in its line', async () => {
    using on = await loggedIn([
      { lun: 0, sizeBytes: 1.5 * 2 ** 40, volumes: [{ paths: ['S:\\', 'C:\\mnt\\'] }, { paths: ['T:\\'] }] },
      { lun: 200, vendor: 'ACME', product: 'x', volumes: [] },
    ]);
    expect((await on.run('disks')).stdout).toBe(`\
DISK  SIZE     TARGET                         LUN  PATHS  PRODUCT       VOLUMES
1     1.5 TiB  iqn.2003-01.org.example:disk1  0    2      example disk  S:\\, C:\\mnt\\, T:\\
2     1 GiB    iqn.2003-01.org.example:disk1  200  2      ACME x
`);
  });

  it.each([60, 80, 100, 140])('keeps to %i columns, with no name broken', async columns => {
    using on = machine();
    const { stdout } = await on.run('disks', { columns });
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(columns);
    for (const word of ['iqn.1992-08.com.example.san:vol-sql', 'example disk', 'H:\\']) expect(stdout).toContain(word);
  });

  it('prints what describeDisks returns with --json', async () => {
    using on = machine();
    const { library } = on;
    const [disk, ...others] = JSON.parse((await on.run('disks --json')).stdout);
    const [described, ...rest] = await describeDisks({ library });
    expect(disk).toMatchObject({ deviceNumber: 1, sizeBytes: 2 ** 30, serialNumber: described?.serialNumber });
    expect(others).toHaveLength(rest.length);
  });

  it('says why a part is not known, each reason once', async () => {
    using on = machine();
    const library = answering(failingVolumes(on.library), { SendScsiInquiry: () => 0xefff0060 });
    const { stdout, status } = await on.run('disks', { library });
    const [, first, ...reasons] = stdout.split('\n');
    expect(first).toMatch(/^1 +not known +iqn.1992\S+ +0 +1 +not known +not known$/);
    expect(reasons.slice(0, 2)).toEqual([
      expect.stringMatching(/^ {2}Size, vendor, product and serial number not known: ISDSC_NO_CONNECTION_AVAILABLE/),
      expect.stringMatching(/^ {2}Volumes not known: ERROR_ACCESS_DENIED/),
    ]);
    expect(status).toBe(0);
  });

  it('says of which session the disks are not known', async () => {
    using on = machine();
    const library = answering(on.library, { GetDevicesForIScsiSessionW: () => 0xefff0001 });
    const { stdout } = await on.run('disks', { library });
    expect(stdout).toMatch(/^not known .*\n {2}Disks of session ffffe00112345010-4000013700000000 not known: ISDSC_/m);
  });

  it('does not wait for a call that hangs', async () => {
    using on = machine();
    const library = hanging(on.library, 'SendScsiReadCapacity', () => true);
    expect(await on.run('disks --timeout 0.5', { library })).toMatchObject({ status: 0, hanging: true });
  });

  it('says so if there are none', async () => {
    using on = machine({ sessions: [] });
    expect((await on.run('disks')).stdout).toBe('No session has a disk.\n');
  });
});

describe('disk show', () => {
  it.each(['2', '\\\\.\\PhysicalDrive2', 'S:', 's:\\', 'C:\\mnt\\data'])('shows the disk that %s names', async name => {
    using on = await loggedIn([
      { lun: 0 },
      { lun: 1, serialNumber: 'SN-0042', volumes: [{ paths: ['S:\\', 'C:\\mnt\\data\\'] }, {}] },
    ]);
    const ids = on.library.sessions.map(({ sessionId }) => sessionId);
    const { stdout, status, stderr } = await on.run(`disk show ${name}`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const hidden = stdout.replace(/\{[0-9a-f-]{36}\}/g, '{...}');
    expect(hidden).toBe(`\
Disk:              \\\\.\\PhysicalDrive2
Target name:       iqn.2003-01.org.example:disk1
LUN:               1
Size:              1 GiB (1073741824 bytes)
Vendor:            example
Product:           disk
Serial number:     SN-0042
Multipath:         yes
Paths:             2
Volumes:           2

Path through session ${ids[0]}
  SCSI address:    port 3, bus 0, target 0, LUN 1
  Interface name:  \\\\?\\mpio#disk&ven_example&prod_disk#2#{...}

Path through session ${ids[1]}
  SCSI address:    port 3, bus 0, target 1, LUN 1
  Interface name:  \\\\?\\mpio#disk&ven_example&prod_disk#2#{...}

Volume S:\\, C:\\mnt\\data\\
  Name:            \\\\?\\Volume{...}\\
  Lies on:         disk 2, 511 MiB from 1 MiB

Volume \\\\?\\Volume{...}\\
  Name:            \\\\?\\Volume{...}\\
  Lies on:         disk 2, 511 MiB from 512 MiB
`);
  });

  it('lets the user choose where a volume spans disks', async () => {
    using on = await loggedIn([
      { lun: 0, volumes: [{ paths: ['S:\\'], alsoOnLuns: [1] }] },
      { lun: 1, volumes: [] },
    ]);
    expect(await on.run('disk show S:')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `\
iscsidsc: The volume S: is on 2 disks. Give the number of one of them.
  1  iqn.2003-01.org.example:disk1, LUN 0
  2  iqn.2003-01.org.example:disk1, LUN 1
`,
    });
    const { stdout } = await on.run('disk show 1');
    expect(stdout).toMatch(/^ {2}Lies on: +disk 1, 1022 MiB from 1 MiB\n {19}disk 2, 1022 MiB from 1 MiB$/m);
  });

  it.each(['9', 'X:'])('ends with status 4 where there is no disk %s', async name => {
    using on = machine();
    const { status, stderr } = await on.run(`disk show ${name}`);
    expect(status).toBe(4);
    expect(stderr).toMatch(/^iscsidsc: No session has a disk .*'iscsidsc disks' lists the disks\.\n$/);
  });

  it.each(['E', 'disk1', '-1', '1.5', 'iqn.2003-01.org.example:disk1'])('refuses %s as a disk', async name => {
    using on = machine();
    expect(await on.run(`disk show -- ${name}`)).toMatchObject({ status: 2, stdout: '' });
  });

  it('fails where it is not known whether a disk is the one', async () => {
    using on = machine();
    const { status, stderr } = await on.run('disk show E:', { library: failingVolumes(on.library) });
    expect(status).toBe(5);
    expect(stderr).toMatch(/^iscsidsc: ERROR_ACCESS_DENIED: /);
  });
});

describe('disk rescan', () => {
  it('has a LUN show up that was mapped after the login', async () => {
    using on = await loggedIn([{ lun: 0 }]);
    const { targets } = on.library.network;
    on.library.network = { targets: targets.map(target => ({ ...target, luns: [{ lun: 0 }, { lun: 1 }] })) };
    expect((await on.run(`scsi luns ${on.library.sessions[0]?.sessionId}`)).stdout).toMatch(/^1 +none$/m);
    expect((await on.run('disk show 2')).status).toBe(4);
    expect(await on.run('disk rescan')).toEqual({
      status: 0,
      hanging: false,
      stdout: 'Rescanned: \\\\.\\Scsi3:\n',
      stderr: '',
    });
    expect((await on.run('disk show 2')).stdout).toMatch(/^LUN: +1$/m);
  });

  it('needs the rights of an administrator', async () => {
    using on = machine({ elevated: false });
    expect(await on.run('disk rescan')).toMatchObject({ status: 5, stdout: '' });
  });
});

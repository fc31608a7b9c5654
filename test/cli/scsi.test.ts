import { describe, expect, it } from 'vitest';
import { type Library, reportActiveIScsiTargetMappings, type ScsiLun, type TargetMapping } from '../../src/index.js';
import type { SimulatedNetwork, SimulatorOptions } from '../../src/simulator.js';
import { answering, answerMappings } from '../tasks/answering-library.js';
import { machine, run } from './run.js';

const DISK = 'iqn.2003-01.org.example:disk1';

/** A machine that is logged in to a target with these LUNs. */
async function loggedIn(luns: SimulatedNetwork['targets'][number]['luns'], more: SimulatorOptions = {}) {
  const network = { targets: [{ targetName: DISK, portalGroups: [['10.0.0.10']], luns: luns ?? [] }] };
  const on = machine({ sessions: [], persistentLogins: [], sendTargetPortals: [], network, ...more });
  for (const line of ['portal add 10.0.0.10', `target login ${DISK} --timeout 0.5`])
    expect((await on.run(line)).status).toBe(0);
  return on;
}

/** The library, whose devices answer INQUIRY with these bytes. */
function withInquiry(library: Library, bytes: Buffer): Library {
  return answering(library, {
    SendScsiInquiry(_id, _lun, _evpd, _page, _status, size, response) {
      (response as Buffer).set(bytes);
      (size as Buffer).writeUInt32LE(bytes.length);
      return 0;
    },
  });
}

interface Refusal {
  readonly scsi: number;
  readonly key?: number;
  readonly asc?: number;
  readonly responseCode?: number;
}

/** The library, whose targets refuse REPORT LUNS. */
function refusing(library: Library, { scsi, key = 0, asc = 0, responseCode = 0x70 }: Refusal): Library {
  return answering(library, {
    SendScsiReportLuns(_id, status, _size, _response, _senseSize, sense) {
      (status as Buffer).writeUInt8(scsi);
      (sense as Buffer).set([responseCode, 0, key, 0, 0, 0, 0, 10, 0, 0, 0, 0, asc]);
      return 0xefff001d;
    },
  });
}

describe('scsi luns', () => {
  it('shows which device each LUN is', async () => {
    using on = await loggedIn([{ lun: 0 }, { lun: 7 }]);
    expect(await on.run(`scsi luns --target ${DISK}`)).toEqual({
      status: 0,
      hanging: false,
      stdout: 'LUN  DEVICE\n0    \\\\.\\PhysicalDrive1\n7    \\\\.\\PhysicalDrive2\n',
      stderr: '',
    });
  });

  it('shows LUNs without a device', async () => {
    using on = await loggedIn([{ lun: 0 }, { lun: 1 }, { lun: 300 }]);
    const [session] = on.library.sessions;
    const id = session?.sessionId ?? '';
    on.library.devices = { [id]: (on.library.devices[id] ?? []).slice(0, 1) };
    const { stdout } = await on.run(`scsi luns ${id}`);
    expect(stdout).toBe('LUN  DEVICE\n0    \\\\.\\PhysicalDrive1\n1    none\n300  none\n');
  });

  it('finds the device of a LUN that has another number in Windows', async () => {
    using on = await loggedIn([{ lun: 0 }, { lun: 1 }, { lun: 300 }]);
    const { stdout } = await on.run(`scsi luns --target ${DISK}`);
    expect(stdout).toBe(
      'LUN  DEVICE\n0    \\\\.\\PhysicalDrive1\n1    \\\\.\\PhysicalDrive2\n300  \\\\.\\PhysicalDrive3\n',
    );
  });

  it('does not take the number of Windows for that of the target', async () => {
    using on = await loggedIn([{ lun: 0 }, { lun: 1 }, { lun: 2 }]);
    const [mapping] = await reportActiveIScsiTargetMappings({ library: on.library });
    const mappedTo = (lunList: ScsiLun[]) =>
      on.run(`scsi luns --target ${DISK}`, {
        library: answering(on.library, {
          ReportActiveIScsiTargetMappingsW: (size, count, buffer) =>
            answerMappings([{ ...(mapping as TargetMapping), lunList }], size, count, buffer),
        }),
      });
    const swapped = [
      { osLun: 0, targetLun: '100' },
      { osLun: 1, targetLun: '0' },
    ];
    expect((await mappedTo([...swapped, { osLun: 2, targetLun: '200' }])).stdout).toBe(
      'LUN  DEVICE\n0    \\\\.\\PhysicalDrive2\n1    \\\\.\\PhysicalDrive1\n2    \\\\.\\PhysicalDrive3\n',
    );
    // Without a mapping, the device can be any of the LUNs that have none.
    expect((await mappedTo(swapped)).stdout).toBe(
      'LUN  DEVICE\n0    \\\\.\\PhysicalDrive2\n1    \\\\.\\PhysicalDrive1\n2    not known\nLUN not known: \\\\.\\PhysicalDrive3\n',
    );
  });

  it('prints a LUN without a number as --lun takes it', async () => {
    using on = await loggedIn([{ lun: 0 }]);
    const asked: bigint[] = [];
    const library = answering(on.library, {
      SendScsiReportLuns(_id, _status, size, response) {
        (response as Buffer).set([0, 0, 0, 8, 0, 0, 0, 0, 0x01, 0x02, 0x40, 0, 0, 0, 0, 0x0a]);
        (size as Buffer).writeUInt32LE(16);
        return 0;
      },
      SendScsiReadCapacity(_id, lun) {
        asked.push(BigInt(lun as bigint));
        return undefined;
      },
    });
    const { stdout } = await on.run(`scsi luns --target ${DISK}`, { library });
    expect(stdout).toBe('LUN                 DEVICE\n0x0a00000000400201  none\n');
    await on.run(`scsi capacity --target ${DISK} --lun 0x0a00000000400201`, { library });
    expect(asked).toEqual([0x0a00000000400201n]);
  });

  it('prints the LUNs and the devices with --json', async () => {
    using on = await loggedIn([{ lun: 0 }, { lun: 1 }]);
    const [session] = on.library.sessions;
    const devices = on.library.devices[session?.sessionId ?? ''];
    expect(JSON.parse((await on.run(`scsi luns --target ${DISK} --json`)).stdout)).toEqual({
      luns: [
        { lun: 0, targetLun: '0', device: devices?.[0] },
        { lun: 1, targetLun: '100', device: devices?.[1] },
      ],
      devicesWithoutLun: [],
      devicesError: null,
    });
  });

  it('prints the LUNs also if the devices cannot be listed', async () => {
    using on = await loggedIn([{ lun: 0 }, { lun: 1 }]);
    const library = answering(on.library, { GetDevicesForIScsiSessionW: () => 0xefff001f });
    const { stdout, stderr, status } = await on.run(`scsi luns --target ${DISK}`, { library });
    expect(stdout).toMatch(/^LUN\n0\n1\nDevices not known: ISDSC_SESSION_BUSY: .*Try again in a second\.\n$/);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const { luns, devicesError } = JSON.parse((await on.run(`scsi luns --target ${DISK} --json`, { library })).stdout);
    expect(luns.map(({ device }: { device: unknown }) => device)).toEqual([null, null]);
    expect(devicesError).toMatchObject({ code: 'ISDSC_SESSION_BUSY', syscall: 'GetDevicesForIScsiSessionW' });
  });

  it('works in a session without devices', async () => {
    using on = await loggedIn([{ lun: 0 }]);
    await on.run(`session logout --target ${DISK} --yes`);
    await on.run(`target login ${DISK} --informational`);
    expect((await on.run(`scsi luns --target ${DISK}`)).stdout).toBe('LUN  DEVICE\n0    none\n');
  });

  it('says so if there are none', async () => {
    using on = await loggedIn([]);
    expect((await on.run(`scsi luns --target ${DISK}`)).stdout).toBe('The target has no LUNs.\n');
  });
});

describe('scsi capacity', () => {
  it.each([
    [512, '512 bytes', 1],
    [1000 * 512, '500 KiB (512000 bytes)', 1000],
    [2 ** 30, '1 GiB (1073741824 bytes)', 2 ** 21],
    [1.5 * 2 ** 40, '1.5 TiB (1649267441664 bytes)', 3221225472],
  ])('of a LUN of %i bytes', async (sizeBytes, size, blocks) => {
    using on = await loggedIn([{ lun: 0, sizeBytes }]);
    expect(await on.run(`scsi capacity --target ${DISK}`)).toEqual({
      status: 0,
      hanging: false,
      stdout: `Size:          ${size}\nBlocks:        ${blocks}\nBlock length:  512 bytes\n`,
      stderr: '',
    });
  });

  it('of a LUN that is larger than the answer can tell', async () => {
    using on = await loggedIn([{ lun: 0, sizeBytes: 3 * 2 ** 40 }]);
    expect((await on.run(`scsi capacity --target ${DISK}`)).stdout).toBe(
      'Size:          2 TiB or more\nBlocks:        4294967296 or more\nBlock length:  512 bytes\n',
    );
    expect(JSON.parse((await on.run(`scsi capacity --target ${DISK} --json`)).stdout)).toEqual({
      blocks: null,
      blockLength: 512,
      bytes: null,
      raw: 'ffffffff00000200',
    });
  });

  it('has numbers and hexadecimal bytes in JSON', async () => {
    using on = await loggedIn([{ lun: 3, sizeBytes: 2 ** 40 }]);
    expect(JSON.parse((await on.run(`scsi capacity --target ${DISK} --lun 3 --json`)).stdout)).toEqual({
      blocks: 2 ** 31,
      blockLength: 512,
      bytes: 2 ** 40,
      raw: '7fffffff00000200',
    });
  });
});

describe('scsi inquiry', () => {
  const LUN = { lun: 1, vendor: 'ACME', product: 'iDisk 3000', serialNumber: 'SN-0042' };

  it('says what the LUN is', async () => {
    using on = await loggedIn([LUN]);
    expect(await on.run(`scsi inquiry --target ${DISK} --lun 1`)).toEqual({
      status: 0,
      hanging: false,
      stdout: `\
Device:            disk
Vendor:            ACME
Product:           iDisk 3000
Revision:          0001
Standard:          SPC-4
Removable medium:  no
`,
      stderr: '',
    });
  });

  it.each([
    ['0', 'Pages:   0x00, 0x80, 0x83\n'],
    ['0x00', 'Pages:   0x00, 0x80, 0x83\n'],
    ['0x80', 'Serial number:  SN-0042\n'],
    ['128', 'Serial number:  SN-0042\n'],
  ])('asks for page %s', async (page, line) => {
    using on = await loggedIn([LUN]);
    const { stdout } = await on.run(`scsi inquiry --target ${DISK} --lun 1 --page ${page}`);
    expect(stdout).toMatch(/^Device: +disk\nPage: +0x[08]0\n/);
    expect(stdout).toContain(line);
  });

  it('asks for the unique names, and breaks none on a narrow terminal', async () => {
    using on = await loggedIn([LUN]);
    const line = `scsi inquiry --target ${DISK} --lun 1 --page 0x83`;
    const naa = /^NAA of the logical unit: +(6[0-9a-f]{31})$/m.exec((await on.run(line)).stdout)?.[1] ?? 'none';
    expect((await on.run(line)).stdout).toMatch(/^T10 vendor ID of the logical unit: {2}ACME {4}SN-0042$/m);
    expect((await on.run(line, { columns: 40 })).stdout).toContain(`NAA of the logical unit:\n  ${naa}\n`);
  });

  it('prints all of it with --json', async () => {
    using on = await loggedIn([LUN]);
    const { designators } = JSON.parse(
      (await on.run(`scsi inquiry --target ${DISK} --lun 1 --page 0x83 --json`)).stdout,
    );
    const ofUnit = { association: 'logicalUnit', protocol: null };
    expect(designators).toEqual([
      { ...ofUnit, type: 'naa', codeSet: 'binary', value: expect.stringMatching(/^6[0-9a-f]{31}$/) },
      { ...ofUnit, type: 't10VendorId', codeSet: 'ascii', value: 'ACME    SN-0042' },
    ]);
    const standard = JSON.parse((await on.run(`scsi inquiry --target ${DISK} --lun 1 --json`)).stdout);
    expect(standard).toMatchObject({ peripheralType: 'disk', peripheralQualifier: 0, vendor: 'ACME', version: 6 });
    expect(Buffer.from(standard.raw, 'hex').toString('latin1', 8, 12)).toBe('ACME');
  });

  it('shows a page that is not decoded as bytes, in lines of the terminal', async () => {
    using on = await loggedIn([LUN]);
    const page = Buffer.from([0, 0xb0, 0, 60, ...new Array(60).fill(0xab)]);
    const library = withInquiry(on.library, page);
    const { stdout } = await on.run(`scsi inquiry --target ${DISK} --page 0xb0`, { library, columns: 60 });
    expect(stdout).toMatch(/^Device: {2}disk\nPage: {4}0xb0\nBytes: {3}00 b0 00 3c ab ab/);
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(60);
    expect(stdout.match(/\bab\b/g)).toHaveLength(60);
  });

  it('says that a page is longer than what arrived of it', async () => {
    using on = await loggedIn([LUN]);
    const list = Buffer.from([0, 0, 0, 4, 0x00, 0x80, 0x83]);
    const library = withInquiry(on.library, list);
    expect((await on.run(`scsi inquiry --target ${DISK} --page 0`, { library })).stdout).toBe(
      'Device:     disk\nPage:       0x00\nPages:      0x00, 0x80, 0x83\nTruncated:  yes: there is more than is printed here\n',
    );
    const { isTruncated } = JSON.parse(
      (await on.run(`scsi inquiry --target ${DISK} --page 0 --json`, { library })).stdout,
    );
    expect(isTruncated).toBe(true);
  });

  it.each([
    [0x7f, 'none: the target has no such LUN'],
    [0x20, 'none at this LUN now'],
    [0x0c, 'storage array controller'],
    [0x12, 'automation drive interface'],
    [0x1a, 'unknown (26)'],
  ])('says what the first byte 0x%x means', async (first, text) => {
    const standard = Buffer.alloc(36, ' ');
    standard.set([first, 0x80, 9]);
    using on = await loggedIn([LUN]);
    const library = withInquiry(on.library, standard);
    const { stdout, status } = await on.run(`scsi inquiry --target ${DISK}`, { library });
    expect(stdout).toMatch(new RegExp(`^Device: +${text.replace(/[()]/g, '\\$&')}\n`));
    expect(stdout).toMatch(/^Standard: +unknown \(9\)\nRemovable medium: +yes\n/m);
    expect(status).toBe(0);
  });
});

describe('a SCSI command that the device refuses', () => {
  it('says what the device said, and ends with status 1', async () => {
    using on = await loggedIn([{ lun: 0 }]);
    const { stdout, stderr, status } = await on.run(`scsi capacity --target ${DISK} --lun 9`);
    expect(stderr).toMatch(
      /^iscsidsc: ISDSC_SCSI_REQUEST_FAILED: .+ The device answered check condition: illegal request, Logical unit not supported\. 'iscsidsc scsi luns' lists the LUNs that the target has\.\n$/,
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  it('is JSON with its status and its sense data', async () => {
    using on = await loggedIn([{ lun: 0 }]);
    const { stderr } = await on.run(`scsi inquiry --target ${DISK} --page 0xb0 --json`);
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'ISDSC_SCSI_REQUEST_FAILED',
      syscall: 'SendScsiInquiry',
      scsiStatus: 'checkCondition',
      sense: { key: 'illegalRequest', asc: 0x24, ascq: 0, raw: expect.stringMatching(/^7000050000/) },
      hint: expect.stringContaining("'--page 0x00' lists those that it has"),
    });
  });

  it.each([
    [{ scsi: 0x18 }, 'Another machine has reserved the LUN'],
    [{ scsi: 0x08 }, 'Try again in a second.'],
    [{ scsi: 0x28 }, 'Try again in a second.'],
    [{ scsi: 0x02, asc: 0x29, key: 6 }, 'The device says this once after a restart: try again.'],
    [{ scsi: 0x02, asc: 0x3a, key: 2 }, 'Put a medium into the device.'],
    [{ scsi: 0x02, asc: 0x44, key: 4 }, 'With --json, the error has all that the device said.'],
  ])('has advice for %j', async (refusal, advice) => {
    using on = await loggedIn([{ lun: 0 }]);
    const { stderr, status } = await on.run(`scsi luns --target ${DISK}`, { library: refusing(on.library, refusal) });
    expect(stderr).toContain(`. ${advice}`);
    expect(status).toBe(1);
  });
});

describe('what the device said of it', () => {
  it.each([
    [
      { responseCode: 0x71, key: 3, asc: 0x0c },
      'The device answered check condition of an earlier command: medium error, Write error. ',
    ],
    [{ responseCode: 0x7f }, 'The device answered check condition, and more that cannot be read. With --json'],
    [{ key: 9, asc: 0x80 }, 'The device answered check condition: vendor specific, ASC 0x80, ASCQ 0x00. '],
  ])('is printed: %j', async (refusal, text) => {
    using on = await loggedIn([{ lun: 0 }]);
    const library = refusing(on.library, { scsi: 0x02, ...refusal });
    expect((await on.run(`scsi luns --target ${DISK}`, { library })).stderr).toContain(text);
  });
});

const LUN_RULE =
  "Option '--lun' needs a whole number from 0 to 16383, or 0x and 16 digits as 'iscsidsc scsi luns' prints them";

describe('what is asked', () => {
  it('must be a session that is there', async () => {
    using on = machine();
    for (const verb of ['luns', 'capacity', 'inquiry']) {
      expect(await on.run(`scsi ${verb} --target iqn.none`)).toMatchObject({ status: 4, stdout: '' });
      expect((await on.run(`scsi ${verb}`)).stderr).toMatch(/^iscsidsc: SESSION or --target is missing\./);
    }
  });

  it('must be connected', async () => {
    using on = machine();
    const reconnecting = on.library.sessions.find(({ connections }) => connections.length === 0)?.sessionId;
    const { stderr, status } = await on.run(`scsi luns ${reconnecting}`);
    expect(stderr).toMatch(/ISDSC_NO_CONNECTION_AVAILABLE: .* 'iscsidsc session wait --target IQN' waits/);
    expect(status).toBe(1);
  });

  it.each([
    ['capacity --lun 16384', `${LUN_RULE}, not '16384'.`],
    // Which would be another LUN than 1.
    ['capacity --lun 0x1', `${LUN_RULE}, not '0x1'.`],
    ['inquiry --lun -1', `${LUN_RULE}.`],
    ['inquiry --page 256', "Option '--page' needs the number of a page such as 0x83, at most 255, not '256'."],
    ['inquiry --page 0x100', "not '0x100'."],
    ['inquiry --page x', "not 'x'."],
    ['luns --lun 0', "Unknown option '--lun'."],
  ])('%s is wrong usage', async (words, problem) => {
    const { stderr, status } = await run(`scsi ${words} 1-2`.split(' '));
    expect(stderr).toContain(problem);
    expect(status).toBe(2);
  });
});

import { describe, expect, it } from 'vitest';
import { describeSessions } from '../../src/index.js';
import { createSimulator, exampleDevices, exampleSessions } from '../../src/simulator.js';
import { run, runSessions } from './run.js';

const example = exampleSessions(1, { name: 'vol' })[0] as ReturnType<typeof exampleSessions>[number];
const connection = example.connections[0] as (typeof example.connections)[number];
const defaults = createSimulator().sessions;

describe('the table of sessions', () => {
  it('has a line for each session, with the columns aligned', async () => {
    const { stdout, stderr, status } = await runSessions({});
    expect(stdout).toBe(
      [
        'SESSION ID                         TARGET                                         PORTALS                                 CONNECTIONS  STATE',
        'ffffe00112345010-4000013700000000  iqn.1992-08.com.example.san:vol-sql            192.168.1.108:3260, 192.168.2.108:3260  2            connected',
        'ffffe00112345010-4000013700000001  iqn.2005-10.org.example.nas:backup             [fd00:10:20::5]:3260                    1            connected',
        'ffffe00112345010-4000013700000002  iqn.2004-04.com.example.archive:lun0                                                   0            reconnecting',
        'ffffe00112345010-4000013700000003  iqn.1991-05.com.microsoft:filer-quorum-target  192.168.1.20:3260                       1            connected',
        '',
      ].join('\n'),
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('says so when there are none', async () => {
    const { stdout, status } = await runSessions({ sessions: [] });
    expect(stdout).toBe('There are no active iSCSI sessions.\n');
    expect(status).toBe(0);
  });

  it('calls a session without connections reconnecting', async () => {
    const { stdout } = await runSessions({ sessions: [{ ...example, connections: [] }] });
    expect(stdout.split('\n')[1]).toMatch(/vol-0 +0 +reconnecting$/);
  });

  it('takes the target name where the node name is NULL, and says when both are', async () => {
    const { stdout } = await runSessions({
      sessions: [
        { ...example, targetNodeName: null, targetName: 'iqn.of-the-target' },
        { ...example, targetNodeName: 'iqn.of-the-node', targetName: 'iqn.of-the-target' },
        { ...example, targetNodeName: null, targetName: null },
      ],
    });
    expect(stdout.split('\n').map(line => line.split(/ {2,}/)[1])).toEqual([
      'TARGET',
      'iqn.of-the-target',
      'iqn.of-the-node',
      '(null)',
      undefined,
    ]);
  });

  it('puts IPv6 addresses in brackets, once', async () => {
    const portal = (targetAddress: string | null) => ({ ...connection, targetAddress });
    const { stdout } = await runSessions({
      sessions: [{ ...example, connections: ['10.0.0.5', 'fe80::1%4', '[fd00::5]', null].map(portal) }],
    });
    expect(stdout).toContain('  10.0.0.5:3260, [fe80::1%4]:3260, [fd00::5]:3260, (null):3260  4  ');
  });

  it('shows control characters and invisible ones instead of sending them', async () => {
    const { stdout } = await runSessions({
      sessions: [
        {
          ...example,
          targetNodeName: 'a\x1b[2Jb\nc\x7fd\x9be\u202ef\u2028g\ud800h\u{e0001}i',
          connections: [{ ...connection, targetAddress: '10.0.0.5\r' }],
        },
      ],
    });
    const line = stdout.split('\n')[1];
    expect(line).toContain('  a\\x1b[2Jb\\x0ac\\x7fd\\x9be\\u202ef\\u2028g\\ud800h\\u{e0001}i  ');
    expect(line).toContain('  10.0.0.5\\x0d:3260  ');
    expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('keeps the columns aligned behind wide and combining characters', async () => {
    const { stdout } = await runSessions({
      sessions: [
        { ...example, targetNodeName: 'iqn.1992-08.jp.例え:ディスク' },
        { ...example, targetNodeName: 'iqn.1992-08.fr.ame\u0301lie:disque' },
        { ...example, targetNodeName: 'iqn.1992-08.com.example:0123' },
      ],
    });
    // Each wide character takes the place of two, each combining one of none.
    const places = stdout.split('\n').map(line => line.search(/10\.0\.0\.0|PORTALS/));
    expect(places).toEqual([65, 65 - 6, 65 + 1, 65, -1]);
  });
});

describe('the table on a terminal', () => {
  it('is left alone where it fits', async () => {
    const { stdout } = await runSessions({}, [], { columns: 148 });
    expect(stdout).toBe((await runSessions({})).stdout);
  });

  it('shortens targets in the middle where it does not', async () => {
    const { stdout } = await runSessions({}, [], { columns: 120 });
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'SESSION ID                         TARGET              PORTALS                                 CONNECTIONS  STATE',
      'ffffe00112345010-4000013700000000  iqn.1992…n:vol-sql  192.168.1.108:3260, 192.168.2.108:3260  2            connected',
      'ffffe00112345010-4000013700000001  iqn.2005…as:backup  [fd00:10:20::5]:3260                    1            connected',
    ]);
  });

  it('gives each value a line of its own where targets would become unrecognizable', async () => {
    const { stdout } = await runSessions({ sessions: defaults.slice(0, 3) }, [], { columns: 46 });
    expect(stdout).toBe(
      [
        'SESSION ID   ffffe00112345010-4000013700000000',
        'TARGET       iqn.1992-08.com.…mple.san:vol-sql',
        'PORTALS      192.168.1.108:3260',
        '             192.168.2.108:3260',
        'CONNECTIONS  2',
        'STATE        connected',
        '',
        'SESSION ID   ffffe00112345010-4000013700000001',
        'TARGET       iqn.2005-10.org.…ample.nas:backup',
        'PORTALS      [fd00:10:20::5]:3260',
        'CONNECTIONS  1',
        'STATE        connected',
        '',
        'SESSION ID   ffffe00112345010-4000013700000002',
        'TARGET       iqn.2004-04.com.…ple.archive:lun0',
        'PORTALS',
        'CONNECTIONS  0',
        'STATE        reconnecting',
        '',
      ].join('\n'),
    );
  });

  it('never is wider than the terminal, from 46 columns on, and never loses a session id', async () => {
    for (let columns = 46; columns <= 150; columns++) {
      const { stdout } = await runSessions({}, [], { columns });
      expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(columns);
      for (const { sessionId } of defaults) expect(stdout).toContain(sessionId);
    }
  });

  it('has a bold heading and a coloured state', async () => {
    const { stdout } = await runSessions({}, [], { columns: 148, colour: true });
    const lines = stdout.split('\n');
    expect(lines[0]).toContain('\x1b[1mCONNECTIONS\x1b[22m  \x1b[1mSTATE\x1b[22m');
    expect(lines[1]).toContain('  2            \x1b[32mconnected\x1b[39m');
    expect(lines[3]).toContain('  0            \x1b[33mreconnecting\x1b[39m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
    expect(stdout.replace(/\x1b\[\d+m/g, '')).toBe((await runSessions({})).stdout);
  });
});

describe('sessions --json', () => {
  it('prints what the library gives', async () => {
    const { stdout, stderr, status } = await runSessions({}, ['--json']);
    expect(stdout).toBe(`${JSON.stringify(defaults, undefined, 2)}\n`);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('prints an empty array when there are none', async () => {
    expect((await runSessions({ sessions: [] }, ['--json'])).stdout).toBe('[]\n');
  });

  it('escapes what a terminal would obey, and means the same', async () => {
    const sessions = [{ ...example, targetName: 'a\x1bb\x9bc\x7fd\u202ee\u2028f\ud800g\u{e0001}é例' }];
    const { stdout } = await runSessions({ sessions }, ['--json'], { columns: 80, colour: true });
    expect(stdout).toContain('"a\\u001bb\\u009bc\\u007fd\\u202ee\\u2028f\\ud800g\\udb40\\udc01é例"');
    expect(JSON.parse(stdout)).toEqual(sessions);
  });
});

describe('sessions --devices', () => {
  const [first, , third] = defaults.map(({ sessionId }) => sessionId);
  const busy = { behaviour: { status: 'ISDSC_SESSION_BUSY' } };

  it('has the devices of a session beneath its line', async () => {
    const { stdout, stderr, status } = await runSessions({}, ['--devices']);
    expect(stdout.split('\n').filter(line => line.startsWith('  '))).toEqual([
      '  \\\\.\\PhysicalDrive1, SCSI 3:0:0:0, disk',
      '  \\\\.\\PhysicalDrive2, SCSI 3:0:1:0, disk',
      '  No devices',
      '  \\\\.\\PhysicalDrive4, SCSI 3:0:3:0, disk',
    ]);
    const sessionLines = stdout.split('\n').filter(line => !line.startsWith('  '));
    expect(sessionLines.join('\n')).toBe((await runSessions({})).stdout);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('prints what describeSessions gives with --json', async () => {
    const library = createSimulator();
    const { stdout } = await run(['sessions', '--devices', '--json'], { library });
    expect(JSON.parse(stdout)).toEqual(await describeSessions({ library }));
    library.dispose();
  });

  it('names other types, several devices, and devices without a name', async () => {
    const [disk] = Object.values(exampleDevices([example])).flat();
    if (disk === undefined) throw new Error('The example has no disk.');
    const typed = (deviceType: number) => ({ ...disk.storageDeviceNumber, deviceType });
    const devices = [
      { ...disk, legacyName: '\\\\.\\Tape0', storageDeviceNumber: typed(0x1f) },
      { ...disk, legacyName: '', deviceInterfaceName: '\\\\?\\x\x1b', storageDeviceNumber: typed(12) },
      { ...disk, legacyName: '', deviceInterfaceName: '' },
    ];
    const { stdout } = await runSessions({ sessions: [example], devices: { [example.sessionId]: devices } }, [
      '--devices',
    ]);
    expect(stdout.split('\n').slice(2)).toEqual([
      '  \\\\.\\Tape0, SCSI 3:0:0:0, tape',
      '  \\\\?\\x\\x1b, SCSI 3:0:0:0, device type 12',
      '  (no name), SCSI 3:0:0:0, disk',
      '',
    ]);
  });

  it('says why the devices of a session could not be had', async () => {
    const machine = { sessions: defaults.slice(0, 1), behaviour: { deviceBusy: 100 } };
    const { stdout, status } = await runSessions(machine, ['--devices']);
    expect(stdout.split('\n')[2]).toMatch(/^ {2}Devices not known: ISDSC_SESSION_BUSY: .+ Try again in a second\.$/);
    expect(status).toBe(0);
    const narrow = await runSessions(machine, ['--devices'], { columns: 60 });
    const lines = narrow.stdout.split('\n');
    expect(lines).toContain('DEVICES      Devices not known: ISDSC_SESSION_BUSY: Another');
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(60);
  });

  it('says so when there are no sessions', async () => {
    expect((await runSessions({ sessions: [] }, ['--devices'])).stdout).toBe('There are no active iSCSI sessions.\n');
    expect((await runSessions({ sessions: [] }, ['--devices', '--json'])).stdout).toBe('[]\n');
  });

  it('never is wider than the terminal, from 46 columns on', async () => {
    for (let columns = 46; columns <= 150; columns += 8) {
      const { stdout } = await runSessions({}, ['--devices'], { columns });
      expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(columns);
      expect(stdout).toContain('\\\\.\\PhysicalDrive4');
      for (const id of [first, third]) expect(stdout).toContain(id);
    }
  });

  it('fails as the list does', async () => {
    const { stdout, stderr, status } = await runSessions(busy, ['--devices', '--json']);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'ISDSC_SESSION_BUSY', syscall: 'GetIScsiSessionListW' });
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });
});

describe('the other options of sessions', () => {
  it('--simulate says first that the sessions are simulated', async () => {
    const { stdout, stderr, status } = await run(['sessions', '--simulate']);
    expect(stdout).toBe(`The sessions are simulated: they are not this machine's.\n${(await runSessions({})).stdout}`);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('--simulate says so on stderr with --json', async () => {
    const { stdout, stderr } = await run(['sessions', '--json', '--simulate']);
    expect(JSON.parse(stdout)).toEqual(defaults);
    expect(stderr).toBe("The sessions are simulated: they are not this machine's.\n");
  });

  it('--ansi calls the A function', async () => {
    const sessions = [{ ...example, targetNodeName: 'iqn.例え' }];
    expect((await runSessions({ sessions })).stdout).toContain('  iqn.例え  ');
    expect((await runSessions({ sessions }, ['--ansi'])).stdout).toContain('  iqn.??  ');
  });

  it('--timeout gives up after so many seconds', async () => {
    const machine = { behaviour: { delayMs: 500 } };
    const begin = performance.now();
    const { stdout, stderr, status, hanging } = await runSessions(machine, ['--timeout', '0.05']);
    expect(performance.now() - begin).toBeLessThan(400);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^iscsidsc: The initiator has not answered within 50 ms\. [^\n]+\n$/);
    expect({ status, hanging }).toEqual({ status: 1, hanging: true });
  });

  it('may stand in any order and more than once', async () => {
    expect((await runSessions({}, ['--json', '--timeout', '1', '--ansi', '--timeout=2', '--json'])).status).toBe(0);
  });
});

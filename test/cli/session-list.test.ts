import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { describeSessions } from '../../src/index.js';
import { createSimulator, exampleDevices, exampleSessions } from '../../src/simulator.js';
import { run, runOn, runSessions, SIMULATED } from './run.js';

const example = exampleSessions(1, { name: 'vol' })[0] as ReturnType<typeof exampleSessions>[number];
const connection = example.connections[0] as (typeof example.connections)[number];
const defaults = createSimulator().sessions;

describe('the table of sessions', () => {
  it('has a line for each session, with the columns aligned', async () => {
    const { stdout, stderr, status } = await runSessions({});
    expect(stdout).toBe(
      [
        'SESSION ID                         TARGET                                         STATE         PORTALS',
        'ffffe00112345010-4000013700000000  iqn.1992-08.com.example.san:vol-sql            connected     192.168.1.108:3260, 192.168.2.108:3260',
        'ffffe00112345010-4000013700000001  iqn.2005-10.org.example.nas:backup             connected     [fd00:10:20::5]:3260',
        'ffffe00112345010-4000013700000002  iqn.2004-04.com.example.archive:lun0           reconnecting',
        'ffffe00112345010-4000013700000003  iqn.1991-05.com.microsoft:filer-quorum-target  connected     192.168.1.20:3260',
        '',
      ].join('\n'),
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('is the same for `session list`', async () => {
    expect(await runOn({}, ['session', 'list'])).toEqual(await runSessions({}));
  });

  it('says so if there are none', async () => {
    const { stdout, status } = await runSessions({ sessions: [] });
    expect(stdout).toBe('There are no active iSCSI sessions.\n');
    expect(status).toBe(0);
  });

  it('calls a session without connections reconnecting', async () => {
    const { stdout } = await runSessions({ sessions: [{ ...example, connections: [] }] });
    expect(stdout.split('\n')[1]).toMatch(/vol-0 +reconnecting$/);
  });

  it('takes the target name if the node name is NULL, and says if both are', async () => {
    const { stdout } = await runSessions({
      sessions: [
        { ...example, sessionId: '1-1', targetNodeName: null, targetName: 'iqn.of-the-target' },
        { ...example, sessionId: '1-2', targetNodeName: 'iqn.of-the-node', targetName: 'iqn.of-the-target' },
        { ...example, sessionId: '1-3', targetNodeName: null, targetName: null },
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
    expect(stdout).toContain('  10.0.0.5:3260, [fe80::1%4]:3260, [fd00::5]:3260, (null):3260\n');
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
    expect(line).toContain('  10.0.0.5\\x0d:3260');
    expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('keeps the columns aligned behind wide and combining characters', async () => {
    const names = [
      'iqn.1992-08.jp.例え:ディスク',
      'iqn.1992-08.fr.ame\u0301lie:disque',
      'iqn.1992-08.com.example:0123',
    ];
    const { stdout } = await runSessions({
      sessions: names.map((targetNodeName, index) => ({ ...example, sessionId: `1-${index}`, targetNodeName })),
    });
    // Each wide character takes the place of two, each combining one of none.
    const places = stdout.split('\n').map(line => line.search(/connected|STATE/));
    const [heading = 0] = places;
    expect(places).toEqual([heading, heading - 6, heading + 1, heading, -1]);
  });
});

describe('the table on a terminal', () => {
  it('is left alone if it fits', async () => {
    const { stdout } = await runSessions({}, [], { columns: 135 });
    expect(stdout).toBe((await runSessions({})).stdout);
  });

  it('stacks portals if that is enough', async () => {
    const { stdout } = await runSessions({}, [], { columns: 120 });
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'SESSION ID                         TARGET                                         STATE         PORTALS',
      'ffffe00112345010-4000013700000000  iqn.1992-08.com.example.san:vol-sql            connected     192.168.1.108:3260',
      '                                                                                                192.168.2.108:3260',
      'ffffe00112345010-4000013700000001  iqn.2005-10.org.example.nas:backup             connected     [fd00:10:20::5]:3260',
    ]);
  });

  it('has targets on lines of their own in 80 columns', async () => {
    const { stdout } = await runSessions({}, [], { columns: 80 });
    expect(stdout).toBe(
      [
        'TARGET',
        '  SESSION ID                         STATE         PORTALS',
        'iqn.1992-08.com.example.san:vol-sql',
        '  ffffe00112345010-4000013700000000  connected     192.168.1.108:3260',
        '                                                   192.168.2.108:3260',
        'iqn.2005-10.org.example.nas:backup',
        '  ffffe00112345010-4000013700000001  connected     [fd00:10:20::5]:3260',
        'iqn.2004-04.com.example.archive:lun0',
        '  ffffe00112345010-4000013700000002  reconnecting',
        'iqn.1991-05.com.microsoft:filer-quorum-target',
        '  ffffe00112345010-4000013700000003  connected     192.168.1.20:3260',
        '',
      ].join('\n'),
    );
  });

  it('names a target once there for sessions that follow each other', async () => {
    const paths = exampleSessions(3).map(session => ({ ...session, targetNodeName: 'iqn.1992-08.com.example:paths' }));
    const { stdout } = await runSessions({ sessions: paths }, [], { columns: 80 });
    expect(stdout.match(/example:paths/g)).toHaveLength(1);
    for (const { sessionId } of paths) expect(stdout).toMatch(new RegExp(`^  ${sessionId}  connected `, 'm'));
  });

  it('has portals beneath in fewer columns', async () => {
    const { stdout } = await runSessions({ sessions: defaults.slice(0, 2) }, [], { columns: 50 });
    expect(stdout).toBe(
      [
        'TARGET',
        '  SESSION ID                         STATE',
        'iqn.1992-08.com.example.san:vol-sql',
        '  ffffe00112345010-4000013700000000  connected',
        '    192.168.1.108:3260',
        '    192.168.2.108:3260',
        'iqn.2005-10.org.example.nas:backup',
        '  ffffe00112345010-4000013700000001  connected',
        '    [fd00:10:20::5]:3260',
        '',
      ].join('\n'),
    );
  });

  it('is never wider than the terminal because of what can move, and never shortens a name', async () => {
    const word = fc.stringMatching(/^[a-z0-9.:-]{1,60}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(word, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 49, max: 200 }),
        async (names, columns) => {
          const sessions = names.map(([name, connections], first) => {
            const [session] = exampleSessions(1, { first, connections });
            return { ...(session ?? example), targetNodeName: name };
          });
          const { stdout } = await runSessions({ sessions }, [], { columns });
          const lines = stdout.trimEnd().split('\n');
          const allNames = names.map(([name]) => name);
          for (const line of lines) if (line.length > columns) expect(allNames).toContain(line);
          const words = stdout.split(/[\s,]+/);
          for (const session of sessions) expect(words).toContain(session.sessionId);
          for (const name of allNames) expect(words).toContain(name);
          for (const { connections } of sessions) {
            for (const { targetAddress } of connections) expect(words).toContain(`${targetAddress}:3260`);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has a bold heading and a coloured state', async () => {
    const { stdout } = await runSessions({}, [], { columns: 148, colour: true });
    const [heading, connected, , reconnecting] = stdout.split('\n');
    expect(heading).toContain('  \x1b[1mSTATE\x1b[22m         \x1b[1mPORTALS\x1b[22m');
    expect(connected).toContain('  \x1b[32mconnected\x1b[39m     192.');
    expect(reconnecting).toContain('  \x1b[33mreconnecting\x1b[39m');
    expect(stripVTControlCharacters(stdout)).toBe((await runSessions({})).stdout);
  });
});

describe('sessions --target, --portal and --state', () => {
  const ids = async (...args: string[]) => {
    const { stdout } = await runSessions({}, [...args, '--json']);
    return JSON.parse(stdout).map(({ sessionId }: { sessionId: string }) => Number(sessionId.at(-1)));
  };

  it.each([
    [['--target', 'IQN.2005-10.org.example.nas:backup'], [1]],
    [['--portal', '192.168.2.108'], [0]],
    [['--portal=192.168.1.20:3260'], [3]],
    [['--portal', '192.168.1.20:860'], []],
    [['--portal', '[fd00:10:20:0::5]:3260'], [1]],
    [
      ['--state', 'connected'],
      [0, 1, 3],
    ],
    [['--state', 'reconnecting'], [2]],
    [['--state', 'connected', '--target', 'iqn.2004-04.com.example.archive:lun0'], []],
  ])('%j list the sessions that fit', async (args, expected) => {
    expect(await ids(...args)).toEqual(expected);
    expect(await ids(...args, '--devices')).toEqual(expected);
  });

  it('end with status 0 if none fits', async () => {
    const { stdout, status } = await runSessions({}, ['--target', 'iqn.none']);
    expect({ stdout, status }).toEqual({ stdout: 'No active iSCSI session fits.\n', status: 0 });
  });
});

describe('sessions --json', () => {
  it('prints what the library returns', async () => {
    const { stdout, stderr, status } = await runSessions({}, ['--json']);
    expect(stdout).toBe(`${JSON.stringify(defaults, undefined, 2)}\n`);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('prints an empty array if there are none', async () => {
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
  const busy = { behaviour: { status: 'ISDSC_SESSION_BUSY' } };

  it('has the devices of a session with their volumes beneath its line', async () => {
    const { stdout, stderr, status } = await runSessions({}, ['--devices']);
    expect(stdout.split('\n').filter(line => line.startsWith('  '))).toEqual([
      '  \\\\.\\PhysicalDrive1, SCSI 3:0:0:0, disk, E:\\',
      '  \\\\.\\PhysicalDrive2, SCSI 3:0:1:0, disk, F:\\',
      '  No devices',
      '  \\\\.\\PhysicalDrive4, SCSI 3:0:3:0, disk, H:\\',
    ]);
    const sessionLines = stdout.split('\n').filter(line => !line.startsWith('  '));
    expect(sessionLines.join('\n')).toBe((await runSessions({})).stdout);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('prints what describeSessions returns with --json', async () => {
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
      '  (no name), SCSI 3:0:0:0, disk, E:\\',
      '',
    ]);
  });

  it('says why the devices of a session are not known', async () => {
    const machine = { sessions: defaults.slice(0, 1), behaviour: { deviceBusy: 100 } };
    const { stdout, status } = await runSessions(machine, ['--devices']);
    expect(stdout.split('\n')[2]).toMatch(/^ {2}Devices not known: ISDSC_SESSION_BUSY: .+ Try again in a second\.$/);
    expect(status).toBe(0);
    const narrow = await runSessions(machine, ['--devices'], { columns: 60 });
    const lines = narrow.stdout.split('\n');
    expect(lines).toContain('    Devices not known: ISDSC_SESSION_BUSY: Another request');
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(60);
  });

  it('knows that a call for devices may still run when the time is over', async () => {
    const library = createSimulator({ sessions: exampleSessions(1) });
    // The list and what was negotiated are answered; the third call hangs.
    let calls = 0;
    const { func } = library;
    vi.spyOn(library, 'func').mockImplementation(name => {
      calls++;
      if (calls > 2) library.behaviour = { delayMs: 5000 };
      return func.call(library, name) as never;
    });
    const { stdout, status, hanging } = await run(['sessions', '--devices', '--timeout', '1', '--json'], { library });
    expect(JSON.parse(stdout)[0]).toMatchObject({ devices: null, devicesError: { pending: 'running' } });
    expect({ status, hanging }).toEqual({ status: 0, hanging: true });
    library.dispose();
  });

  it('says so if there are no sessions', async () => {
    expect((await runSessions({ sessions: [] }, ['--devices'])).stdout).toBe('There are no active iSCSI sessions.\n');
    expect((await runSessions({ sessions: [] }, ['--devices', '--json'])).stdout).toBe('[]\n');
  });

  it('fails as the list does', async () => {
    const { stdout, stderr, status } = await runSessions(busy, ['--devices', '--json']);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'ISDSC_SESSION_BUSY', syscall: 'GetIScsiSessionListW' });
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });
});

describe('the options of every command', () => {
  it('--simulate says on stderr that the sessions are simulated', async () => {
    const { stdout, stderr, status } = await run(['sessions', '--simulate']);
    expect({ stdout, stderr, status }).toEqual({
      stdout: (await runSessions({})).stdout,
      stderr: SIMULATED,
      status: 0,
    });
  });

  it('--simulate leaves stderr to errors with --json', async () => {
    const { stdout, stderr } = await run(['sessions', '--json', '--simulate']);
    expect(JSON.parse(stdout)).toEqual(defaults);
    expect(stderr).toBe('');
    const failed = await run(['session', 'show', '1-2', '--json', '--simulate']);
    expect(JSON.parse(failed.stderr)).toMatchObject({ code: 'ERR_ISCSIDSC_SESSION_NOT_FOUND' });
  });

  it('--ansi calls the A function', async () => {
    const sessions = [{ ...example, targetNodeName: 'iqn.例え' }];
    expect((await runSessions({ sessions })).stdout).toContain('  iqn.例え  ');
    expect((await runSessions({ sessions }, ['--ansi'])).stdout).toContain('  iqn.??  ');
  });

  it('--timeout gives up, and marks the call as running', async () => {
    const { stdout, stderr, status, hanging } = await runSessions({ behaviour: { delayMs: 500 } }, [
      '--timeout',
      '0.05',
    ]);
    expect(stderr).toMatch(
      /^iscsidsc: The initiator did not answer within 50 ms\. Allow more time with --timeout\. If the service MSiSCSI hangs, restart it\.\n$/,
    );
    expect({ stdout, status, hanging }).toEqual({ stdout: '', status: 3, hanging: true });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeSessions } from '../../src/index.js';
import { createSimulator, exampleSessions } from '../../src/simulator.js';
import { run, runOn } from './run.js';

const ID = 'ffffe00112345010-4000013700000001';
const RECONNECTING = 'ffffe00112345010-4000013700000002';
const show = ['session', 'show'];

describe('session show', () => {
  it('lists everything about one session', async () => {
    const { stdout, stderr, status } = await runOn({}, [...show, ID]);
    expect(stdout).toBe(`\
Session ID:                  ffffe00112345010-4000013700000001
State:                       connected
Target node name:            iqn.2005-10.org.example.nas:backup
Target name:                 iqn.2005-10.org.example.nas:backup
Initiator name:              iqn.1991-05.com.microsoft:win-server01.corp.example
ISID:                        400001370001
TSID:                        1100
Connections:                 1
Devices:                     1
Volumes:                     F:\\

Connection ffffe00112345010-3
  Target portal:             [fd00:10:20::5]:3260
  Initiator portal:          0.0.0.0:58850
  CID:                       0100
  State:                     full feature phase
  Protocol:                  tcp
  Header digest:             none
  Data digest:               none
  Authentication:            chap
  Max receive data segment:  65536 bytes
  Max datagram size:         0 bytes
  Estimated throughput:      0

Negotiated
  Session type:              data
  Initial R2T:               no
  Immediate data:            yes
  Data sequence in order:    yes
  Data PDU in order:         yes
  Error recovery level:      0
  Max outstanding R2T:       1
  First burst length:        65536 bytes
  Max burst length:          262144 bytes
  Max connections:           1

Device \\\\.\\PhysicalDrive2
  Type:                      disk
  SCSI address:              port 3, bus 0, target 1, LUN 0
  Device number:             2
  Partition number:          0
  Interface type:            53f56307-b6bf-11d0-94f2-00a0c91efb8b
  Interface name:            \\\\?\\scsi#disk&ven_example&prod_disk#2#{53f56307-b6bf-11d0-94f2-00a0c91efb8b}
  Device instance:           0x802
  Target name:               iqn.2005-10.org.example.nas:backup
  Initiator:                 ROOT\\ISCSIPRT\\0000_0
`);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('prints its description with --json', async () => {
    const library = createSimulator();
    const { stdout, stderr, status } = await run([...show, ID, '--json'], { library });
    expect(JSON.parse(stdout)).toEqual((await describeSessions({ library }))[1]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    library.dispose();
  });

  it('shows a reconnecting session', async () => {
    const { stdout, status } = await runOn({}, [...show, RECONNECTING]);
    expect(stdout).toContain('\nState:                     reconnecting\n');
    expect(stdout).toContain(
      'Connections:               0\nDevices:                   0\nVolumes:                   none\n\nNegotiated\n',
    );
    expect(status).toBe(0);
  });

  it('says why a part is missing', async () => {
    const behaviour = { deviceBusy: 100, missing: ['GetIScsiSessionListEx'] as const };
    const { stdout, status } = await runOn({ sessions: exampleSessions(1), behaviour }, [...show, '0000']);
    expect(stdout).toMatch(/^Devices: +not known: ISDSC_SESSION_BUSY: [^\n]+$/m);
    expect(stdout).toMatch(/^Negotiated\n {2}Reason: +not known: [^\n]*GetIScsiSessionListEx[^\n]*$/m);
    expect(status).toBe(0);
  });

  it('puts values that do not fit on lines of their own, and breaks no name', async () => {
    const whole = (await runOn({}, [...show, ID])).stdout;
    const { stdout } = await runOn({}, [...show, ID], { columns: 60 });
    expect(stdout).toContain(`Session ID:\n  ${ID}\nState:                       connected\n`);
    expect(stdout).toContain('  Interface type:\n    53f56307-b6bf-11d0-94f2-00a0c91efb8b\n');
    for (const columns of [20, 46, 60, 80]) {
      const narrow = (await runOn({}, [...show, ID], { columns })).stdout;
      expect(narrow.split(/\s+/)).toEqual(whole.split(/\s+/));
      for (const line of narrow.split('\n')) {
        if (line.length > columns) expect(line.trim()).toMatch(/^\S+$|^(Connection|Device|\w+) /);
      }
    }
  });

  it('has bold headings in colour', async () => {
    const { stdout } = await runOn({}, [...show, ID], { colour: true });
    expect(stdout).toContain('\n\x1b[1mNegotiated\x1b[22m\n');
  });

  it('shows control characters instead of sending them, and NULL strings', async () => {
    const sessions = exampleSessions(1).map(session => ({ ...session, initiatorName: 'a\x1b[2J', targetName: null }));
    const { stdout } = await runOn({ sessions }, [...show, '0000']);
    expect(stdout).toContain('a\\x1b[2J\n');
    expect(stdout).toMatch(/^Target name: +\(null\)$/m);
    expect(stdout).not.toContain('\x1b');
  });
});

describe('a session on the command line', () => {
  const shown = async (machine: Parameters<typeof runOn>[0], ...args: string[]) => {
    const result = await runOn(machine, [...show, ...args, '--json']);
    return { ...result, id: result.status === 0 ? JSON.parse(result.stdout).sessionId : undefined };
  };

  it.each([
    ['its id', [ID]],
    ['its id in capitals', [ID.toUpperCase()]],
    ['an end of its id', ['1']],
    ['an end in capitals that has the hyphen in it', ['0112345010-4000013700000001'.toUpperCase()]],
    ['its target', ['--target', 'IQN.2005-10.org.example.nas:backup']],
  ])('is named by %s', async (_, args) => {
    expect(await shown({}, ...args)).toMatchObject({ id: ID, status: 0 });
  });

  it('is the one whose whole id is given, though other ids end in it', async () => {
    const [session] = exampleSessions(1);
    const sessions = ['1-2', '11-2', '111-2'].map(sessionId => ({ ...session, sessionId })) as never;
    expect((await shown({ sessions }, '1-2')).id).toBe('1-2');
    expect((await shown({ sessions }, '0001-0002')).id).toBe('1-2');
    expect((await shown({ sessions }, '111-2')).id).toBe('111-2');
    expect((await shown({ sessions }, '11-2')).id).toBe('11-2');
  });

  it('is refused with the candidates if more than one fits', async () => {
    const ambiguous = await runOn({ sessions: exampleSessions(18) }, [...show, '1']);
    expect(ambiguous).toEqual({
      status: 2,
      hanging: false,
      stdout: '',
      stderr:
        'iscsidsc: There are 2 sessions whose id is or ends in 1. Give more of the id.\n' +
        '  ffffe00112345010-4000013700000001  iqn.2003-01.org.example:disk-1\n' +
        '  ffffe00112345010-4000013700000011  iqn.2003-01.org.example:disk-17\n',
    });
  });

  it('is refused with the candidates as JSON with --json', async () => {
    const sessions = exampleSessions(2).map(session => ({ ...session, targetNodeName: 'iqn.a' }));
    const { stderr, status } = await runOn({ sessions }, [...show, '--target', 'iqn.a', '--json']);
    expect(JSON.parse(stderr)).toEqual({
      code: 'ERR_ISCSIDSC_AMBIGUOUS_SESSION',
      message: 'There are 2 sessions with the target iqn.a. Give the id of one of them in place of --target.',
      hint: 'Give the id of one of them in place of --target.',
      candidates: sessions.map(({ sessionId }) => ({ sessionId, targetName: 'iqn.a' })),
    });
    expect(status).toBe(2);
  });

  it.each([
    [['1-2'], 'whose id is or ends in 1-2'],
    [['abc'], 'whose id is or ends in abc'],
    [['--target', 'iqn.none'], 'with the target iqn.none'],
  ])('%j is not found, with status 4', async (args, which) => {
    const { stdout, stderr, status } = await runOn({}, [...show, ...args]);
    expect(stderr).toBe(`iscsidsc: There is no session ${which}. 'iscsidsc sessions' lists the sessions.\n`);
    expect({ stdout, status }).toEqual({ stdout: '', status: 4 });
  });

  it('is found by every end that no other id has, and by no other', async () => {
    const id = fc.tuple(fc.bigInt({ min: 0n, max: 0xffffn }), fc.bigInt({ min: 0n, max: 0xffn }));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(id, { minLength: 1, maxLength: 6, selector: String }),
        fc.nat(),
        fc.integer({ min: 1, max: 7 }),
        async (halves, which, length) => {
          const ids = halves.map(half => half.map(number => number.toString(16)).join('-'));
          const sessions = exampleSessions(ids.length).map((session, index) => ({
            ...session,
            sessionId: ids[index] ?? '',
          }));
          const end = (ids[which % ids.length] ?? '').slice(-length);
          fc.pre(/^[0-9a-f]/.test(end));
          const fitting = ids.includes(end) ? [end] : ids.filter(each => each.endsWith(end));
          const { id, status } = await shown({ sessions }, end);
          expect(status === 0 ? [id] : status).toEqual(fitting.length === 1 ? fitting : 2);
        },
      ),
      { numRuns: 60 },
    );
  });
});

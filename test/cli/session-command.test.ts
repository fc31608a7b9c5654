import { describe, expect, it } from 'vitest';
import { describeSessions } from '../../src/index.js';
import { createSimulator, exampleSessions } from '../../src/simulator.js';
import { run, runOn } from './run.js';

const ID = 'ffffe00112345010-4000013700000001';
const RECONNECTING = 'ffffe00112345010-4000013700000002';

describe('session ID', () => {
  it('lists everything about one session', async () => {
    const { stdout, stderr, status } = await runOn({}, ['session', ID]);
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

Negotiated parameters
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
    const { stdout, stderr, status } = await run(['session', ID, '--json'], { library });
    expect(JSON.parse(stdout)).toEqual((await describeSessions({ library }))[1]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    library.dispose();
  });

  it('takes the id in capitals', async () => {
    expect((await runOn({}, ['session', ID.toUpperCase()])).stdout).toContain(`Session ID:                  ${ID}\n`);
  });

  it('shows what there is of a reconnecting session', async () => {
    const { stdout, status } = await runOn({}, ['session', RECONNECTING]);
    expect(stdout).toContain('\nState:                     reconnecting\n');
    expect(stdout).toContain('Connections:               0\nDevices:                   0\n\nNegotiated parameters\n');
    expect(status).toBe(0);
  });

  it('says of each part that could not be had why', async () => {
    const behaviour = { deviceBusy: 100, missing: ['GetIScsiSessionListEx'] as const };
    const { stdout, status } = await runOn({ sessions: exampleSessions(1), behaviour }, [
      'session',
      ID.replace(/1$/, '0'),
    ]);
    expect(stdout).toMatch(/^Devices: +not known: ISDSC_SESSION_BUSY: [^\n]+$/m);
    expect(stdout).toMatch(/^Negotiated parameters\n {2}Reason: +not known: [^\n]*GetIScsiSessionListEx[^\n]*$/m);
    expect(status).toBe(0);
  });

  it('keeps to a narrow terminal without losing anything', async () => {
    const whole = (await runOn({}, ['session', ID])).stdout;
    for (const columns of [46, 60, 80]) {
      const { stdout } = await runOn({}, ['session', ID], { columns });
      expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(columns);
      expect(stdout.replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
    }
  });

  it('has bold headings in colour', async () => {
    const { stdout } = await runOn({}, ['session', ID], { colour: true });
    expect(stdout).toContain('\n\x1b[1mNegotiated parameters\x1b[22m\n');
  });

  it('shows control characters instead of sending them, and NULL strings', async () => {
    const sessions = exampleSessions(1).map(session => ({ ...session, initiatorName: 'a\x1b[2J', targetName: null }));
    const { stdout } = await runOn({ sessions }, ['session', ID.replace(/1$/, '0')]);
    expect(stdout).toContain('a\\x1b[2J\n');
    expect(stdout).toMatch(/^Target name: +\(null\)$/m);
    expect(stdout).not.toContain('\x1b');
  });

  it('of an unknown id fails with the code of Windows', async () => {
    const { stdout, stderr, status } = await runOn({}, ['session', '1-2']);
    expect(stderr).toBe(
      'iscsidsc: ISDSC_INVALID_SESSION_ID: No active session has the id 1-2. ' +
        "'iscsidsc sessions' lists them: an id is good until logout, and a new login gets a new one.\n",
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    const json = await runOn({}, ['session', '1-2', '--json']);
    expect(JSON.parse(json.stderr)).toEqual({
      code: 'ISDSC_INVALID_SESSION_ID',
      message: expect.stringContaining('No active session has the id 1-2.'),
      hint: expect.stringContaining("'iscsidsc sessions'"),
    });
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { machine, run } from './run.js';

const COMMANDS = [
  ...['status', 'doctor', 'connect', 'disconnect'],
  ...['session list', 'session show', 'session watch', 'session wait', 'session logout'],
  ...['portal list', 'portal add', 'portal remove', 'portal refresh'],
  ...['target list', 'target show', 'target login', 'target forget', 'target add', 'target remove'],
  ...['connection add', 'connection remove', 'favorite list', 'favorite remove', 'initiator show', 'initiator rename'],
  ...['service show', 'service start'],
  ...['isns list', 'isns add', 'isns refresh', 'isns remove', 'chap set-secret'],
  ...['radius list', 'radius add', 'radius remove', 'radius set-secret'],
  ...['device list', 'device bind', 'device bind-all', 'device unbind', 'device clear'],
  ...['scsi luns', 'scsi capacity', 'scsi inquiry'],
];

describe('help', () => {
  it.each([[['help']], [['--help']], [['-h']], [['help', 'help']]])('%j lists the commands', async argv => {
    const { stdout, stderr, status } = await run(argv);
    expect(stdout).toBe(`\
Usage: iscsidsc COMMAND [options]

Query and control the iSCSI initiator of Windows.

Overview:
  status             Show the service, the initiator, its portals, and the targets with their sessions and disks
  doctor             Find out what is wrong with the initiator of this machine, and what to do

Connect and disconnect:
  connect            Connect to a target: register its portals, log in, and wait for its disks and drive letters
  disconnect         Log out the sessions of a target, a disk or a volume

Sessions:
  session list       List the active sessions (the same: sessions)
  session show       Show everything about one session: its connections, what was negotiated, and its devices
  session watch      Watch sessions: one line per change, or a live table on a terminal
  session wait       Wait until a target is connected, has devices or is gone
  session logout     Log out one session
  connection add     Add a connection to a session
  connection remove  Remove a connection of a session

Disks:
  disk list          List the disks of the sessions, with their sizes and volumes (the same: disks)
  disk show          Show everything about one disk: its target, paths and volumes, and what the device says of itself
  disk rescan        Let Windows look for new disks, for a LUN that is new at its target

Targets:
  target list        List the targets that Windows knows (the same: targets)
  target show        Show everything about one target: how it was found, its portals, sessions and saved logins
  target login       Log in to a target, and show its disks
  target forget      Remove the saved logins of a target, log it out, and remove the static target
  target add         Add a target that no portal reports (a static target)
  target remove      Remove a static target

Where Windows looks for targets:
  portal list        List the portals that Windows asks for targets (the same: portals)
  portal add         Register a portal, and ask it for its targets
  portal refresh     Ask a registered portal for its targets again
  portal remove      Remove a portal from those that Windows asks for targets
  isns list          List the iSNS servers that Windows asks for targets
  isns add           Register an iSNS server, and ask it for its targets
  isns refresh       Ask a registered iSNS server for its targets again, or all of them
  isns remove        Remove an iSNS server from those that Windows asks for targets

What Windows does when it starts:
  favorite list      List the saved logins, which Windows makes when it starts (the same: favorites)
  favorite remove    Remove a saved login
  device list        List the bound volumes: Windows waits for them when it starts
  device bind        Bind a volume: let Windows wait for it when it starts
  device bind-all    Bind the volumes of all targets that are logged in now
  device unbind      Unbind a volume: Windows no longer waits for it
  device clear       Unbind all volumes

SCSI commands to the LUNs of a session:
  scsi luns          Ask a target for its LUNs, and show which device each is (REPORT LUNS)
  scsi capacity      Ask a LUN how much it holds (READ CAPACITY)
  scsi inquiry       Ask a LUN what it is: vendor, product, serial number, unique names (INQUIRY)

This machine:
  service show       Show the state of the iSCSI Initiator service, and when it starts
  service start      Start the iSCSI Initiator service, and wait until it runs
  initiator show     Show the version and the names of the initiator
  initiator rename   Change the node name of the initiator
  chap set-secret    Set the secret by which targets prove themselves to this machine (mutual CHAP)
  radius list        List the RADIUS servers that check CHAP for the initiator
  radius add         Register a RADIUS server
  radius remove      Remove a RADIUS server
  radius set-secret  Set the secret that this machine shares with its RADIUS servers

Options:
  -h, --help     Print this help
  -V, --version  Print the version of iscsidsc

'iscsidsc help COMMAND' describes a command, its options and an example.
Commands that remove or end something, or change a name or a secret, ask first; --yes answers.
Exit status: 0 done, 1 failed, 2 wrong usage, 3 timed out, 4 not found, 5 access denied, 130 interrupted.
`);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each([[['help', 'session']], [['session', '--help']], [['session', '-h']]])('%j lists the verbs', async argv => {
    const { stdout, stderr, status } = await run(argv);
    expect(stdout).toMatch(/^Usage: iscsidsc session VERB \[options\]\n\nCommands:\n( {2}session \w+ .*\n){5}\n/);
    expect(stdout).not.toContain('initiator');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each([
    [['help', 'session', 'list']],
    [['help', 'sessions']],
    [['--help', 'sessions']],
    [['sessions', '--help']],
    [['session', 'list', '-h']],
    [['sessions', '--json', '--nope', '--timeout', '-h']],
  ])('%j describes the command and calls nothing', async argv => {
    const { stdout, stderr, status } = await run(argv);
    expect(stdout).toMatch(
      /^Usage: iscsidsc session list \[options\]\nThe same: iscsidsc sessions\n\nList the active sessions\.\n\nOptions:\n/,
    );
    expect(stdout).toMatch(/^ {6}--devices {2,}Add the devices of each session$/m);
    expect(stdout).toMatch(/^ {6}--state STATE {2,}Only sessions in this state: connected or reconnecting$/m);
    expect(stdout).toMatch(/^ {2}-h, --help {2,}Print this help\n\nExample:\n {2}iscsidsc sessions --devices --state/m);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each(COMMANDS)('of %s has a usage, the common options and an example that is right', async name => {
    const { stdout } = await run(['help', ...name.split(' ')]);
    expect(stdout).toMatch(new RegExp(`^Usage: iscsidsc ${name}( [^\\n]+)? \\[options\\]\\n`));
    for (const option of ['json', 'simulate', 'ansi', 'timeout', 'help']) expect(stdout).toContain(` --${option} `);
    const [, example = ''] = /\nExample:\n {2}iscsidsc (.+)\n$/.exec(stdout) ?? [];
    expect(example).not.toBe('');
    if (name === 'session watch') return;
    using on = machine();
    await on.prepare(name);
    const secret = name === 'radius set-secret' ? 'shared-with-the-server!' : 'target-1234567';
    const terminal = { ask: async () => 'y', askSecret: async () => secret };
    const { status, stderr } = await on.run(`${example} --json`, terminal);
    expect(status).toBe(0);
    // One of the portals of the simulated machine is down.
    const warnings = stderr.split('\n').filter(Boolean);
    for (const warning of warnings) expect(JSON.parse(warning)).toMatchObject({ name: 'StatusWarning' });
  });

  it('shows operands, defaults and what is required', async () => {
    expect((await run(['help', 'session', 'logout'])).stdout).toMatch(
      /^Usage: iscsidsc session logout \(SESSION \| --target IQN\) \[options\]\n/,
    );
    expect((await run(['help', 'connect'])).stdout).toMatch(
      /^Usage: iscsidsc connect \[ADDR\[:PORT\]\]\.\.\. IQN \[options\]\n/,
    );
    expect((await run(['help', 'session', 'logout'])).stdout).toMatch(/ --retries N {2,}[^\n]+ \(default: 0\)\n/);
    expect((await run(['help', 'session', 'wait'])).stdout).toMatch(
      /^Usage: iscsidsc session wait --target IQN \[options\]\n[\s\S]* --target IQN [^\n]+ \(required\)\n/,
    );
    expect((await run(['help', 'session', 'watch'])).stdout).toMatch(/ --interval SECONDS [^\n]+ \(default: 2\)\n/);
  });

  it('keeps to the width of the terminal, and breaks no word', async () => {
    const words = (text: string) => text.split(/\s+/);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('', 'session', ...COMMANDS),
        fc.integer({ min: 30, max: 130 }),
        async (topic, columns) => {
          const argv = ['help', ...topic.split(' ').filter(Boolean)];
          const { stdout } = await run(argv, { columns });
          expect(words(stdout)).toEqual(words((await run(argv)).stdout));
          const wide = stdout.split('\n').filter(line => line.length > columns);
          // The example is for copying, and some words alone are wider.
          for (const line of wide) expect(line).toMatch(/^ {2}iscsidsc |^ *\S+$/);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is printed on stderr, with status 2, if the command line is incomplete', async () => {
    expect(await run([])).toMatchObject({ stdout: '', stderr: (await run(['help'])).stdout, status: 2 });
    expect(await run(['session'])).toMatchObject({
      stdout: '',
      stderr: (await run(['help', 'session'])).stdout,
      status: 2,
    });
  });
});

it.each(['--version', '-V'])('%s prints the version of the package', async option => {
  expect(await run([option])).toEqual({ stdout: '1.2.3\n', stderr: '', status: 0, hanging: false });
});

it('what the command line says to type is there', async () => {
  const said = sources().flatMap(text => [...text.matchAll(/'iscsidsc ((?:help )?[a-z]+(?: [a-z][a-z-]*)?)/g)]);
  expect(said.length).toBeGreaterThan(30);
  for (const [, words = ''] of said) {
    const { stderr, status } = await run([
      'help',
      ...words
        .replace(/^help ?/, '')
        .split(' ')
        .filter(Boolean),
    ]);
    expect({ stderr, status }, words).toEqual({ stderr: '', status: 0 });
  }
});

/** The files of the command line. */
function sources(): string[] {
  const folder = fileURLToPath(new URL('../../src/cli/', import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter(name => name.endsWith('.ts')).map(name => readFileSync(`${folder}${name}`, 'utf8'));
}

import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../src/simulator.js';
import { withTexts } from '../library-with-texts.js';
import { run, runOn, runSessions } from './run.js';

const stopped = { behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } };

describe('a failed call', () => {
  it('ends with status 1 and one line on stderr, without a stack', async () => {
    const { stdout, stderr, status, hanging } = await runSessions(stopped);
    expect(stderr).toMatch(
      /^iscsidsc: ISDSC_SERVICE_NOT_RUNNING: [^\n]+ \(GetIScsiSessionListW, 0xEFFF003E\)\.[^\n]*\n$/,
    );
    expect({ stdout, status, hanging }).toEqual({ stdout: '', status: 1, hanging: false });
  });

  it('is one line of JSON with --json', async () => {
    const { stdout, stderr, status } = await runSessions(stopped, ['--json', '--ansi']);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(stderr)).toEqual({
      code: 'ISDSC_SERVICE_NOT_RUNNING',
      errno: 0xefff003e,
      syscall: 'GetIScsiSessionListA',
      message: expect.stringContaining('ISDSC_SERVICE_NOT_RUNNING'),
      hint: expect.any(String),
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  it.each([
    ['session show', ['1-2'], 'GetIScsiSessionListW'],
    ['session wait', ['--target', 'iqn.a'], 'GetIScsiSessionListW'],
    ['session logout', ['1-2', '--yes'], 'GetIScsiSessionListW'],
    ['initiator show', [], 'GetIScsiVersionInformation'],
    ['portal list', [], 'ReportIScsiSendTargetPortalsExW'],
    ['portal add', ['10.0.0.10'], 'ReportIScsiTargetsW'],
    ['portal remove', ['10.0.0.10', '--yes'], 'ReportIScsiSendTargetPortalsExW'],
    ['portal refresh', ['10.0.0.10'], 'ReportIScsiSendTargetPortalsExW'],
    ['target list', [], 'ReportIScsiTargetsW'],
    ['target show', ['iqn.a'], 'ReportIScsiTargetsW'],
    ['target login', ['iqn.a'], 'LoginIScsiTargetW'],
    ['target forget', ['iqn.a', '--yes'], 'ReportIScsiTargetsW'],
    ['target add', ['iqn.a'], 'AddIScsiStaticTargetW'],
    ['target remove', ['iqn.a', '--yes'], 'RemoveIScsiStaticTargetW'],
    ['connection add', ['1-2', '10.0.0.10'], 'GetIScsiSessionListW'],
    ['connection remove', ['1-2', '3', '--yes'], 'GetIScsiSessionListW'],
    ['favorite list', [], 'ReportIScsiPersistentLoginsW'],
    ['favorite remove', ['iqn.a', '--yes'], 'ReportIScsiPersistentLoginsW'],
    ['scsi luns', ['1-2'], 'GetIScsiSessionListW'],
    ['scsi capacity', ['1-2'], 'GetIScsiSessionListW'],
    ['scsi inquiry', ['1-2'], 'GetIScsiSessionListW'],
    ['initiator rename', ['iqn.a', '--yes'], 'GetIScsiInitiatorNodeNameW'],
    ['chap set-secret', ['--clear', '--yes'], 'SetIScsiInitiatorCHAPSharedSecret'],
    ['isns list', [], 'ReportISNSServerListW'],
    ['isns add', ['isns.example'], 'ReportIScsiTargetsW'],
    ['isns refresh', [], 'ReportISNSServerListW'],
    ['isns remove', ['isns.example', '--yes'], 'ReportISNSServerListW'],
    ['radius list', [], 'ReportRadiusServerListW'],
    ['radius add', ['10.0.0.9'], 'AddRadiusServerW'],
    ['radius remove', ['10.0.0.9', '--yes'], 'ReportRadiusServerListW'],
    ['radius set-secret', ['--clear', '--yes'], 'SetIScsiInitiatorRADIUSSharedSecret'],
    ['device list', [], 'ReportPersistentIScsiDevicesW'],
    ['device bind', ['E:'], 'AddPersistentIScsiDeviceW'],
    ['device bind-all', ['--yes'], 'ReportPersistentIScsiDevicesW'],
    ['device unbind', ['E:', '--yes'], 'RemovePersistentIScsiDeviceW'],
    ['device clear', ['--yes'], 'ReportPersistentIScsiDevicesW'],
  ])('of %s %j ends with status 1, too', async (command, args, syscall) => {
    const { stdout, stderr, status } = await runOn(stopped, [...command.split(' '), ...args, '--json']);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'ISDSC_SERVICE_NOT_RUNNING', syscall });
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  it('is wrapped at words on a terminal, and no word is broken', async () => {
    const { stderr } = await runSessions(stopped, [], { errorColumns: 40 });
    const lines = stderr.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(40);
    expect(lines.join(' ')).toBe((await runSessions(stopped)).stderr.trimEnd());
  });

  it('leaves out of the JSON what it does not have', async () => {
    const { stderr } = await runOn({}, ['session', 'show', '1-2', '--json']);
    expect(Object.keys(JSON.parse(stderr))).toEqual(['code', 'message', 'hint']);
  });

  it('prints the text of Windows for an unknown status', async () => {
    const simulator = createSimulator({ behaviour: { status: 0xefffffff } });
    const library = withTexts(simulator, status => `Status ${status} $& 100 $'.`);
    const { stderr } = await run(['sessions'], { library });
    expect(stderr).toMatch(/ \(GetIScsiSessionListW, 0xEFFFFFFF\)\. Windows says: Status 4026531839 \$& 100 \$'\.\n$/);
    simulator.dispose();
  });

  it('also if what is thrown is not an error of the package', async () => {
    const library = {
      ...createSimulator(),
      name: 'broken',
      decodeAnsi: () => '',
      encodeAnsi: () => new Uint8Array(),
      func: () => {
        throw 'no error at all';
      },
    };
    const { stderr, status } = await run(['sessions'], { library });
    expect({ stderr, status }).toEqual({ stderr: 'iscsidsc: no error at all\n', status: 1 });
  });
});

describe('the exit status', () => {
  const status = async (code: string | number) => (await runSessions({ behaviour: { status: code } })).status;

  it('is 1 for a failed call', async () => {
    expect(await status('ISDSC_LOGIN_FAILED')).toBe(1);
  });

  it('is 3 for a timeout', async () => {
    const { stderr, status } = await runSessions({ behaviour: { delayMs: 500 } }, ['--timeout', '0.01', '--json']);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', syscall: 'GetIScsiSessionListW' });
    expect(status).toBe(3);
  });

  it.each([
    ...['ISDSC_TARGET_NOT_FOUND', 'ISDSC_PORTAL_NOT_FOUND', 'ISDSC_INVALID_SESSION_ID'],
    ...['ISDSC_ISNS_SERVER_NOT_FOUND', 'ISDSC_DEVICE_NOT_FOUND'],
  ])('is 4 for %s', async code => expect(await status(code)).toBe(4));

  it('is 1 for a host that the network does not know, which is no thing of this machine', async () => {
    expect(await status('WSAHOST_NOT_FOUND')).toBe(1);
  });

  it('is 2 for what the library refuses to pass on', async () => {
    const { stderr, status } = await runOn({}, ['target', 'add', '\u4f8b', '--ansi']);
    expect(stderr).toContain('Text for an A form must be in the ANSI code page, here 1252');
    expect(status).toBe(2);
  });

  it('is 5 for denied access', async () => {
    expect(await status('ERROR_ACCESS_DENIED')).toBe(5);
  });
});

describe('the advice', () => {
  it('is for people at a prompt', async () => {
    const denied = await runSessions({ behaviour: { status: 'ERROR_ACCESS_DENIED' } });
    expect(denied.stderr).toContain("Open the terminal with 'Run as administrator'");
    expect((await runSessions(stopped)).stderr).toContain('net start MSiSCSI');
  });

  it
    .skipIf(process.platform === 'win32')
    .each([
      ['sessions'],
      ['session show 1-2'],
      ['session watch'],
      ['session wait --target iqn.a'],
      ['session logout 1-2 --yes'],
      ['initiator show'],
      ['portals'],
      ['portal add 10.0.0.10'],
      ['portal remove 10.0.0.10 --yes'],
      ['portal refresh 10.0.0.10'],
      ['targets --refresh'],
      ['target show iqn.a'],
      ['target login iqn.a'],
      ['target forget iqn.a --yes'],
      ['target add iqn.a'],
      ['target remove iqn.a --yes'],
      ['connection add 1-2 10.0.0.10'],
      ['connection remove 1-2 3 --yes'],
      ['favorites'],
      ['favorite remove iqn.a --yes'],
      ['scsi luns 1-2'],
      ['scsi capacity 1-2'],
      ['scsi inquiry 1-2'],
      ['initiator rename iqn.a --yes'],
      ['chap set-secret --clear --yes'],
      ['isns list'],
      ['isns add isns.example'],
      ['isns refresh'],
      ['isns remove isns.example --yes'],
      ['radius list'],
      ['radius add 10.0.0.9'],
      ['radius remove 10.0.0.9 --yes'],
      ['radius set-secret --clear --yes'],
      ['device list'],
      ['device bind E:'],
      ['device bind-all --yes'],
      ['device unbind E: --yes'],
      ['device clear --yes'],
    ])('of %s off Windows is --simulate', async line => {
    const argv = line.split(' ');
    const { stdout, stderr, status } = await run(argv);
    expect(stderr).toMatch(
      /^iscsidsc: iscsidsc\.dll is a part of Windows, and this is \w+\. Run it on Windows, or add --simulate [^\n]+\.\n$/,
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(JSON.parse((await run([...argv, '--json'])).stderr)).toEqual({
      code: 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM',
      message: expect.stringContaining('--simulate'),
      hint: expect.stringMatching(/^Run it on Windows, or add --simulate/),
    });
  });
});

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { shows } from '../arguments/secret.js';

const program = (name: string) => fileURLToPath(new URL(`programs/${name}.mjs`, import.meta.url));

describe('NODE_DEBUG=iscsidsc', () => {
  it('logs when each native call begins and returns, with its sizes, status and time', async () => {
    const { stdout, stderr } = await run('iscsidsc');
    const lines = stderr.trimEnd().split('\n');
    expect(lines.map(line => line.replace(/^ISCSIDSC \d+: /, '').replace(/ \d+\.\d{3} ms/, ' TIME ms'))).toEqual([
      expect.stringMatching(/^GetIScsiSessionListW begins, BufferSize 32768, SessionCount \d+$/),
      expect.stringMatching(
        /^GetIScsiSessionListW 0x0000007A ERROR_INSUFFICIENT_BUFFER, TIME ms, BufferSize 32768 -> \d+, SessionCount \d+ -> \d+$/,
      ),
      expect.stringMatching(/^GetIScsiSessionListW begins, BufferSize \d+, SessionCount \d+$/),
      expect.stringMatching(
        /^GetIScsiSessionListW 0x00000000, TIME ms, BufferSize \d+ -> \d+, SessionCount \d+ -> 600$/,
      ),
      expect.stringMatching(/^GetIScsiSessionListA begins, BufferSize \d+, SessionCount \d+$/),
      expect.stringMatching(/^GetIScsiSessionListA 0x00000000, TIME ms, BufferSize \d+ -> \d+, SessionCount \d+ -> 2$/),
      'GetIScsiInitiatorNodeNameW begins',
      'GetIScsiInitiatorNodeNameW 0x00000000, TIME ms',
      expect.stringMatching(/^GetIScsiSessionListW begins, BufferSize/),
      expect.stringMatching(/^GetIScsiSessionListW 0xEFFF003E ISDSC_SERVICE_NOT_RUNNING, TIME ms, BufferSize/),
      'GetIScsiSessionListW begins, BufferSize 4096',
      'GetIScsiSessionListW 0x0000DEAD, TIME ms, BufferSize 4096 -> 4096',
      'GetIScsiSessionListW begins',
      'GetIScsiSessionListW 0x0000DEAD, TIME ms',
      'GetIScsiSessionListW begins, BufferSize 8',
      'GetIScsiSessionListW 0x0000DEAD, TIME ms, BufferSize 8 -> NaN',
      'GetIScsiInitiatorNodeNameW begins',
      'GetIScsiInitiatorNodeNameW failed: This simulator has been disposed of., TIME ms',
      'GetIScsiInitiatorNodeNameW begins',
      'GetIScsiInitiatorNodeNameW failed: This simulator has been disposed of., TIME ms',
    ]);
    expect(stdout).toBe('57005\nERR_ISCSIDSC_DISPOSED\nERR_ISCSIDSC_DISPOSED\n');
  });

  it('logs nothing from a buffer', async () => {
    expect((await run('iscsidsc')).stderr).not.toContain('very-private');
  });

  it('logs the calls that have secrets, and nothing of the secrets', async () => {
    const { stdout, stderr } = await run('iscsidsc', 'traced-secrets');
    for (const name of [
      'LoginIScsiTargetW',
      'AddIScsiConnectionW',
      'AddIScsiSendTargetPortalW',
      'AddIScsiStaticTargetA',
    ])
      expect(stderr).toContain(`${name} begins`);
    expect(stdout).toContain('ERR_ISCSIDSC_INVALID_ARGUMENT');
    expect(shows(stdout + stderr, 'very-private')).toBe(false);
  });

  it('is silent unless it is asked for', async () => {
    expect((await run('http')).stderr).toBe('');
  });
});

function run(NODE_DEBUG: string, name = 'traced'): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [program(name)], { env: { ...process.env, NODE_DEBUG } });
}

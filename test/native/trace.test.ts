import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('programs/traced.mjs', import.meta.url));

describe('NODE_DEBUG=iscsidsc', () => {
  it('tells of each native call: its sizes before and after, its status and its time', async () => {
    const { stdout, stderr } = await run('iscsidsc');
    expect(stdout).toBe('ERR_ISCSIDSC_DISPOSED\n');
    const lines = stderr.trimEnd().split('\n');
    const told = lines.map(line => {
      const [, call, ms] = /^ISCSIDSC \d+: (.*), \d+\.\d{3} ms(?=,|$)/.exec(line) ?? [];
      expect(line).toMatch(/ ms(, \w+ \d+ -> \d+)*$/);
      return [call, ms, ...line.split(' ms, ').slice(1)].filter(part => part !== undefined).join('; ');
    });
    const grown = /^GetIScsiSessionListW 0x00000000; BufferSize (\d+) -> (\d+), SessionCount \d+ -> 600$/;
    const [short, whole, ...others] = told;
    expect(short).toMatch(
      /^GetIScsiSessionListW 0x0000007A ERROR_INSUFFICIENT_BUFFER; BufferSize 32768 -> \d+, SessionCount \d+ -> \d+$/,
    );
    const [, given, used] = grown.exec(whole ?? '') ?? [];
    expect(Number(given)).toBeGreaterThan(Number(used));
    expect(others).toEqual([
      expect.stringMatching(/^GetIScsiSessionListA 0x00000000; BufferSize \d+ -> \d+, SessionCount \d+ -> 2$/),
      'GetIScsiInitiatorNodeNameW 0x00000000',
      expect.stringMatching(/^GetIScsiSessionListW 0xEFFF003E ISDSC_SERVICE_NOT_RUNNING; BufferSize/),
      'GetIScsiSessionListW 0x0000DEAD; BufferSize 4096 -> 4096',
      'GetIScsiSessionListW 0x0000DEAD',
      'GetIScsiInitiatorNodeNameW failed: This simulator has been disposed of.',
    ]);
  });

  it('tells nothing that stands in a buffer', async () => {
    expect((await run('iscsidsc')).stderr).not.toContain('very-private');
  });

  it('is silent unless it is asked for', async () => {
    expect((await run('http')).stderr).toBe('');
  });
});

function run(NODE_DEBUG: string): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [PROGRAM], { env: { ...process.env, NODE_DEBUG } });
}

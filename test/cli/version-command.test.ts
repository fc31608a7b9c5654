import { describe, expect, it } from 'vitest';
import { run, runOn } from './run.js';

describe('version', () => {
  it('prints the versions and the names', async () => {
    expect(await runOn({}, ['version'])).toEqual({
      status: 0,
      hanging: false,
      stdout: `\
iscsidsc:           1.2.3
Initiator version:  10.0.20348
Node name:          iqn.1991-05.com.microsoft:win-server01.corp.example
Initiator names:    ROOT\\ISCSIPRT\\0000_0
`,
      stderr: '',
    });
  });

  it('prints them with --json', async () => {
    expect(JSON.parse((await runOn({}, ['version', '--json', '--ansi'])).stdout)).toEqual({
      version: '1.2.3',
      initiator: { majorVersion: 10, minorVersion: 0, buildNumber: 20348 },
      nodeName: 'iqn.1991-05.com.microsoft:win-server01.corp.example',
      initiatorNames: ['ROOT\\ISCSIPRT\\0000_0'],
    });
  });

  it('keeps to a narrow terminal', async () => {
    const { stdout } = await runOn({}, ['version'], { columns: 40 });
    const rest = ' '.repeat(20);
    expect(stdout).toContain(
      `Node name:          iqn.1991-05.com.micr\n${rest}osoft:win-server01.c\n${rest}orp.example\n`,
    );
  });

  it('takes --simulate', async () => {
    expect((await run(['version', '--simulate'])).stdout).toMatch(
      /^The sessions are simulated.*\niscsidsc: +1\.2\.3\n/,
    );
  });
});

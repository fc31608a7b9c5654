import { describe, expect, it } from 'vitest';
import { run, runOn, SIMULATED } from './run.js';

const show = ['initiator', 'show'];

describe('initiator show', () => {
  it('prints the names and the versions', async () => {
    expect(await runOn({}, show)).toEqual({
      status: 0,
      hanging: false,
      stdout: `\
Node name:          iqn.1991-05.com.microsoft:win-server01.corp.example
Initiator names:    ROOT\\ISCSIPRT\\0000_0
Initiator version:  10.0.20348
iscsidsc:           1.2.3
`,
      stderr: '',
    });
  });

  it('prints them with --json', async () => {
    expect(JSON.parse((await runOn({}, [...show, '--json', '--ansi'])).stdout)).toEqual({
      version: '1.2.3',
      initiator: { majorVersion: 10, minorVersion: 0, buildNumber: 20348 },
      nodeName: 'iqn.1991-05.com.microsoft:win-server01.corp.example',
      initiatorNames: ['ROOT\\ISCSIPRT\\0000_0'],
    });
  });

  it('does not break a name on a narrow terminal', async () => {
    const { stdout } = await runOn({}, show, { columns: 40 });
    expect(stdout).toContain('Node name:\n  iqn.1991-05.com.microsoft:win-server01.corp.example\nInitiator names:  ');
  });

  it('takes --simulate', async () => {
    const { stdout, stderr } = await run([...show, '--simulate']);
    expect(stdout).toMatch(/^Node name: +iqn\./);
    expect(stderr).toBe(SIMULATED);
  });
});

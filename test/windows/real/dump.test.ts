import { describe, expect, it } from 'vitest';
import { readDump } from './dump.js';
import { sampleText, sidesOf } from './sides.js';
import { summaryOf } from './summary.js';

describe('reading a dump', () => {
  it('takes a byte order mark, single objects, wrapped lists, and members of CIM', () => {
    const [expected] = readDump(sampleText('four-sessions')).sessions;
    const one = readDump(`\uFEFF${sampleText('one-session')}`);
    expect(one.sessions).toEqual([expected]);
    expect([one.initiatorPorts, one.tcpConnections, one.problems].map(list => list.length)).toEqual([1, 1, 0]);
    expect(readDump(sampleText('no-session')).sessions).toEqual([]);
  });
  it('refuses what is no dump, and says where', () => {
    const broken = sampleText('four-sessions').replace('"NumberOfConnections": 2', '"NumberOfConnections": "two"');
    expect(() => readDump(broken)).toThrow('dump.sessions[3].NumberOfConnections is no number');
    expect(() => readDump('{}')).toThrow('dump.recorded is no text');
    expect(() => readDump('null')).toThrow('dump is no object');
  });
});

describe('the summary of a run', () => {
  it('says the byte order, and that there is no difference', async () => {
    const summary = summaryOf(await sidesOf('four-sessions'));
    expect(summary).toContain('4 sessions, 4 connections. `initiatorSocket` has the bytes of the TCP port swapped');
    expect(summary).toContain('- ffff990fafe34010-c: 41458, swapped 62113, Get-IscsiConnection says 41458: network');
    expect(summary).toContain("The package and Microsoft's cmdlets say the same.");
    expect(summary).toContain('- a cmdlet said: No MSFT_iSCSIConnection objects found');
  });
  it('lists the differences', async () => {
    const { sessions, ...rest } = await sidesOf('one-session');
    expect(summaryOf({ ...rest, sessions: [] })).toContain(`- ${sessions[0]?.sessionId}: the package says undefined`);
  });
});

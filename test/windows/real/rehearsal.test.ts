import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { siteContract } from '../../contract/initiator/contract.js';
import { agreement } from './agreement.js';
import { readDump } from './dump.js';
import { sampleText, simulatorOf } from './sides.js';
import { simulatedServer } from './simulated-server.js';
import { sitesOf } from './windows-site.js';

// What a real Windows will run, rehearsed: the simulator in place of the DLL, a sample in place of PowerShell.
describe('rehearsal with the simulator', () => {
  const dump = readDump(sampleText('four-sessions'));
  const library = simulatorOf(dump);
  const folder = mkdtempSync(join(tmpdir(), 'iscsidsc-rehearsal-'));
  const recording = join(folder, 'recording.json');
  const summary = join(folder, 'summary.md');
  vi.stubEnv('ISCSIDSC_RECORDING', recording);
  vi.stubEnv('GITHUB_STEP_SUMMARY', summary);
  afterAll(() => {
    vi.unstubAllEnvs();
    library.dispose();
    rmSync(folder, { recursive: true });
  });

  const dumpNow = () => {
    const ids = library.sessions.map(({ sessionId }) => sessionId);
    return { ...dump, sessions: dump.sessions.filter(({ SessionIdentifier }) => ids.includes(SessionIdentifier)) };
  };
  const said: string[] = [];
  agreement({ library, dumpNow, hasOwnTargets: true, say: result => said.push(result) });

  it('leaves a recording and a summary, and says the byte order', () => {
    expect(said).toEqual([expect.stringContaining('(network byte order).\nffff990fafe34010-a: 58847, swapped 57317')]);
    expect(JSON.parse(readFileSync(recording, 'utf8'))).toMatchObject({
      dump: { recorded: dump.recorded },
      described: [{ state: 'connected' }, {}, { state: 'reconnecting' }, {}],
      sessionsAnsi: [{}, {}, {}, {}],
      parameters: [{}, {}, {}, {}],
      version: { majorVersion: 10 },
    });
    expect(readFileSync(summary, 'utf8')).toContain("The package and Microsoft's cmdlets say the same.");
  });
});

describe('rehearsal of the rules of an initiator with a simulated Windows Server', () => {
  const server = simulatedServer();
  const skipped = new Set<string>();
  const sites = sitesOf({ ...server, skip: (_, reason) => skipped.add(reason) });
  afterAll(() => server.library.dispose());
  siteContract(sites, it);

  it('leaves nothing behind', () => {
    const { sessions, persistentLogins, sendTargetPortals } = server.library;
    expect([sessions, persistentLogins, sendTargetPortals]).toEqual([[], [], []]);
  });
  it('skips what a Windows Server cannot do, with a reason', () => {
    expect(skipped.size).toBeGreaterThan(3);
    for (const reason of skipped) expect(reason).toMatch(/\w+ \w+/);
  });
});

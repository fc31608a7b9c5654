import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDump } from './dump.js';
import { sampleText } from './sides.js';

const scripts = readdirSync(new URL('.', import.meta.url)).filter(name => name.endsWith('.ps1'));

describe('the PowerShell scripts', () => {
  for (const name of scripts) {
    it(`${name} is ASCII, which Windows PowerShell 5.1 reads without a byte order mark`, () => {
      expect(textOf(name)).toMatch(/^[\n -~]+$/);
    });
    it(`${name} stops at the first error and at misspelt names`, () => {
      expect(textOf(name)).toContain("Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n");
    });
  }

  it('that change something ask for an administrator', () => {
    const changing = scripts.filter(name => textOf(name).includes('#Requires -RunAsAdministrator\n'));
    expect(changing).toEqual(['setup-target.ps1', 'teardown-target.ps1']);
  });

  it('call what is made and what is undone by the same names', () => {
    const [setup, teardown] = ['setup-target.ps1', 'teardown-target.ps1'].map(name =>
      textOf(name).match(/^\$(prefix|folder|stateFile|targetKey) = .+$/gm),
    );
    expect(setup).toHaveLength(4);
    expect(teardown).toEqual(setup);
  });

  it('dump every member that is read', () => {
    const { sessions, initiatorPorts, tcpConnections, ...others } = readDump(sampleText('one-session'));
    const [session] = sessions;
    const lists = [session?.Connections, session?.Disks, initiatorPorts, tcpConnections].map(list => list?.[0]);
    const quoted = [...lists, { ...session, Connections: undefined, Disks: undefined }].flatMap(record =>
      Object.entries(record ?? {}).flatMap(([member, value]) => (value === undefined ? [] : [`'${member}'`])),
    );
    const assigned = ['sessions', 'initiatorPorts', 'tcpConnections', ...Object.keys(others)];
    const notes = ['-NotePropertyName Connections', '-NotePropertyName Disks'];
    const dump = textOf('dump-sessions.ps1');
    for (const text of [...quoted, ...notes]) expect(dump).toContain(text);
    for (const member of assigned) expect(dump).toMatch(new RegExp(`^ {4}${member} += `, 'm'));
  });
});

function textOf(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

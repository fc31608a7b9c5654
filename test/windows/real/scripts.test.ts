import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDump } from './dump.js';
import { sampleText } from './sides.js';
import { sampleSiteText } from './simulated-server.js';
import { parseSiteFile } from './site-file.js';

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

  it('let nobody but administrators read the secrets, and print them nowhere', () => {
    const setup = textOf('setup-target.ps1');
    const [before = '', after] = setup.split('[System.IO.File]::WriteAllText($siteFile');
    expect(after).toBeDefined();
    expect(before).toContain("/inheritance:r /grant '*S-1-5-32-544:(OI)(CI)F' /grant '*S-1-5-18:(OI)(CI)F'");
    const told = setup.split('\n').filter(line => /Write-|throw|Format-Table|Out-Host|Set-Content/.test(line));
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter(line => /\$(site|chap|asked|proof|mutual)\b/.test(line))).toEqual([]);
  });

  it('write every member of a site that is read, and no other', () => {
    const setup = textOf('setup-target.ps1');
    const site = parseSiteFile(sampleSiteText());
    const [, written = ''] = /^\$site = \[ordered\] @\{\n(.*?)^\}/ms.exec(setup) ?? [];
    expect([...written.matchAll(/^ {4}(\w+) +=/gm)].map(([, name]) => name)).toEqual(Object.keys(site));
    const membersOf = (text: string) => [...text.matchAll(/(\w+) = /g)].map(([, name]) => name);
    const ordered = (name: string) => new RegExp(`\\b${name} += \\[ordered\\] @\\{(.*?)\\}`).exec(setup)?.[1] ?? '';
    for (const name of ['chap', 'lacks'] as const) expect(membersOf(ordered(name))).toEqual(Object.keys(site[name]));
    expect(membersOf(/portals +=.*/.exec(written)?.[0] ?? '')).toEqual(Object.keys(site.portals));
    const kinds = /foreach \(\$kind in (.*)\) \{\n {4}\$name/.exec(setup)?.[1] ?? '';
    expect(kinds).toBe(
      Object.keys(site.targets)
        .map(kind => `'${kind}'`)
        .join(', '),
    );
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

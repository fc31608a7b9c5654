import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findNode } from '../package/nodes.mjs';
import { requiredTier } from '../required.js';
import { Running } from './running.js';
import { EXAMPLE_NAMES } from './users-project.js';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(`${PROJECT}/examples/README.md`, 'utf8');
const [, shell = ''] = /```sh\n([\s\S]*?)```/.exec(README) ?? [];
const commands = shell.trim().split('\n');
const withTypes = requiredTier(findNode('24'));

describe('examples/README.md', () => {
  it('names every example, and nothing else', () => {
    const named = [...README.matchAll(/^\| \[(.+)\]\((.+)\) \|/gm)].map(([, name, link]) => {
      expect(link).toBe(name);
      return name;
    });
    expect(named.filter(name => !name?.endsWith('/')).sort()).toEqual([...EXAMPLE_NAMES].sort());
    expect(named.filter(name => !existsSync(`${PROJECT}/examples/${name}`))).toEqual([]);
  });

  it('has a command for every example', () => {
    expect(commands.map(command => /^node examples\/(\S+)/.exec(command)?.[1]).sort()).toEqual(
      [...EXAMPLE_NAMES].sort(),
    );
  });

  for (const command of commands) {
    const [, ...args] = command.replace('--port 9860', '--port 0').split(' ');
    const typed = args[0]?.endsWith('.ts');
    it.skipIf(typed && !withTypes.ok)(`runs as written: ${command}`, async () => {
      const node = typed && withTypes.ok ? withTypes.program : process.execPath;
      const running = new Running(node, args, PROJECT, process.env);
      const first = await running.line();
      expect(first).toMatch(/simulated/i);
      if (/watch|server/.test(command)) running.signal('SIGINT');
      const { status, stderr } = await running.ended;
      // Windows ends a process at a signal without asking it.
      if (process.platform !== 'win32') expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      if (command.includes('check')) expect(README).toContain(`\`\`\`\n${first}\n\`\`\``);
    });
  }
});

#!/usr/bin/env node
import { version } from '../package.json';
import { ask } from './cli/ask.js';
import { Interruption } from './cli/interruption.js';
import { endWithReader, leave } from './cli/leave.js';
import { main } from './cli/main.js';

const { stdin, stdout, stderr, env } = process;
const interruption = new Interruption(process);
const obeysEscapes = stdout.isTTY && env.TERM !== 'dumb';

endWithReader(stdout, stderr, interruption);
const outcome = await main(process.argv.slice(2), {
  stdout,
  stderr,
  // Both change with the window. Some terminals say that they are 0 columns wide.
  get columns() {
    return stdout.columns || undefined;
  },
  get rows() {
    return obeysEscapes ? stdout.rows || undefined : undefined;
  },
  colour: obeysEscapes && !env.NO_COLOR,
  version,
  interruption,
  now: () => new Date(),
  ...(stdin.isTTY && stderr.isTTY ? { ask: (question: string) => ask(question, stdin, stderr) } : {}),
});
await leave(outcome, [stdout, stderr]);

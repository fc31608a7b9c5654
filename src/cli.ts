#!/usr/bin/env node
import { version } from '../package.json';
import { main } from './cli/main.js';
import { ask } from './cli/terminal/ask.js';
import { askSecret } from './cli/terminal/ask-secret.js';
import { wantsColour } from './cli/terminal/colour.js';
import { Interruption } from './cli/terminal/interruption.js';
import { endWithReader, leave } from './cli/terminal/leave.js';

const { stdout, stderr, env } = process;
const interruption = new Interruption(process);
const obeysEscapes = stdout.isTTY && env.TERM !== 'dumb';

endWithReader(stdout, stderr, interruption);
const outcome = await main(process.argv.slice(2), {
  stdout,
  stderr,
  // These change with the window. Some terminals say that they are 0 columns wide.
  get columns() {
    return stdout.columns || undefined;
  },
  get rows() {
    return obeysEscapes ? stdout.rows || undefined : undefined;
  },
  get errorColumns() {
    return stderr.columns || undefined;
  },
  errorObeysEscapes: stderr.isTTY && env.TERM !== 'dumb',
  colour: wantsColour(env, stdout),
  version,
  interruption,
  now: () => new Date(),
  get ask() {
    // Not before a command asks: to open stdin takes a while.
    const { stdin } = process;
    if (!stdin.isTTY || !stderr.isTTY) return undefined;
    return (question: string, signal: AbortSignal) => ask(question, stdin, stderr, signal);
  },
  get askSecret() {
    const { stdin } = process;
    if (!stdin.isTTY || !stderr.isTTY) return undefined;
    return (question: string, signal: AbortSignal) =>
      askSecret(question, stdin, stderr, signal, () => interruption.interrupt());
  },
  get stdin() {
    return process.stdin;
  },
  environment: env,
});
await leave(outcome, [stdout, stderr]);

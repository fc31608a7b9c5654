#!/usr/bin/env node
import { version } from '../package.json';
import { endWithReader, leave } from './cli/leave.js';
import { main } from './cli/main.js';

const { stdout, stderr, env } = process;

endWithReader(stdout, stderr);
const outcome = await main(process.argv.slice(2), {
  stdout,
  stderr,
  // Some terminals say that they are 0 columns wide.
  columns: stdout.columns || undefined,
  colour: stdout.isTTY && !env.NO_COLOR && env.TERM !== 'dumb',
  version,
});
await leave(outcome, [stdout, stderr]);

import type { Command } from './command.js';
import { type Outcome, reportFailure } from './failure.js';
import { generalHelp } from './help.js';
import type { Io } from './io.js';
import { logoutCommand } from './logout-command.js';
import { sessionCommand } from './session-command.js';
import { sessionsCommand } from './sessions-command.js';
import { UsageError } from './usage-error.js';
import { versionCommand } from './version-command.js';
import { waitCommand } from './wait-command.js';
import { watchCommand } from './watch-command.js';

const COMMANDS: readonly Command[] = [
  sessionsCommand,
  sessionCommand,
  watchCommand,
  waitCommand,
  logoutCommand,
  versionCommand,
];

/** The command line: `argv` is what follows `iscsidsc`. Never rejects. */
export async function main(argv: readonly string[], io: Io): Promise<Outcome> {
  try {
    const status = await run(argv, io);
    return { status, hanging: io.interruption.interrupted };
  } catch (error) {
    return reportFailure(error, argv.includes('--json'), io.stderr);
  }
}

async function run([first, ...rest]: readonly string[], io: Io): Promise<0 | 2> {
  if (first === undefined) {
    io.stderr.write(generalHelp(COMMANDS));
    return 2;
  }
  if (first === '--help' || first === '-h') {
    io.stdout.write(generalHelp(COMMANDS));
    return 0;
  }
  if (first === '--version') {
    io.stdout.write(`${io.version}\n`);
    return 0;
  }
  const command = COMMANDS.find(({ name }) => name === first);
  if (command === undefined) {
    throw new UsageError(`Unknown ${first.startsWith('-') ? 'option' : 'command'} '${first}'.`, 'iscsidsc');
  }
  await command.run(rest, io);
  return 0;
}

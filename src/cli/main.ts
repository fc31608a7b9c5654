import type { Command } from './command.js';
import { type Outcome, reportFailure } from './failure.js';
import { generalHelp } from './help.js';
import type { Io } from './io.js';
import { sessionsCommand } from './sessions-command.js';
import { UsageError } from './usage-error.js';

const COMMANDS: readonly Command[] = [sessionsCommand];

/** The command line: `argv` is what follows `iscsidsc`. Never rejects. */
export async function main(argv: readonly string[], io: Io): Promise<Outcome> {
  try {
    return { status: await run(argv, io), hanging: false };
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

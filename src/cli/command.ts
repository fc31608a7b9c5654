import { commandHelp } from './help.js';
import type { Io } from './io.js';
import { type Options, parseOptions, type Values } from './options.js';
import { UsageError } from './usage-error.js';

/** A word after `iscsidsc`, and what it does with the rest of the command line. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  run(args: readonly string[], io: Io): Promise<void>;
}

export interface Definition<Known extends Options> {
  readonly name: string;
  readonly summary: string;
  readonly options: Known;
  /** The names of what must follow without an option: `['ID']`. */
  readonly operands?: readonly string[];
  run(values: Values<Known>, io: Io, operands: readonly string[]): Promise<void>;
}

const HELP = { help: { help: 'Print this help', short: 'h' } } as const;

export function defineCommand<Known extends Options>(definition: Definition<Known>): Command {
  const { name, summary, operands: expected = [] } = definition;
  const program = `iscsidsc ${name}`;
  const options = { ...definition.options, ...HELP };
  return {
    name,
    summary,
    async run(args, io) {
      const { values, operands } = parseOptions<Options>(program, options, args);
      if (values.help) {
        io.stdout.write(commandHelp(program, summary, options, expected));
        return;
      }
      const missing = expected[operands.length];
      if (missing !== undefined) throw new UsageError(`${missing} is missing.`, program);
      const extra = operands[expected.length];
      if (extra !== undefined) throw new UsageError(`Unexpected argument '${extra}'.`, program);
      await definition.run(values as Values<Known>, io, operands);
    },
  };
}

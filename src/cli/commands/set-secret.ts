import { type Command, type Context, defineCommand } from '../command.js';
import { UsageError } from '../failure.js';
import { FILE } from '../options/values.js';
import type { SecretSource } from '../secret.js';
import { paragraph } from '../terminal/details.js';

const OPTION = '--secret-file';

/** A secret that Windows keeps for the whole machine, and does not tell. */
interface MachineSecret {
  /** `chap set-secret`. */
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** What becomes of logins without it. */
  readonly clearHelp: string;
  readonly source: Pick<SecretSource, 'what' | 'variable'>;
  set(secret: string | Uint8Array | null, context: Context): Promise<void>;
}

/** The command that sets such a secret. It has no variable and no option in common with the secrets of logins. */
export function setSecretCommand({ name, summary, description, clearHelp, source, set }: MachineSecret): Command {
  return defineCommand({
    name,
    changes: true,
    asksTo: 'change the secret',
    summary,
    description,
    operands: {},
    options: {
      'secret-file': {
        help: `Read it from FILE, or from stdin if it is '-'. Without this option, it is that of the variable ${source.variable}, or is asked for`,
        type: FILE,
        ofSecret: true,
      },
      clear: { help: clearHelp },
    },
    example: name,
    async run({ 'secret-file': file, clear }, context) {
      if (file !== undefined && clear) throw new UsageError(`Give ${OPTION} or --clear, not both.`);
      const secret = clear ? null : await context.readSecret(file, { ...source, option: OPTION, isStored: true });
      await context.confirm(`${clear ? 'Clear' : 'Change'} the ${source.what} of this machine?`);
      await set(secret, context);
      return { isSet: secret !== null };
    },
    format: ({ isSet }, format) =>
      paragraph(`The ${source.what} of this machine is ${isSet ? 'set' : 'cleared'}.`, format),
  });
}

import type { PersistentLogin } from '../../../index.js';
import { sameAddress } from '../../../portal.js';
import { type Context, defineCommand } from '../../command.js';
import { CommandError, DoneInPart } from '../../failure.js';
import { theOnly } from '../../only.js';
import { INITIATOR_OPTIONS } from '../../options/initiator-options.js';
import type { Input } from '../../options/parse.js';
import { PORTAL, TARGET } from '../../options/values.js';
import type { Format } from '../../terminal/colour.js';
import { paragraph } from '../../terminal/details.js';
import { identityOf, isEqual, sameTarget, whereText } from './saved-login.js';

const OPERANDS = { target: { help: 'The name of the target', type: TARGET, required: true } } as const;
const OPTIONS = {
  portal: {
    help: "Only logins through this portal, or through 'any'",
    type: { ...PORTAL, read: (text: string) => (text === 'any' ? { address: '' } : PORTAL.read(text)) },
  },
  instance: { ...INITIATOR_OPTIONS.instance, help: "Only logins of this HBA instance, or of 'any'" },
  'port-number': { ...INITIATOR_OPTIONS['port-number'], help: 'Only logins of this local address' },
  all: { help: 'Remove all saved logins that fit' },
} as const;

interface RemovedFavorites {
  readonly removed: readonly PersistentLogin[];
  /** The saved logins to the target that are still there. */
  readonly left: readonly PersistentLogin[];
}

export const favoriteRemove = defineCommand({
  name: 'favorite remove',
  changes: true,
  asksTo: 'remove the saved login',
  summary: 'Remove a saved login',
  description:
    "Sessions stay: Windows no longer logs in when it starts. The target need not be there any more. 'iscsidsc target forget IQN' ends its sessions, too.",
  operands: OPERANDS,
  options: OPTIONS,
  example: 'favorite remove iqn.1992-08.com.example.san:vol-sql --all',
  async run(input, context): Promise<RemovedFavorites> {
    const saved = await loginsTo(input.target, context);
    const fitting = saved.filter(login => fits(login, input));
    const chosen = input.all ? allOf(fitting, input.target) : [oneOf(fitting, input.target)];
    await context.confirm(`Remove ${described(chosen)}? Windows no longer logs in there when it starts.`);
    return await remove(chosen, saved, context);
  },
  format: removedText,
});

async function loginsTo(target: string, { iscsidsc, options }: Context): Promise<readonly PersistentLogin[]> {
  const logins = await iscsidsc.reportIScsiPersistentLogins(options);
  return logins.filter(({ targetName }) => sameTarget(targetName, target));
}

function fits(login: PersistentLogin, { portal, instance, 'port-number': portNumber }: Input<typeof OPTIONS>): boolean {
  const { targetPortal, initiatorInstance, initiatorPortNumber } = login;
  return (
    (portal === undefined || sameAddress(targetPortal.address, portal.address)) &&
    (portal?.port === undefined || targetPortal.socket === portal.port) &&
    (instance === undefined || initiatorInstance.toLowerCase() === instance.toLowerCase()) &&
    (portNumber === undefined || initiatorPortNumber === portNumber)
  );
}

/** All of them, but at least one. */
function allOf(fitting: readonly PersistentLogin[], target: string): readonly PersistentLogin[] {
  if (fitting.length === 0) throw noFavorite(target);
  return fitting;
}

/** One of them, if all are equal. */
function oneOf(fitting: readonly PersistentLogin[], target: string): PersistentLogin {
  const different = fitting.filter((login, index) => fitting.findIndex(each => isEqual(each, login)) === index);
  return theOnly(different, {
    kind: 'FAVORITE',
    none: noFavorite(target),
    many: count => `There are ${count} different saved logins to ${target} that fit.`,
    hint: 'Name one with --portal, --instance or --port-number, or remove all with --all.',
    candidate: login => ({ data: identityOf(login), text: whereText(login) }),
  });
}

function noFavorite(target: string): CommandError {
  const problem = `There is no saved login to ${target} that fits.`;
  return new CommandError(
    'ERR_ISCSIDSC_FAVORITE_NOT_FOUND',
    4,
    problem,
    "'iscsidsc favorites' lists the saved logins.",
  );
}

/** Says what is gone afterwards: Windows may take one for any portal for several. */
async function remove(
  chosen: readonly PersistentLogin[],
  saved: readonly PersistentLogin[],
  context: Context,
): Promise<RemovedFavorites> {
  const { iscsidsc, options } = context;
  let left = saved;
  try {
    for (const login of chosen) {
      if (!left.some(each => isEqual(each, login))) continue;
      await iscsidsc.removeIScsiPersistentTarget(login.targetName, { ...login, ...options });
      left = without(left, [login]);
      left = await loginsTo(login.targetName, context);
    }
  } catch (error) {
    const removed = without(saved, left);
    throw removed.length === 0 ? error : new DoneInPart({ removed, left }, error);
  }
  return { removed: without(saved, left), left };
}

/** Each of `some` takes one of its equals away. */
function without(all: readonly PersistentLogin[], some: readonly PersistentLogin[]): PersistentLogin[] {
  const rest = [...all];
  for (const each of some) {
    const index = rest.findIndex(login => isEqual(login, each));
    if (index >= 0) rest.splice(index, 1);
  }
  return rest;
}

function described(logins: readonly PersistentLogin[]): string {
  const [first] = logins;
  if (first === undefined) return 'nothing';
  const where = [...new Set(logins.map(whereText))].join('; ');
  const what = logins.length === 1 ? 'the saved login' : `${logins.length} saved logins`;
  return `${what} to ${first.targetName} (${where})`;
}

function removedText({ removed, left }: RemovedFavorites, format: Format): string {
  const rest = left.length === 1 ? ' 1 saved login to it is left.' : ` ${left.length} saved logins to it are left.`;
  return paragraph(`Removed: ${described(removed)}.${left.length === 0 ? '' : rest}`, format);
}

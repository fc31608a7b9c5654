import type { PersistentLogin } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { type Column, formatTable } from '../../terminal/table.js';
import { INSTANCE_COLUMN, initiatorText, LOGIN_COLUMNS, portalText } from '../login-text.js';
import { sessionsWith } from './saved-login.js';

interface ListedFavorite extends PersistentLogin {
  /** The sessions with its target. None if the login is dead: Windows tries again and again. */
  readonly sessionIds: readonly string[];
}

const COLUMNS: readonly Column<ListedFavorite>[] = [
  { heading: 'TARGET', values: ({ targetName }) => [targetName], place: { where: 'above', when: 'narrow' } },
  {
    heading: 'STATE',
    values: favorite => [stateOf(favorite)],
    colour: favorite => (isDead(favorite) ? 'yellow' : 'green'),
  },
  { heading: 'PORTAL', values: ({ targetPortal }) => [portalText(targetPortal)] },
  { ...INSTANCE_COLUMN, values: each => [initiatorText(each.initiatorInstance, each.initiatorPortNumber)] },
  {
    heading: 'KIND',
    values: ({ isInformationalSession }) => (isInformationalSession ? ['informational'] : []),
    place: { where: 'beneath', when: 'narrow' },
    optional: true,
  },
  ...LOGIN_COLUMNS,
];

export const favoriteList = defineCommand({
  name: 'favorite list',
  plural: 'favorites',
  summary: 'List the saved logins, which Windows makes when it starts',
  description:
    "A saved login without a session may be one to a target that is gone: Windows goes on trying until 'iscsidsc favorite remove' removes it.",
  operands: {},
  options: {},
  example: 'favorites --json',
  async run(_input, { iscsidsc, options }): Promise<ListedFavorite[]> {
    // One after the other: where the first fails, no call is left that could hold up the end.
    const logins = await iscsidsc.reportIScsiPersistentLogins(options);
    const sessions = await iscsidsc.getIScsiSessionList(options);
    return logins.map(login => ({
      ...login,
      sessionIds: sessionsWith(login.targetName, sessions).map(({ sessionId }) => sessionId),
    }));
  },
  format: (favorites, format) =>
    favorites.length === 0 ? 'No logins are saved.\n' : formatTable(COLUMNS, favorites, format),
});

function isDead({ sessionIds }: ListedFavorite): boolean {
  return sessionIds.length === 0;
}

function stateOf(favorite: ListedFavorite): string {
  return isDead(favorite) ? 'no session' : 'has a session';
}

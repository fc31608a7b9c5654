import { ConfirmDialog } from './dialogs/confirm-dialog.mjs';
import { ConnectDialog } from './dialogs/connect-dialog.mjs';
import { PortalDialog } from './dialogs/portal-dialog.mjs';
import {
  disconnectQuestion,
  favouriteQuestion,
  forgetQuestion,
  logOutQuestion,
  portalQuestion,
} from './dialogs/questions.mjs';
import { SecretDialog } from './dialogs/secret-dialog.mjs';
import { at } from './element.mjs';
import { EventLog } from './event-log.mjs';
import { Findings } from './findings.mjs';
import { changesBetween } from './model/changes.mjs';
import { diskItems, favouriteItems, portalItems, targetItems } from './model/items.mjs';
import { Known } from './model/known.mjs';
import { PathMemory } from './model/paths.mjs';
import { Notice } from './notice.mjs';
import { start } from './operation.mjs';
import { valueIn } from './reply.mjs';
import { DisksTable, FavouritesTable, PortalsTable } from './tables/other-tables.mjs';
import { TargetsTable } from './tables/targets-table.mjs';
import { showCount, Tabs } from './tabs.mjs';
import { whatHappened } from './text/error-text.mjs';
import { portalText, timeText } from './text/values.mjs';
import { visibleText } from './text/visible-text.mjs';

const known = new Known();
const memory = new PathMemory();
const tabs = new Tabs(at('tabs'));
const log = new EventLog(at('events'), at('latest'));
const fallback = () => tabs.selected;
const confirm = new ConfirmDialog(log, fallback);
const connect = new ConnectDialog(log, fallback);
const portal = new PortalDialog(log, fallback);
const secret = new SecretDialog(log, fallback);
const notice = new Notice(at('error'), () => attempt('startService', { text: 'The service', done: 'runs' }));
const refresh = async () => valueIn(await window.initiator.refresh());

const targets = new TargetsTable(at('targets-table'), {
  connect: item => connect.open(item),
  disconnect: item => confirm.ask(disconnectQuestion(item, known, refresh())),
  logOut: (target, session) => confirm.ask(logOutQuestion(target, session, known, refresh())),
  forget: item => confirm.ask(forgetQuestion(item)),
});
const disks = new DisksTable(at('disks-table'));
const favourites = new FavouritesTable(at('favourites-table'), item => confirm.ask(favouriteQuestion(item)));
const portals = new PortalsTable(at('portals-table'), {
  refresh: ({ portal: { loginOptions: _, securityFlags: __, ...which } }) =>
    attempt('refreshPortal', { text: portalText(which), done: 'has told its targets again' }, which),
  remove: item => confirm.ask(portalQuestion(item)),
});
new Findings();

/** Does what needs no question. */
async function attempt(name, { text, done }, request) {
  log.add({ kind: 'neutral', name: text, text: 'is being asked…' });
  try {
    await start(name, request).done;
    log.add({ kind: 'good', name: text, text: done });
  } catch (error) {
    log.add({ kind: 'bad', name: text, text: whatHappened(error) });
  }
}

function show(update) {
  const before = known.targets;
  known.take(update);
  if (before && !update.parts.targets.error) {
    for (const change of changesBetween(before, known.targets)) log.saw(change, known.time);
  }
  at('simulated').hidden = !known.simulated;
  at('node-name').textContent = visibleText(known.nodeName ?? '');
  at('updated').textContent = known.errors.length === 0 ? `Updated ${timeText(known.time)}` : '';
  notice.show(known);
  document.body.classList.toggle('stale', known.errors.length > 0);
  showTables();
  confirm.update();
}

function showTables() {
  const needsLook = ({ state }) => ['warning', 'bad'].includes(state.kind);
  if (known.targets) {
    const items = targetItems(known, memory);
    targets.show(items);
    showPanel('targets', items, needsLook);
    const saved = favouriteItems(known.targets, memory);
    favourites.show(saved);
    showPanel('favourites', saved, ({ isGone }) => isGone);
  }
  if (known.disks) {
    const items = diskItems(known, memory);
    disks.show(items);
    showPanel('disks', items, needsLook);
  }
  if (known.portals) {
    const items = portalItems(known.portals);
    portals.show(items);
    showPanel('portals', items, () => false);
  }
}

function showPanel(name, items, needsLook) {
  showCount(at(`tab-${name}`), items.length, items.filter(needsLook).length);
  at(`${name}-table`).hidden = items.length === 0;
  at(`${name}-empty`).hidden = items.length > 0;
  at(`${name}-waiting`).hidden = true;
}

at('refresh').addEventListener('click', async () => {
  at('refresh').ariaDisabled = 'true';
  await refresh();
  at('refresh').ariaDisabled = 'false';
});
for (const name of ['add-portal', 'add-first-portal']) at(name).addEventListener('click', () => portal.open());
at('set-secret').addEventListener('click', () => secret.open());
window.initiator.onOverview(show);
refresh();

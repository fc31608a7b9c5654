import { logChange } from './change-log.mjs';
import { changesBetween } from './changes.mjs';
import { showError } from './error-banner.mjs';
import { Pulse } from './pulse.mjs';
import { valueIn } from './reply.mjs';
import { SessionTable } from './session-table.mjs';
import { showTotals } from './totals.mjs';
import { visibleText } from './visible-text.mjs';

const at = id => document.getElementById(id);
const table = new SessionTable(at('rows'));
const pulse = new Pulse(at('pulse'));
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
let known = null;

function show(update) {
  at('simulated').hidden = !update.simulated;
  at('waiting').hidden = true;
  const now = time.format(new Date());
  try {
    const sessions = valueIn(update);
    showSessions(sessions, now);
    at('error').replaceChildren();
    at('updated').textContent = `Updated ${now}`;
  } catch (error) {
    pulse.add(null);
    showError(at('error'), error);
  }
  document.body.classList.toggle('stale', 'error' in update);
}

function showSessions(sessions, now) {
  for (const change of known ? changesBetween(known, sessions) : []) logChange(at('changes'), change, now);
  known = sessions;
  at('quiet').hidden = at('changes').children.length > 0;
  at('table').hidden = sessions.length === 0;
  at('empty').hidden = sessions.length > 0;
  at('initiator').textContent = visibleText(sessions[0]?.initiatorName ?? '');
  table.show(sessions);
  showTotals(at('totals'), sessions);
  pulse.add(sessions);
}

async function refresh() {
  at('refresh').disabled = true;
  await window.iscsi.refresh();
  at('refresh').disabled = false;
}

at('refresh').addEventListener('click', refresh);
window.iscsi.onUpdate(show);
refresh();

import { at, button, element } from '../element.mjs';
import { shortName } from '../text/target-name.mjs';
import { pathText } from '../text/values.mjs';
import { cell, lines, missing, spareCell, stateMark, targetHeader } from './cells.mjs';
import { KeyedRows } from './keyed-rows.mjs';
import { targetDetails } from './target-details.mjs';

// One less where the window is narrow, and another one would widen the table.
const COLUMNS = 5;

/** The targets, each with what can be done with it, and with details below it. */
export class TargetsTable extends KeyedRows {
  /** `actions` has `connect`, `disconnect`, `forget` and `logOut`. */
  constructor(table, actions) {
    super(
      table,
      () => targetRow(actions),
      () => at('tab-targets'),
    );
  }
}

function targetRow(actions) {
  let item;
  let isOpen = false;
  const summary = element('tr', { className: 'summary' });
  const details = element('tr', { className: 'details', hidden: true });
  const body = element('tbody', {}, summary, details);
  // Both stay when the rest is filled again: one of them can have the focus.
  const disclosure = button('', toggle, { className: 'disclosure' });
  const action = button('', act);

  function toggle() {
    isOpen = !isOpen;
    show();
  }

  function act() {
    if (item.isConnected) actions.disconnect(item);
    else if (item.target.isDiscovered) actions.connect(item);
    else actions.forget(item);
  }

  function show() {
    disclosure.ariaExpanded = String(isOpen);
    details.hidden = !isOpen;
    const hadFocus = details.contains(document.activeElement);
    details.replaceChildren(...(isOpen ? [element('td', { colSpan: COLUMNS }, ...targetDetails(item, actions))] : []));
    if (hadFocus) disclosure.focus();
  }

  return {
    body,
    focus: () => action.focus(),
    fill(next) {
      item = next;
      const { target, state, isFavourite } = item;
      const name = shortName(target.targetName);
      disclosure.ariaLabel = `Details of ${name}`;
      const verb = item.isConnected ? 'Disconnect' : target.isDiscovered ? 'Connect' : 'Forget';
      action.textContent = `${verb}…`;
      action.ariaLabel = `${verb} ${name}`;
      const kept = [disclosure, action].find(each => each === document.activeElement);
      summary.replaceChildren(
        targetHeader(target.targetName, disclosure),
        cell('State', stateMark(state)),
        cell('Paths', ...lines(item.paths)),
        cell('Disks', ...disks(item)),
        spareCell('Favourite', ...favourite(target, isFavourite)),
        element('td', { className: 'actions' }, action),
      );
      body.className = state.kind;
      show();
      kept?.focus();
    },
  };
}

function disks({ disks: all, isConnected }) {
  if (all === null) return [element('span', { className: 'none' }, isConnected ? 'not known' : '–')];
  const failed = all.find(({ deviceNumber }) => deviceNumber === null);
  if (failed) return [missing(failed.devicesError)];
  return lines(
    all.map(({ deviceNumber, volumes }) => {
      const paths = volumes?.flatMap(volume => volume.paths.map(pathText)) ?? [];
      return [`Disk ${deviceNumber}`, ...paths].join(' · ');
    }),
  );
}

function favourite({ persistentLoginsError }, isFavourite) {
  if (isFavourite === null) return [missing(persistentLoginsError)];
  return isFavourite ? ['Yes'] : [element('span', { className: 'none' }, 'No')];
}

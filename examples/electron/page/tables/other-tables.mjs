import { at, button, element } from '../element.mjs';
import { loginName } from '../model/items.mjs';
import { shortName } from '../text/target-name.mjs';
import { portalText, signInText, sizeText } from '../text/values.mjs';
import { cell, missing, spareCell, stateMark, targetHeader, volumePaths } from './cells.mjs';
import { KeyedRows } from './keyed-rows.mjs';

/** The disks of the sessions. Nothing can be done with one: its target is what is disconnected. */
export class DisksTable extends KeyedRows {
  constructor(table) {
    super(
      table,
      () => plainRow(diskCells, []),
      () => at('tab-disks'),
    );
  }
}

/** The logins that Windows makes when it starts. */
export class FavouritesTable extends KeyedRows {
  /** `remove` is called with an item. */
  constructor(table, remove) {
    const makeRow = () =>
      plainRow(favouriteCells, [
        { label: ({ isGone }) => (isGone ? 'Forget' : 'Remove'), of: ({ login }) => loginName(login), act: remove },
      ]);
    super(table, makeRow, () => at('tab-favourites'));
  }
}

/** The portals that Windows asks for targets. */
export class PortalsTable extends KeyedRows {
  /** `actions` has `refresh` and `remove`, which are called with an item. */
  constructor(table, { refresh, remove }) {
    const of = ({ portal }) => portalText(portal);
    const makeRow = () =>
      plainRow(portalCells, [
        { label: () => 'Ask again', of, act: refresh, isDialog: false },
        { label: () => 'Remove', of, act: remove },
      ]);
    super(table, makeRow, () => at('tab-portals'));
  }
}

/** A row of cells, and of buttons that stay when the rest is filled again: one of them can have the focus. */
function plainRow(cellsOf, actions) {
  let item;
  const row = element('tr');
  const body = element('tbody', {}, row);
  const buttons = actions.map(({ act }) => button('', () => act(item)));
  return {
    body,
    focus: () => buttons.at(-1)?.focus(),
    fill(next) {
      item = next;
      actions.forEach(({ label, of, isDialog = true }, index) => {
        buttons[index].textContent = `${label(item)}${isDialog ? '…' : ''}`;
        buttons[index].ariaLabel = `${label(item)} ${of(item)}`;
      });
      const kept = buttons.find(each => each === document.activeElement);
      row.replaceChildren(
        ...cellsOf(item),
        ...(buttons.length > 0 ? [element('td', { className: 'actions' }, ...buttons)] : []),
      );
      kept?.focus();
    },
  };
}

function diskCells({ disk, state }) {
  const { deviceNumber, targetName, lun, lunError, sizeBytes, sizeBytesError, vendor, product, inquiryError } = disk;
  const { serialNumber, serialNumberError, devicesError } = disk;
  const part = (value, error) => (value === null ? missing(error) : value);
  if (deviceNumber === null) {
    return [
      element('th', { scope: 'row' }, missing(devicesError)),
      cell('Volumes'),
      cell('Size'),
      cell('Target', shortName(targetName)),
      spareCell('LUN'),
      cell('Device'),
      cell('State', stateMark(state)),
    ];
  }
  const device = inquiryError ? missing(inquiryError) : `${vendor} ${product}`;
  return [
    element('th', { scope: 'row', title: disk.legacyName }, element('strong', {}, `Disk ${deviceNumber}`)),
    cell('Volumes', ...volumePaths(disk)),
    cell('Size', sizeBytes === null ? missing(sizeBytesError) : sizeText(sizeBytes)),
    cell('Target', element('span', { title: targetName ?? '' }, shortName(targetName))),
    spareCell(
      'LUN',
      lun === null && lunError === null ? 'several levels' : part(lun === null ? null : String(lun), lunError),
    ),
    cell(
      'Device',
      element('span', { className: 'line' }, device),
      element('span', { className: 'line none' }, part(serialNumber, serialNumberError)),
    ),
    cell('State', stateMark(state)),
  ];
}

function favouriteCells({ login, state }) {
  const { targetName, targetPortal, loginOptions } = login;
  return [
    targetHeader(targetName),
    cell('State', stateMark(state)),
    cell('Through', portalText(targetPortal)),
    cell('Sign-in', signInText(loginOptions)),
    spareCell('Several paths', loginOptions.loginFlags.includes('multipathEnabled') ? 'Yes' : 'No'),
  ];
}

function portalCells({ portal }) {
  const { symbolicName, initiatorName, loginOptions } = portal;
  return [
    element('th', { scope: 'row' }, element('strong', {}, portalText(portal))),
    cell('Name', symbolicName || '–'),
    cell('Sign-in', signInText(loginOptions)),
    cell('Asked by', initiatorName || 'any initiator'),
  ];
}

import { element } from '../element.mjs';
import { whatHappened } from '../text/error-text.mjs';
import { namedTarget } from '../text/target-name.mjs';
import { pathText } from '../text/values.mjs';

/** A cell whose label stands above it where the table is narrow. */
export function cell(label, ...children) {
  return element('td', { data: { label } }, ...children);
}

/** One that is left out where the window is not wide enough for all. */
export function spareCell(label, ...children) {
  const made = cell(label, ...children);
  made.className = 'spare';
  return made;
}

/** The first cell of a row, which names it. */
export function targetHeader(name, ...before) {
  return element('th', { scope: 'row' }, ...before, element('span', { className: 'name' }, ...namedTarget(name)));
}

/** How something is, in words, with a mark whose shape says the same as its colour. */
export function stateMark({ kind, text }) {
  return element('span', { className: `state ${kind}` }, element('i', { ariaHidden: 'true' }), text);
}

/** One line for each text, and how many more there are. */
export function lines(texts, most = 2) {
  if (texts.length === 0) return [element('span', { className: 'none' }, '–')];
  const shown = texts.length > most ? texts.slice(0, most - 1) : texts;
  const rest = texts.length - shown.length;
  return [
    ...shown.map(text => element('span', { className: 'line' }, text)),
    ...(rest > 0 ? [element('span', { className: 'line none', title: texts.join('\n') }, `and ${rest} more`)] : []),
  ];
}

/** What stands in place of a part that could not be asked for. */
export function missing(error) {
  return element('span', { className: 'missing', title: whatHappened(error) }, error.code);
}

/** The volumes of a disk, by their drive letters and mount points. */
export function volumePaths({ volumes, volumesError }) {
  if (volumes === null) return [missing(volumesError)];
  return lines(volumes.flatMap(({ paths }) => (paths.length > 0 ? paths.map(pathText) : ['no drive letter'])));
}

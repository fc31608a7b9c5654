import { at, element } from './element.mjs';
import { start } from './operation.mjs';
import { errorLines, marked } from './text/error-text.mjs';
import { counted, timeText } from './text/values.mjs';

// What the package says is for programmers and for a prompt. This is for people at a window.
const ADVICE = {
  service: 'Start the service: the window offers it when it does not run.',
  portals: 'Under Portals, ask the portal again, or remove it if it is gone.',
  loginsToGoneTargets: 'If the target is gone for good, forget it under Favourites.',
  duplicateLogins: 'Remove one of them under Favourites.',
  reconnectingSessions:
    'Check the network to the target, and whether the target still exists. A session that is not needed any more can be logged out: under Targets, in its details.',
  paths: 'If the target has a second portal and MPIO is set up, disconnect it, and connect it with several paths.',
  disksWithoutMpio:
    'Log out all sessions with the target but one: under Targets, in its details. Or set up MPIO: `Enable-MSDSMAutomaticClaim -BusType iSCSI`, and a restart.',
};
const LEVELS = { problem: ['bad', 'Problem'], warning: ['warning', 'Warning'], ok: ['good', 'Fine'] };

/** What is wrong with the machine, worst first, and what to do about it. */
export class Findings {
  constructor() {
    at('check').addEventListener('click', () => this.#check());
  }

  async #check() {
    at('check').ariaDisabled = 'true';
    at('checked').textContent = 'Checking…';
    try {
      const findings = await start('diagnose').done;
      this.#show(findings);
      at('checked').textContent = `Checked at ${timeText(Date.now())}: ${summary(findings)}.`;
    } catch (error) {
      at('checked').textContent = 'The check has failed.';
      at('findings').replaceChildren(element('div', { className: 'notice bad' }, ...errorLines(error)));
    } finally {
      at('check').ariaDisabled = 'false';
    }
  }

  #show(findings) {
    const of = level => findings.filter(finding => finding.level === level).map(findingItem);
    const fine = of('ok');
    at('findings').replaceChildren(
      element('ul', { className: 'findings' }, ...of('problem'), ...of('warning')),
      element(
        'details',
        {},
        element('summary', {}, `${counted(fine.length, 'check')} found nothing wrong`),
        element('ul', { className: 'findings' }, ...fine),
      ),
    );
  }
}

function findingItem({ check, level, what, why, whatToDo }) {
  const [kind, name] = LEVELS[level];
  return element(
    'li',
    { className: kind },
    element('span', { className: `state ${kind}` }, element('i', { ariaHidden: 'true' }), name),
    element(
      'div',
      {},
      element('p', {}, element('strong', {}, what)),
      element('p', { className: 'why' }, why),
      ...(whatToDo ? [element('p', {}, element('b', {}, 'What to do: '), ...marked(ADVICE[check] ?? whatToDo))] : []),
    ),
  );
}

function summary(findings) {
  const count = level => findings.filter(finding => finding.level === level).length;
  const parts = [counted(count('problem'), 'problem'), counted(count('warning'), 'warning')];
  return parts.filter(text => !text.startsWith('0 ')).join(', ') || 'nothing is wrong';
}

import { createSimulator, exampleSessions, type SimulatorOptions } from 'iscsidsc/simulator';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requiredTier } from '../required.js';
import { axTree } from './ax-tree.js';
import { findBrowser } from './browser.mjs';
import { contrasts } from './contrast.js';
import { memoryInitiator } from './memory-initiator.js';
import { launch, openPage } from './opened-page.js';

type Options = Parameters<typeof openPage>[2];

const found = requiredTier(findBrowser());

describe.runIf(found.ok)('the page of the Electron example, for everybody', () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch(found.ok ? found.path : '');
  });
  afterAll(() => browser.close());

  async function open(simulated: SimulatorOptions = {}, options: Options = {}) {
    const library = createSimulator(simulated);
    const opened = await openPage(browser, memoryInitiator(library), options);
    await opened.page.locator('#targets-table tbody').first().waitFor();
    return Object.assign(opened, { library });
  }

  it('has tabs that the arrow keys go through, and one stop of the Tab key for all of them', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('refresh');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('tab-targets');
    for (const [key, tab] of [
      ['ArrowRight', 'tab-disks'],
      ['End', 'tab-log'],
      ['ArrowRight', 'tab-targets'],
      ['ArrowLeft', 'tab-log'],
      ['Home', 'tab-targets'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await focused(page), key).toBe(tab);
      expect(await page.getByRole('tab', { selected: true }).getAttribute('id')).toBe(tab);
      expect(await page.getByRole('tabpanel').count()).toBe(1);
    }
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Details of vol-sql');
  });

  it('can be used with the keyboard alone: a target is disconnected and connected', async () => {
    await using opened = await open();
    const { page } = opened;
    for (let stop = 0; stop < 4; stop++) await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Disconnect vol-sql');
    await page.keyboard.press('Enter');
    await page.locator('#confirm-yes[aria-disabled=false]').waitFor();
    expect(await focused(page)).toBe('confirm-no');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Connect vol-sql' }).waitFor();
    expect(await focused(page)).toBe('Connect vol-sql');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('connect-start');
    await page.keyboard.press('Enter');
    await page.getByText(/^Connected: disk 1/).waitFor();
    expect(await focused(page)).toBe('connect-cancel');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Disconnect vol-sql' }).waitFor();
    expect(await focused(page)).toBe('Disconnect vol-sql');
  });

  it('keeps the focus where one is when a row goes away, and when a row changes', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.getByRole('button', { name: 'Details of backup' }).focus();
    const [sql, backup, ...others] = opened.library.sessions;
    if (!sql || !backup) throw new Error('no session');
    opened.library.sessions = [sql, { ...backup, connections: [] }, ...others];
    await opened.page.evaluate('void window.initiator.refresh()');
    await page.locator('#targets-table tbody.bad', { hasText: 'backup' }).waitFor();
    expect(await focused(page)).toBe('Details of backup');

    await page.getByRole('tab', { name: /^Favourites/ }).click();
    await page.getByRole('button', { name: 'Remove vol-sql through 192.168.1.108' }).focus();
    opened.library.persistentLogins = opened.library.persistentLogins.slice(1);
    await opened.page.evaluate('void window.initiator.refresh()');
    await page.getByRole('tab', { name: /^Favourites 2/ }).waitFor();
    expect(await focused(page)).toBe('Remove backup through fd00:10:20::5');
    opened.library.persistentLogins = [];
    await opened.page.evaluate('void window.initiator.refresh()');
    await page.getByRole('tab', { name: 'Favourites 0' }).waitFor();
    expect(await focused(page)).toBe('tab-favourites');
  });

  it('shows where the focus is', async () => {
    await using opened = await open();
    for (let stop = 0; stop < 8; stop++) {
      await opened.page.keyboard.press('Tab');
      const outline = await opened.page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
      expect(outline, await focused(opened.page)).toBe('solid');
    }
  });

  for (const [size, viewport] of Object.entries({
    'as the window opens': { width: 1120, height: 760 },
    'of 800 pixels': { width: 800, height: 600 },
    'as narrow as it gets': { width: 400, height: 600 },
  })) {
    it(`is a table for screen readers, and fits its window: ${size}`, async () => {
      await using opened = await open({}, { viewport });
      const { page } = opened;
      const cells = viewport.width === 800 ? 4 : 5;
      expect(await axTree(page, ['table', 'row', 'rowheader', 'columnheader', 'tablist', 'tab', 'tabpanel'])).toEqual({
        table: 1,
        row: 6,
        rowheader: 5,
        columnheader: cells,
        tablist: 1,
        tab: 6,
        tabpanel: 1,
      });
      for (const tab of ['targets', 'disks', 'favourites', 'portals', 'health', 'log']) {
        await page.locator(`#tab-${tab}`).click();
        const wide =
          "[document.documentElement, document.querySelector('main')].map(each => each.scrollWidth - each.clientWidth)";
        expect(await page.evaluate(wide), tab).toEqual([0, 0]);
      }
      await page.locator('#tab-targets').click();
      await page.getByRole('button', { name: 'Disconnect vol-sql' }).click();
      const box = await page.getByRole('dialog').boundingBox();
      expect(box?.width).toBeLessThan(viewport.width);
    });
  }

  it('has rows as high as two lines of text, and does not move when the list outgrows the window', async () => {
    await using opened = await open({}, { viewport: { width: 1120, height: 760 } });
    const { page } = opened;
    const heights =
      "[...document.querySelectorAll('#targets-table tbody')].map(each => each.getBoundingClientRect().height)";
    for (const height of (await page.evaluate(heights)) as number[]) {
      expect(height).toBeGreaterThanOrEqual(36);
      expect(height).toBeLessThanOrEqual(44);
    }
    const place = "JSON.stringify(document.querySelector('#targets-table thead th').getBoundingClientRect())";
    const before = await page.evaluate(place);
    opened.library.sessions = exampleSessions(60);
    await opened.refresh();
    await page.getByRole('rowheader', { name: 'disk-59' }).waitFor();
    expect(
      await page.evaluate("document.querySelector('main').scrollHeight > document.querySelector('main').clientHeight"),
    ).toBe(true);
    expect(await page.evaluate(place)).toBe(before);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read: every text stands out from what is behind it, ${colorScheme}`, async () => {
      await using opened = await open({}, { colorScheme });
      const { page } = opened;
      const all: Awaited<ReturnType<typeof contrasts>> = [];
      const look = async () => void all.push(...(await contrasts(page)));
      await page.getByRole('button', { name: 'Details of vol-sql' }).click();
      await look();
      await page.locator('#tab-health').click();
      await page.locator('#check').click();
      await page.locator('#findings summary').click();
      await look();
      for (const tab of ['disks', 'favourites', 'portals', 'log', 'targets']) {
        await page.locator(`#tab-${tab}`).click();
        await look();
      }
      await page.getByRole('button', { name: 'Disconnect vol-sql' }).click();
      await page.locator('#confirm-yes[aria-disabled=false]').waitFor();
      await look();
      await page.keyboard.press('Escape');
      opened.library.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
      await opened.refresh();
      await page.getByRole('button', { name: 'Start the service' }).waitFor();
      await look();
      expect(all.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
      expect(all.length).toBeGreaterThan(150);
    });
  }

  it('does not move for those who do not want it to', async () => {
    const network = { targets: [{ targetName: 'iqn.2020-01.example:slow', portalGroups: [['10.0.0.10']] }] };
    const running = "document.querySelector('#portal').getAnimations({ subtree: true }).length";
    for (const [reducedMotion, moves] of [
      ['reduce', false],
      ['no-preference', true],
    ] as const) {
      const library = createSimulator({
        network: { ...network, portals: [{ address: '10.0.0.10', delayMs: 86_400_000 }] },
      });
      await using opened = await openPage(browser, memoryInitiator(library), { reducedMotion });
      const { page } = opened;
      await page.getByRole('button', { name: 'Add portal…' }).first().click();
      await page.getByLabel('Address').fill('10.0.0.10');
      await page.keyboard.press('Enter');
      await page.getByText('Asking 10.0.0.10 for its targets.').waitFor();
      expect(Number(await page.evaluate(running)) > 0).toBe(moves);
      await page.keyboard.press('Escape');
      await page.getByText('Cancelled.').waitFor();
    }
  });

  it('reads out what has happened, and names its dialogs', async () => {
    await using opened = await open();
    const { page } = opened;
    opened.library.sessions = [];
    await page.locator('footer').getByRole('status').getByText('was disconnected').waitFor();
    await page.getByRole('tab', { name: /^Portals/ }).click();
    for (const [name, dialog] of [
      ['Add portal…', 'Add a portal'],
      ['Secret for mutual CHAP…', 'Secret for mutual CHAP'],
    ] as const) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog', { name: dialog }).waitFor();
      await page.keyboard.press('Escape');
      expect(await page.evaluate('document.activeElement.textContent')).toBe(name);
    }
  });
});

/** The id of what has the focus, or its name. */
async function focused(page: Page): Promise<string> {
  return await page.evaluate('document.activeElement.id || document.activeElement.ariaLabel');
}

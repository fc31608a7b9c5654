import { createSimulator, type SimulatorOptions } from 'iscsidsc/simulator';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requiredTier } from '../required.js';
import { findBrowser } from './browser.mjs';
import { memoryInitiator } from './memory-initiator.js';
import { launch, openPage } from './opened-page.js';

const found = requiredTier(findBrowser());
const SECRET = 'initiator-12345';

describe.runIf(found.ok)('what can be done on the page of the Electron example', () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch(found.ok ? found.path : '');
  });
  afterAll(() => browser.close());

  async function open(simulated: SimulatorOptions = {}) {
    const library = createSimulator(simulated);
    const opened = await openPage(browser, memoryInitiator(library));
    await opened.page.locator('#targets-table tbody').first().waitFor();
    return Object.assign(opened, { library });
  }

  /** With the two targets that are behind a portal of their own. */
  async function openWithTargets(simulated: SimulatorOptions = {}) {
    const opened = await open(simulated);
    await addPortal(opened.page, '10.0.0.10');
    await opened.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await opened.page.getByRole('tab', { name: /^Targets/ }).click();
    await opened.page.getByRole('button', { name: 'Connect disk2' }).waitFor();
    return opened;
  }

  it('a portal is added, asked again and removed', async () => {
    await using opened = await openWithTargets();
    const { page } = opened;
    await page.getByRole('tab', { name: 'Portals 5' }).click();
    await page.getByRole('button', { name: 'Ask again 10.0.0.10' }).click();
    await page.getByRole('status').getByText('10.0.0.10 has told its targets again').waitFor();
    await page.getByRole('button', { name: 'Remove 10.0.0.10' }).click();
    await page
      .getByRole('dialog', { name: 'Remove the portal 10.0.0.10?' })
      .getByRole('button', { name: 'Remove' })
      .click();
    await page.getByRole('tab', { name: 'Portals 4' }).waitFor();
    expect(opened.library.sendTargetPortals).toHaveLength(4);
    expect(opened.complaints).toEqual([]);
  });

  it('a portal that does not answer stays a question: the dialog says why, and keeps the address', async () => {
    await using opened = await open();
    const { page } = opened;
    await addPortal(page, '10.99.0.1');
    await page.getByRole('dialog').getByText('No TCP connection to the portal could be made').waitFor();
    expect(await page.getByRole('dialog').getByLabel('Address').inputValue()).toBe('10.99.0.1');
    await page.getByRole('dialog').getByLabel('Address').fill('not an address');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('ERR_ISCSIDSC_INVALID_ARGUMENT').waitFor();
  });

  it('a target is connected with CHAP as a favourite: each step shows, and its disks and drive letters', async () => {
    await using opened = await openWithTargets();
    const { page } = opened;
    await page.getByRole('button', { name: 'Connect disk2' }).click();
    await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('chap');
    await page.getByRole('dialog').getByLabel('User name').fill('backup-host');
    await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill(SECRET);
    await page.getByRole('dialog').getByLabel('Favourite').check();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Connected: disk 5, disk 6 (I:, J:).').waitFor();
    const steps = await page.getByRole('list', { name: 'Steps' }).getByRole('listitem').allInnerTexts();
    expect(steps.map(step => step.replace(/\s+/g, ' '))).toEqual([
      'Log in through 10.0.0.10 done',
      'Wait for the disks done',
      'Save the login through 10.0.0.10 done',
      'Look for the volumes done',
    ]);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Disconnect disk2' }).waitFor();
    expect(opened.library.persistentLogins).toHaveLength(4);
    expect(await page.locator('#events').innerText()).toMatch(/disk2 was connected/);
    expect((await page.locator('#events').innerText()).match(/disk2 was connected/g)).toHaveLength(1);
    expect(opened.complaints).toEqual([]);
  });

  it('a target is connected through several portals', async () => {
    await using opened = await openWithTargets();
    const { page } = opened;
    await page.getByRole('button', { name: 'Connect disk1' }).click();
    await page.getByRole('dialog').getByLabel('Several paths').check();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText(/^Connected: disk 5/).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    const row = page.locator('#targets-table tbody', { has: page.getByRole('rowheader', { name: 'disk1' }) });
    await row.getByText('10.0.1.10').waitFor();
    expect(opened.library.sessions).toHaveLength(6);
  });

  it('a target is connected through the chosen portal alone, and not through none', async () => {
    await using opened = await openWithTargets();
    const { page } = opened;
    await page.getByRole('button', { name: 'Connect disk1' }).click();
    await page.getByRole('dialog').getByLabel('10.0.0.10').uncheck();
    await page.getByRole('dialog').getByLabel('10.0.1.10').uncheck();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Choose at least one portal.').waitFor();
    await page.getByRole('dialog').getByLabel('10.0.1.10').check();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText(/^Connected: disk 5/).waitFor();
    expect(opened.library.sessions.at(-1)?.connections[0]?.targetAddress).toBe('10.0.1.10');
  });

  it('a failed connection says why, and lets one try again without the secret', async () => {
    await using opened = await openWithTargets();
    const { page } = opened;
    await page.getByRole('button', { name: 'Connect disk2' }).click();
    await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('chap');
    await page.getByRole('dialog').getByLabel('User name').fill('backup-host');
    await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill('wrong-secret-1');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Authentication (CHAP) was refused.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    expect(await page.getByRole('dialog').getByLabel('User name').inputValue()).toBe('backup-host');
    expect(await page.getByRole('dialog').getByLabel('Secret', { exact: true }).inputValue()).toBe('');
    expect(await page.getByRole('button', { name: 'Connect', exact: true }).isVisible()).toBe(true);
  });

  it('a connection is cancelled with the Escape key, and what it made is undone', async () => {
    await using opened = await openWithTargets();
    const { page } = opened;
    opened.library.behaviour = { devicesAfterMs: 86_400_000 };
    await page.getByRole('button', { name: 'Connect disk1' }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Wait for the disks').waitFor();
    expect(opened.library.sessions).toHaveLength(5);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').getByText('Cancelled.').waitFor();
    expect(opened.library.sessions).toHaveLength(4);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('a disconnection names the disks and volumes that go away before anything is done', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.getByRole('button', { name: 'Disconnect vol-sql' }).click();
    const dialog = page.getByRole('dialog', { name: 'Disconnect vol-sql?' });
    await dialog.getByText('This disk goes away').waitFor();
    expect((await dialog.getByRole('listitem').innerText()).replace(/\s+/g, ' ')).toMatch(/^E:\\ disk 1, 1 GiB/);
    expect(opened.library.sessions).toHaveLength(4);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(opened.library.sessions).toHaveLength(4);

    await page.getByRole('button', { name: 'Disconnect vol-sql' }).click();
    await dialog.getByLabel('Also remove it from the favourites').check();
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Connect vol-sql' }).waitFor();
    expect(opened.library.sessions).toHaveLength(3);
    expect(opened.library.persistentLogins).toHaveLength(2);
  });

  it('a disconnection says what is in use, and changes nothing', async () => {
    const luns = [{ lun: 0, volumes: [{ paths: ['S:\\'], inUse: true }] }];
    const targetName = 'iqn.1992-08.com.example.san:vol-sql';
    const { sessions } = createSimulator();
    await using opened = await open({
      network: { targets: [{ targetName, portalGroups: [['192.168.1.108']], luns }] },
      sessions: sessions.slice(0, 1),
    });
    const { page } = opened;
    await page.getByRole('button', { name: 'Disconnect vol-sql' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('S:\\').waitFor();
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await dialog.getByText('A program has something open on S:\\').waitFor({ timeout: 60_000 });
    expect(opened.library.sessions).toHaveLength(1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('a target that is gone is forgotten, with its favourites', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.getByRole('tab', { name: /^Favourites/ }).click();
    await page.getByRole('button', { name: 'Forget old-disk through 192.168.1.99' }).click();
    await page.getByRole('dialog', { name: 'Forget old-disk?' }).getByRole('button', { name: 'Forget' }).click();
    await page.getByRole('tab', { name: 'Favourites 2', exact: true }).waitFor();
    expect(opened.library.persistentLogins).toHaveLength(2);
  });

  it('a favourite is removed, and its session stays', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.getByRole('tab', { name: /^Favourites/ }).click();
    await page.getByRole('button', { name: 'Remove backup through fd00:10:20::5' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('tab', { name: /^Favourites 2/ }).waitFor();
    expect(opened.library.sessions).toHaveLength(4);
  });

  it('the machine is checked: what is wrong comes first, with what to do in this window', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.getByRole('tab', { name: 'Health' }).click();
    await page.getByRole('button', { name: 'Check this machine' }).click();
    await page
      .getByRole('status')
      .getByText(/^Checked at .*: \d+ problems?, \d+ warnings?\.$/)
      .waitFor();
    const first = page.locator('#findings li').first();
    expect(await first.innerText()).toMatch(/^Problem/);
    await page.getByText('If the target is gone for good, forget it under Favourites.').waitFor();
    await page.getByText(/checks found nothing wrong$/).waitFor();
  });

  describe('a secret', () => {
    it('is sent once, as bytes, and stays nowhere in the page', async () => {
      await using opened = await openWithTargets();
      const { page } = opened;
      await page.getByRole('button', { name: 'Connect disk2' }).click();
      await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('chap');
      await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill(SECRET);
      const sent = opened.electron.handlers.get('initiator:connect');
      const requests: { secret: Uint8Array; text: string }[] = [];
      opened.electron.handlers.set('initiator:connect', (event, request, id) => {
        const { chap } = request as { chap: { secret: Uint8Array } };
        requests.push({ secret: chap.secret, text: new TextDecoder().decode(chap.secret) });
        return sent?.(event, request, id);
      });
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      expect(requests.map(({ text }) => text)).toEqual([SECRET]);
      expect([...(requests[0]?.secret ?? [])]).toEqual(Array(SECRET.length).fill(0));
      expect(await secretsIn(page)).toBe('');
      expect(await page.content()).not.toContain(SECRET);
    });

    it('is gone when the dialog is left, or the sign-in is changed', async () => {
      await using opened = await openWithTargets();
      const { page } = opened;
      const kind = page.getByRole('combobox', { name: 'Sign-in' });
      await page.getByRole('button', { name: 'Connect disk2' }).click();
      await kind.selectOption('chap');
      await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill(SECRET);
      await kind.selectOption('none');
      expect(await secretsIn(page)).toBe('');
      await kind.selectOption('chap');
      await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill(SECRET);
      await page.keyboard.press('Escape');
      // A dialog tells that it was closed a moment later.
      await expect.poll(() => secretsIn(page)).toBe('');
    });

    it('of the machine is asked for twice, and lets a target prove itself', async () => {
      await using opened = await openWithTargets();
      const { page } = opened;
      await page.getByRole('tab', { name: /^Portals/ }).click();
      await page.getByRole('button', { name: 'Secret for mutual CHAP…' }).click();
      await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill('target-1234567');
      await page.getByRole('dialog').getByLabel('The same again').fill('target-1234568');
      await page.getByRole('button', { name: 'Set' }).click();
      await page.getByText('The two are not the same').waitFor();
      expect(await secretsIn(page)).toBe('');
      await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill('target-1234567');
      await page.getByRole('dialog').getByLabel('The same again').fill('target-1234567');
      await page.getByRole('button', { name: 'Set' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('tab', { name: /^Targets/ }).click();
      await page.getByRole('button', { name: 'Connect disk2' }).click();
      await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('mutualChap');
      await page.getByRole('dialog').getByLabel('User name').fill('backup-host');
      await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill(SECRET);
      await page.keyboard.press('Enter');
      await page.getByText(/^Connected: disk 5/).waitFor();
    });

    it('is not sent if it has characters that two systems could encode in two ways', async () => {
      await using opened = await openWithTargets();
      const { page } = opened;
      await page.getByRole('button', { name: 'Connect disk2' }).click();
      await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('chap');
      await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill('größer-als-12');
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      expect(await page.locator('#connect-form:invalid').count()).toBe(1);
      expect(await page.getByRole('button', { name: 'Connect', exact: true }).isVisible()).toBe(true);
    });
  });
});

async function addPortal(page: Page, address: string): Promise<void> {
  await page.getByRole('tab', { name: /^Portals/ }).click();
  await page.locator('#add-portal').click();
  await page.getByRole('dialog').getByLabel('Address').fill(address);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
}

/** What stands in all fields for secrets. */
async function secretsIn(page: Page): Promise<string> {
  return await page.evaluate("[...document.querySelectorAll('[type=password]')].map(({ value }) => value).join('')");
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLiveMachine } from '../../examples/electron/simulated/live-machine.mjs';
import { requiredTier } from '../required.js';
import { findBrowser } from './browser.mjs';
import { memoryInitiator } from './memory-initiator.js';
import { launch, openPage } from './opened-page.js';

const found = requiredTier(findBrowser());
// Vitest's, as `--mode` says.
const { MODE } = (import.meta as { env?: { MODE?: string } }).env ?? {};
const VIEWPORT = { width: 1050, height: 729 };
const SCALE = 4 / 3;
const PIXELS = [1400, 972];
const MOST_BYTES = 200_000;

for (const [name, colorScheme] of [
  ['electron.png', 'light'],
  ['electron-dark.png', 'dark'],
] as const) {
  const file = fileURLToPath(new URL(`../../docs/images/${name}`, import.meta.url));

  describe.runIf(found.ok)(`the picture docs/images/${name}`, () => {
    let browser: Awaited<ReturnType<typeof launch>>;
    beforeAll(async () => {
      browser = await launch(found.ok ? found.path : '');
    });
    afterAll(() => browser.close());

    it('shows the targets, one with its details, and what has happened (npm run docs:picture takes it)', async () => {
      const live = createLiveMachine();
      await using opened = await openPage(browser, memoryInitiator(live.library), {
        colorScheme,
        viewport: VIEWPORT,
        deviceScaleFactor: SCALE,
      });
      const { page } = opened;
      await page.locator('#targets-table tbody').first().waitFor();
      await page.getByRole('button', { name: 'Details of vol-sql' }).click();
      live.step();
      await opened.refresh();
      await page.getByRole('status').getByText('has 2 paths').waitFor();
      for (let moment = 0; moment < 5; moment++) live.step();
      await opened.refresh();
      await page.getByRole('status').getByText('has lost a path, 1 left').waitFor();
      expect(await page.locator('#targets-table tbody.warning').count()).toBe(1);
      expect(await page.getByText('Nothing here is real').isVisible()).toBe(true);
      await page.evaluate(
        "document.activeElement.blur(); document.querySelector('#updated').textContent = 'Updated 14:06:20'",
      );

      await page.mouse.move(0, 0);
      const picture = await page.screenshot({ animations: 'disabled' });
      if (MODE === 'write') writeFileSync(file, picture);
      expect(picture.length).toBeLessThan(MOST_BYTES);
      expect(opened.complaints).toEqual([]);
    }, 600_000);
  });

  describe(`docs/images/${name}`, () => {
    it('is there, as large as it should be', () => {
      expect(existsSync(file)).toBe(true);
      const picture = readFileSync(file);
      expect(picture.subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
      expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual(PIXELS);
      expect(picture.length).toBeLessThan(MOST_BYTES);
    });
  });
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { watchSessions } from 'iscsidsc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLiveSimulator } from '../../examples/electron/sessions/live-simulator.mjs';
import { requiredTier } from '../required.js';
import { findBrowser } from './browser.mjs';
import { MemoryProcess } from './memory-process.js';
import { launch, openPage } from './opened-page.js';

const found = requiredTier(findBrowser());
// Vitest's, as `--mode` says.
const { MODE } = (import.meta as { env?: { MODE?: string } }).env ?? {};
const VIEWPORT = { width: 1050, height: 729 };
const SCALE = 4 / 3;
const PIXELS = [1400, 972];
const ROUNDS = 41;
const ROUNDS_A_STEP = 4;
const MOST_BYTES = 150_000;

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

    it('shows a window in which things happen (npm run docs:picture takes it)', async () => {
      const live = createLiveSimulator();
      const watch = () => watchSessions({ library: live.library, devices: true });
      await using opened = await openPage(browser, () => new MemoryProcess(watch), {
        colorScheme,
        viewport: VIEWPORT,
        deviceScaleFactor: SCALE,
      });
      const { page } = opened;
      await page.locator('tbody tr').first().waitFor();
      const start = Date.UTC(2026, 2, 1, 14, 5);
      for (let round = 1; round < ROUNDS; round++) {
        await page.clock.setFixedTime(start + round * 2000);
        if (round % ROUNDS_A_STEP === 0) live.step();
        await opened.refresh();
      }
      await page.getByText('Updated 14:06:20').waitFor();
      expect(await page.locator('#changes li').count()).toBeGreaterThan(3);
      expect(await page.getByText('These sessions are made up').isVisible()).toBe(true);
      expect(await page.locator('tr.reconnecting').count()).toBe(1);

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

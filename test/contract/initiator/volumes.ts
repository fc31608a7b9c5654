import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  connectTarget,
  disconnectTarget,
  findDisks,
  getIScsiSessionList,
  rescanDisks,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { forBothForms, RETRIED, type Site, type Sites } from './site.js';

/** Rules about the volumes on the disks of a session. */
export function volumesContract(sites: Sites, declare: Declare): void {
  const { targets, portals } = sites;
  forBothForms(sites, declare, ({ rule: declareRule }) => {
    /** A rule of a machine that has a disk with a volume. */
    const rule = (text: string, check: (path: string, options: AsyncOptions, site: Site) => Promise<void>) =>
      declareRule(
        `volumes: ${text}`,
        async (options, site) => {
          const target = { targetName: targets.formatted, portals: portals.first, lun: 0 };
          await connectTarget(target, { ...options, timeoutMs: 60_000 });
          await check(await pathOf(targets.formatted, options), options, site);
        },
        ['volumes'],
      );

    rule('a disk has its volumes, and is found by the path of one', async (path, options) => {
      const [disk, ...others] = await findDisks({ volume: path }, options);
      assert.deepEqual(others, []);
      assert.deepEqual([disk?.targetName, disk?.lun], [targets.formatted, 0]);
      const volumes = disk?.volumes?.filter(({ paths }) => paths.includes(path)) ?? [];
      assert.equal(volumes.length, 1);
      assert.ok(volumes[0]?.disks.some(({ deviceNumber }) => deviceNumber === disk?.deviceNumber));
    });
    rule('one that is in use keeps its session', async (path, options, site) => {
      const sessions = await getIScsiSessionList(options);
      const release = site.use(path);
      try {
        const error = await errorOf(disconnectTarget({ volume: path }, { ...options, retries: 0 }));
        assert.deepEqual([error.code, error.volumes], ['ISDSC_DEVICE_BUSY_ON_SESSION', [path]]);
        assert.deepEqual(await getIScsiSessionList(options), sessions);
      } finally {
        release();
      }
      const { loggedOut } = await disconnectTarget({ volume: path }, { ...options, ...RETRIED });
      assert.deepEqual(loggedOut, sessions);
      assert.deepEqual(await findDisks({ targetName: targets.formatted }, options), []);
    });
    rule('a rescan leaves them', async (path, options) => {
      const before = await findDisks({ volume: path }, options);
      await rescanDisks(options);
      assert.deepEqual(await findDisks({ volume: path }, options), before);
    });
  });
}

/** The path of the volume on LUN 0. Windows finds volumes some time after their disks. */
async function pathOf(targetName: string, options: AsyncOptions): Promise<string> {
  for (let round = 0; round < 300; round++) {
    const [disk] = await findDisks({ targetName, lun: 0 }, options);
    const path = disk?.volumes?.flatMap(({ paths }) => paths)[0];
    if (path !== undefined) return path;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  assert.fail('no volume has appeared');
}

import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exampleSessions } from 'iscsidsc/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './app.js';
import { standInText } from './programs/stand-in.js';
import { tierApart } from './required.js';

const tier = tierApart();

describe.skipIf(!tier.ok)(
  'the installed package in a Windows whose System32 has no iscsidsc.dll, or an older one',
  () => {
    if (!tier.ok) return;
    const app = new App(tier);

    describe('an iscsidsc.dll that somebody has planted', () => {
      const planted = join(tier.appFolder, 'planted');
      const besideProgram = join(tier.appFolder, 'iscsidsc.dll');
      const plant = () => {
        mkdirSync(planted, { recursive: true });
        copyFileSync(tier.plantedDll, join(planted, 'iscsidsc.dll'));
        copyFileSync(tier.plantedDll, besideProgram);
      };
      beforeAll(plant);
      afterAll(() => {
        rmSync(planted, { recursive: true });
        rmSync(besideProgram);
      });
      const program = async (name: string) => tier.windowsPath(join(tier.appFolder, await app.program(name)));
      const notLoaded = { error: { code: 'ERR_ISCSIDSC_LIBRARY_LOAD', name: 'IscsidscError' }, planted: null };

      it('would be loaded by its bare name', async () => {
        const { stdout } = await tier.withoutDll(async () => app.run([await program('control')], { cwd: planted }));
        expect(JSON.parse(stdout)).toEqual({ planted: '1' });
      });

      it('is not loaded from the current directory, nor from beside the script', async () => {
        for (const cwd of [planted, tier.appFolder]) {
          const { stdout } = await tier.withoutDll(async () => app.run([await program('list')], { cwd }));
          expect(JSON.parse(stdout)).toMatchObject(notLoaded);
        }
      });

      it('is not loaded where System32 has one', async () => {
        const env = { ISCSIDSC_STANDIN: standInText({ sessions: 2 }) };
        const { stdout } = await app.run([await program('list')], { cwd: planted, env });
        expect(JSON.parse(stdout)).toEqual({ sessions: exampleSessions(2) });
      });
    });

    it('describes sessions on a Windows without GetIScsiSessionListEx, with the reason', async () => {
      const env = { ISCSIDSC_STANDIN: standInText({ sessions: 2 }) };
      const program = await app.program('describe');
      const { stdout } = await tier.withDll(tier.oldDll, () => app.run([program], { env }));
      expect(JSON.parse(stdout)).toMatchObject(
        [0, 1].map(() => ({
          negotiated: null,
          negotiatedError: { code: 'ERR_ISCSIDSC_MISSING_EXPORT', syscall: 'GetIScsiSessionListEx' },
          devices: [{ deviceInstance: expect.any(Number) }],
          devicesError: null,
        })),
      );
    });
  },
);

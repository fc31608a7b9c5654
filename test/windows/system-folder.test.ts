import { copyFileSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exampleSessions } from 'iscsidsc/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from './app.js';
import { standInText } from './programs/stand-in.js';
import { tierApart } from './required.js';

const tier = tierApart();
const SYSTEM_DLL = 'C:\\windows\\system32\\iscsidsc.dll';

describe.skipIf(!tier.ok)(
  'the installed package in a Windows whose System32 has no iscsidsc.dll, or an older one',
  () => {
    if (!tier.ok) return;
    const app = new App(tier);
    const program = async (name: string) => tier.windowsPath(join(tier.appFolder, await app.program(name)));
    const env = { ISCSIDSC_STANDIN: standInText({ sessions: 2 }) };
    const listed = { sessions: exampleSessions(2), planted: null };
    const notLoaded = (error: number) => ({
      error: {
        code: 'ERR_ISCSIDSC_LIBRARY_LOAD',
        name: 'IscsidscError',
        syscall: 'LoadLibraryExW',
        errno: error,
        message: expect.stringMatching(new RegExp(`iscsidsc\\.dll cannot be loaded: error ${error}, \\S`)),
      },
      planted: null,
    });

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

      it('would be loaded by its bare name', async () => {
        const args = [await program('load'), 'iscsidsc.dll'];
        const { stdout } = await tier.withoutDll(() => app.run(args, { cwd: planted }));
        expect(JSON.parse(stdout)).toEqual({ planted: '1' });
      });

      it('is not loaded from the current directory, nor from beside the script', async () => {
        for (const cwd of [planted, tier.appFolder]) {
          const { stdout } = await tier.withoutDll(async () => app.run([await program('planted')], { cwd }));
          expect(JSON.parse(stdout)).toMatchObject(notLoaded(126));
        }
      });

      it('is not loaded where System32 has one', async () => {
        const { stdout } = await app.run([await program('planted')], { cwd: planted, env });
        expect(JSON.parse(stdout)).toEqual(listed);
      });
    });

    describe('a DLL from which iscsidsc.dll imports, planted beside node.exe and in the current directory', () => {
      const planted = join(tier.appFolder, 'planted-dependency');
      const system = join(tier.system32, 'dependency.dll');
      // A node.exe of its own: beside the other one, programs of other tests would find the DLL as well.
      const options = { program: join(planted, 'node.exe'), cwd: planted, env };
      const clear = () => {
        rmSync(planted, { recursive: true, force: true });
        rmSync(system, { force: true });
      };
      beforeAll(() => {
        clear();
        mkdirSync(planted);
        linkSync(tier.nodeExe, options.program);
        copyFileSync(tier.plantedDependencyDll, join(planted, 'dependency.dll'));
      });
      afterAll(clear);
      const run = async (...args: string[]) => {
        const { stdout } = await tier.withDll(tier.dependentDll, () => app.run(args, options));
        return JSON.parse(stdout);
      };

      it('would be loaded by Koffi alone', async () => {
        expect(await run(await program('load'), SYSTEM_DLL)).toEqual({ planted: '1' });
      });

      it('is not loaded where System32 has none', async () => {
        expect(await run(await program('planted'))).toMatchObject(notLoaded(126));
      });

      it('is not loaded where System32 has one', async () => {
        copyFileSync(tier.dependencyDll, system);
        expect(await run(await program('planted'))).toEqual(listed);
      });
    });

    it('says why a damaged iscsidsc.dll is not loaded', async () => {
      const damaged = join(tier.appFolder, 'package.json');
      const { stdout } = await tier.withDll(damaged, async () => app.run([await program('planted')]));
      expect(JSON.parse(stdout)).toMatchObject(notLoaded(193));
    });

    it('names the export that an older iscsidsc.dll lacks in a diagnosis', async () => {
      const args = ['node_modules/iscsidsc/dist/cli.js', 'doctor', '--json'];
      const { stdout } = await tier.withDll(tier.oldDll, () => app.run(args, { env }));
      const { findings }: { findings: { check: string }[] } = JSON.parse(stdout);
      expect(findings.find(({ check }) => check === 'dll')).toMatchObject({
        level: 'warning',
        details: { missing: ['GetIScsiSessionListEx'] },
      });
    });

    it('describes sessions on a Windows without GetIScsiSessionListEx, with the reason', async () => {
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

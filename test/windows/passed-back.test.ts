import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { charactersOf, WIDE } from '../arguments/characters.js';
import type { AnyCall } from '../arguments/expected-call.js';
import { expectedRecords } from '../arguments/expected-record.js';
import { examplePersistentLogin } from '../contract/examples/persistent-logins.js';
import { exampleSendTargetPortalEx } from '../contract/examples/portals.js';
import { App } from './app.js';
import { type CallRecord, readRecords } from './records.js';
import { tierOrReason } from './required.js';

const NAME = 'größe';
const [PORTALS, LOGINS, TARGETS] = [8, 12, 2000];

const tier = tierOrReason();

describe.skipIf(!tier.ok)('by what the DLL records', () => {
  if (!tier.ok) return;
  const app = new App(tier);

  describe.each(['unicode', 'ansi'])('%s', async charset => {
    const { records, printed } = await run(app, tier.appFolder, charset);
    const made = (...names: string[]) => records.filter(each => names.includes(each.export.replace(/[AW]$/, '')));

    it('every portal is passed back as it was reported', () => {
      const calls = Array.from({ length: PORTALS }, (_, number) => exampleSendTargetPortalEx(number, NAME)).flatMap(
        portal =>
          ['refreshIScsiSendTargetPortal', 'addIScsiSendTargetPortal', 'removeIScsiSendTargetPortal'].map(name => ({
            name,
            args: [portal, { charset }],
          })),
      );
      const names = ['Refresh', 'Add', 'Remove'].map(verb => `${verb}IScsiSendTargetPortal`);
      expect(made(...names)).toEqual(calls.flatMap(expected));
    });

    it('every persistent login is passed back as it was reported', () => {
      const calls = Array.from({ length: LOGINS }, (_, number) => examplePersistentLogin(number, NAME)).flatMap(login =>
        ['loginIScsiTarget', 'removeIScsiPersistentTarget'].map(name => ({
          name,
          args: [login.targetName, { ...login, charset }],
        })),
      );
      expect(made('LoginIScsiTarget', 'RemoveIScsiPersistentTarget')).toEqual(calls.flatMap(expected));
    });

    it('the ids of a login are those that the DLL wrote', () => {
      const ids = { sessionId: 'ffffe00112345010-4000013700000002', connectionId: 'ffffe00112345010-201' };
      expect(printed.ids).toEqual(Array(LOGINS).fill(ids));
    });

    it('an update is forced on the first of two calls', () => {
      expect(printed.targets).toBe(TARGETS);
      expect(made('ReportIScsiTargets').map(({ parameters }) => parameters.ForceUpdate)).toEqual([1, 0]);
    });
  });
});

function expected(call: AnyCall): CallRecord[] {
  return expectedRecords(call, charactersOf(1252), WIDE) ?? expect.fail(`${call.name} is refused`);
}

async function run(app: App, folder: string, charset: string): Promise<{ records: CallRecord[]; printed: Printed }> {
  const log = `passed-back-${process.pid}-${charset}.jsonl`;
  const scenario = `log=${log};name=${NAME};portals=${PORTALS};logins=${LOGINS};targets=${TARGETS}`;
  const args = [await app.program('passed-back'), charset];
  const { stdout, stderr } = await app.run(args, { env: { ISCSIDSC_STANDIN: scenario } });
  if (stderr !== '') throw new Error(stderr);
  const records = readRecords(app.read(log));
  rmSync(join(folder, log));
  return { records, printed: JSON.parse(stdout) };
}

interface Printed {
  readonly ids: readonly unknown[];
  readonly targets: number;
}

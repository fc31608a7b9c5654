import fc from 'fast-check';
import { expect, it } from 'vitest';
import { machine } from './run.js';

const LINES = [
  ...['scsi luns', 'scsi capacity', 'scsi inquiry', 'scsi inquiry --page 0x00', 'scsi inquiry --page 0x83'].map(
    line => `${line} --target iqn.2005-10.org.example.nas:backup`,
  ),
  ...['isns list', 'isns add isns.corp.example', 'isns refresh', 'isns remove isns.corp.example'],
  ...['radius list', 'radius add 10.0.0.9', 'radius remove 10.0.0.9', 'radius set-secret', 'chap set-secret --clear'],
  ...['device list', 'device bind E:', 'device bind-all', 'device unbind E:', 'device clear'],
  ...['initiator rename --default', 'initiator rename iqn.1991-05.com.microsoft:host.example'],
];

it('the commands keep to the width of the terminal, and break and lose no word', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...LINES), fc.integer({ min: 40, max: 120 }), async (line, columns) => {
      using on = machine();
      await on.prepare(line.split(' ').slice(0, 2).join(' '));
      const terminal = { environment: { ISCSIDSC_RADIUS_SECRET: 'shared-with-the-servers' }, ask: async () => 'y' };
      const { stdout, status } = await on.run(line, { ...terminal, columns });
      expect(status, line).toBe(0);
      for (const each of stdout.split('\n')) if (each.length > columns) expect(each).toMatch(/^ *\S+$/);
      // A second machine, because the first has changed.
      using other = machine();
      await other.prepare(line.split(' ').slice(0, 2).join(' '));
      expect(stdout.split(/\s+/)).toEqual((await other.run(line, terminal)).stdout.split(/\s+/));
    }),
    { numRuns: 60 },
  );
});

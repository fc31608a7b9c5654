import {
  getIScsiTargetInformation,
  reportIScsiPersistentLogins,
  reportIScsiSendTargetPortals,
  reportIScsiSendTargetPortalsEx,
  reportIScsiTargetPortals,
  reportIScsiTargets,
} from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { guardedErrorOf } from '../contract/outcome.js';

const LATIN = {
  decodeAnsi: (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1'),
  encodeAnsi: (text: string) => Buffer.from(text, 'latin1'),
};
const MECHANISM = { discoveryMechanism: 'm' };

describe('sizes', () => {
  /** Answers each call with a status, and writes the size that it is given. */
  const answering = (status: number, asked: (given: number) => number) => {
    const calls: number[] = [];
    const answer = (args: readonly unknown[]) => {
      // A count comes before the size where there are two.
      for (const each of args) if (each instanceof Uint32Array) each[0] = asked(each[0] as number);
      calls.push(status);
      return status;
    };
    const async = (...args: unknown[]) => (args.at(-1) as (error: null, status: number) => void)(null, answer(args));
    return { calls, library: { name: 'sizes', func: () => Object.assign(() => 0, { async }) as never, ...LATIN } };
  };
  const CALLS = {
    reportIScsiSendTargetPortals,
    reportIScsiSendTargetPortalsEx,
    reportIScsiTargets,
    reportIScsiTargetPortals: (how: object) => reportIScsiTargetPortals('t', how),
    getIScsiTargetInformation: (how: object) =>
      getIScsiTargetInformation('t', 'portalGroups', { ...how, ...MECHANISM }),
    reportIScsiPersistentLogins,
  };

  describe.each(Object.entries(CALLS))('%s', (name, call) => {
    it('is not given 4 GiB because Windows asks for them', async () => {
      const { library, calls } = answering(122, () => 2 ** 32 - 1);
      const error = await guardedErrorOf(() => call({ library }));
      expect(error).toMatchObject({ code: 'ERR_ISCSIDSC_BUFFER_TOO_LARGE' });
      expect(calls).toHaveLength(1);
    });

    it('is not asked without end', async () => {
      const { library, calls } = answering(122, given => given);
      expect(await guardedErrorOf(() => call({ library }))).toMatchObject({ code: 'ERR_ISCSIDSC_BUFFER_RETRIES' });
      expect(calls.length).toBeLessThan(10);
    });

    it('is refused where it used 4 GiB of what it was given', async () => {
      const { library } = answering(0, () => 2 ** 32 - 1);
      expect(await guardedErrorOf(() => call({ library }))).toMatchObject({ code: 'ERR_ISCSIDSC_MALFORMED_REPLY' });
    });

    it('is empty where nothing is needed, also if Windows calls the buffer too small', async () => {
      expect(await call({ library: answering(0, () => 0).library })).toEqual([]);
      const { library } = answering(122, () => 0);
      if (name === 'reportIScsiPersistentLogins') expect(await call({ library })).toEqual([]);
      else expect((await guardedErrorOf(() => call({ library }))).code).toBe('ERR_ISCSIDSC_BUFFER_RETRIES');
    });
  });
});

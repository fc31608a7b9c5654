import assert from 'node:assert/strict';
import {
  getIScsiInitiatorNodeName,
  getIScsiInitiatorNodeNameSync,
  getIScsiVersionInformation,
  getIScsiVersionInformationSync,
  reportIScsiInitiatorList,
  reportIScsiInitiatorListSync,
} from 'iscsidsc';
import { assertVersion } from '../../fuzz/shape.js';
import { withGuards } from '../guards.js';
import type { Declare, Open } from '../subject.js';
import { sameInAllWays } from './same.js';

/** What is promised of the initiator's own data, whatever they are. */
export function anyInitiatorItselfContract(open: Open, rule: Declare): void {
  rule('the version is three numbers, the same in all four ways', () =>
    withGuards(async () => {
      assertVersion(await sameInAllWays(open(), getIScsiVersionInformation, getIScsiVersionInformationSync));
    }),
  );
  rule('the node name is a name, the same in all four ways', () =>
    withGuards(async () => {
      const name = await sameInAllWays(open(), getIScsiInitiatorNodeName, getIScsiInitiatorNodeNameSync);
      assert.match(name, /^[^\0]{1,223}$/);
    }),
  );
  rule('the initiators are names, the same in all four ways', () =>
    withGuards(async () => {
      const names = await sameInAllWays(open(), reportIScsiInitiatorList, reportIScsiInitiatorListSync);
      for (const name of names) assert.match(name, /^[^\0]+$/);
      assert.equal(new Set(names).size, names.length);
    }),
  );
}

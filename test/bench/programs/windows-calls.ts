import { deepStrictEqual } from 'node:assert';
import { getIScsiSessionList, getIScsiSessionListSync } from 'iscsidsc';
import { arrangeStandIn } from '../../windows/programs/stand-in.js';
import { asSessionInfo } from '../plain-koffi.js';
import { compare } from '../side.js';
import { SIZES } from '../sizes.js';
import type { Comparison } from '../turns.js';
import { BareCall } from './bare-call.js';
import { PlainCall } from './plain-call.js';

export interface WindowsCallsResult {
  plain: Comparison[];
  async: Comparison;
  /** The call of no sessions over the bare native call. */
  bare: Comparison;
  bareAsync: Comparison;
}

// Prints how the package compares with the obvious way and with the bare native call, and its async form with the sync one.
const effort = JSON.parse(process.argv[2] as string);
const plainCall = new PlainCall();
const plain: Comparison[] = [];
for (const sessions of SIZES) {
  arrangeStandIn({ sessions, connections: 1 });
  deepStrictEqual(plainCall.list().map(asSessionInfo), getIScsiSessionListSync());
  plain.push(await compare({ sync: () => getIScsiSessionListSync() }, { sync: () => plainCall.list() }, effort));
}
arrangeStandIn({ sessions: 8, connections: 1 });
const async = await compare({ async: () => getIScsiSessionList() }, { sync: () => getIScsiSessionListSync() }, effort);
arrangeStandIn({ sessions: 0 });
const call = new BareCall();
const bare = await compare({ sync: () => getIScsiSessionListSync() }, { sync: () => call.sync() }, effort);
const bareAsync = await compare({ async: () => getIScsiSessionList() }, { async: () => call.async() }, effort);
const result: WindowsCallsResult = { plain, async, bare, bareAsync };
process.stdout.write(JSON.stringify(result));

import assert from 'node:assert/strict';
import {
  getInitiatorService,
  getInitiatorServiceSync,
  isElevated,
  isElevatedSync,
  startInitiatorService,
} from 'iscsidsc';
import type { Declare, Open } from '../subject.js';

const START_TYPES = ['automatic', 'manual', 'disabled'];

/** What is promised of the service and the rights of a machine whose initiator answers. */
export function anyServiceContract(open: Open, rule: Declare): void {
  rule('the service runs, and is shown the same in both ways', async () => {
    const library = open();
    const service = await getInitiatorService({ library });
    assert.ok(START_TYPES.includes(String(service.startType)));
    assert.equal(service.state, 'running');
    assert.ok(Number.isInteger(service.processId) && Number(service.processId) > 0);
    assert.deepEqual(getInitiatorServiceSync({ library }), service);
    assert.deepEqual(JSON.parse(JSON.stringify(service)), service);
  });
  rule('a start of the service that runs changes nothing', async () => {
    const library = open();
    const service = await getInitiatorService({ library });
    assert.equal(service.state, 'running');
    const started = await startInitiatorService({ library });
    assert.deepEqual(started, { ...service, started: false, changedStartType: false });
  });
  rule('the program has the rights of an administrator, as its initiator answers', async () => {
    const library = open();
    assert.equal(await isElevated({ library }), true);
    assert.equal(isElevatedSync({ library }), true);
  });
}

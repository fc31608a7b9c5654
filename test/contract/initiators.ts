import assert from 'node:assert/strict';
import {
  getIScsiInitiatorNodeName,
  getIScsiInitiatorNodeNameSync,
  getIScsiVersionInformation,
  getIScsiVersionInformationSync,
  reportIScsiInitiatorList,
  reportIScsiInitiatorListSync,
} from 'iscsidsc';
import { guardedEqual, guardedErrorOf } from './outcome.js';
import type { Arrange, Declare } from './subject.js';
import { WAYS } from './ways.js';

/** What the functions that tell of the initiator itself rule. */
export function initiatorsContract(arrange: Arrange, rule: Declare): void {
  for (const { name, form, call } of WAYS) {
    const given = (text: string, check: () => Promise<void>) => rule(`${text} (${name})`, check);

    given('the version of the initiator is returned unchanged', () =>
      guardedEqual(() => call(getIScsiVersionInformation, getIScsiVersionInformationSync, { library: arrange({}) }), {
        majorVersion: 10,
        minorVersion: 0,
        buildNumber: 20348,
      }),
    );
    given('the node name of the initiator is returned unchanged', () =>
      guardedEqual(
        () => call(getIScsiInitiatorNodeName, getIScsiInitiatorNodeNameSync, { library: arrange({}) }),
        'iqn.1991-05.com.microsoft:host.example',
      ),
    );
    given('a node name without an end is an error', async () => {
      const library = arrange({ fault: 'unterminated' });
      const error = await guardedErrorOf(() =>
        call(getIScsiInitiatorNodeName, getIScsiInitiatorNodeNameSync, { library }),
      );
      assert.deepEqual([error.code, error.member], ['ERR_ISCSIDSC_MALFORMED_REPLY', 'InitiatorNodeName']);
      assert.equal(error.syscall, `GetIScsiInitiatorNodeName${form}`);
    });
    given('the names of the initiators are returned without the noise behind them', () =>
      guardedEqual(
        () => call(reportIScsiInitiatorList, reportIScsiInitiatorListSync, { library: arrange({}) }),
        ['ROOT\\ISCSIPRT\\0000_0'],
      ),
    );
    for (const [fault, member] of [
      ['unterminated', 'Buffer'],
      ['size-large', 'BufferSize'],
    ] as const) {
      given(`a faulty list of initiators is an error: ${fault}`, async () => {
        const library = arrange({ fault });
        const error = await guardedErrorOf(() =>
          call(reportIScsiInitiatorList, reportIScsiInitiatorListSync, { library }),
        );
        assert.deepEqual([error.code, error.member], ['ERR_ISCSIDSC_MALFORMED_REPLY', member]);
        assert.equal(error.syscall, `ReportIScsiInitiatorList${form}`);
      });
    }
  }
}

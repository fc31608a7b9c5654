import fc from 'fast-check';
import { diagnose, type Library } from 'iscsidsc';
import { createSimulator, exampleDevices, exampleSessions, type SimulatorOptions } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { loginTo } from '../initiator-by-hand.js';
import { CALLED, type Fault, faulty } from './faulty-library.js';

// Every name of the machines below has this in it.
const MARK = 'zqzq';

const name = (kind: string, most: number) =>
  fc
    .string({ unit: fc.constantFrom(...'abcXYZ019.-_ :*\\é漢'), maxLength: 12 })
    .map(text => `${kind}${MARK}${text}`.trim().slice(0, most));
const iqn = name('iqn.2003-01.org.', 100);
const host = name('host', 60).map(text => text.replace(/[\s:*]/g, '-'));
const portal = fc.record({
  symbolicName: name('symbol', 60),
  address: host,
  socket: fc.integer({ min: 1, max: 65535 }),
});

const machine: fc.Arbitrary<SimulatorOptions> = fc
  .record({
    targetNames: fc.uniqueArray(iqn, { maxLength: 4, selector: text => text.toLowerCase() }),
    nodeName: iqn,
    portals: fc.array(portal, { minLength: 1, maxLength: 3 }),
    texts: fc.array(name('text', 7), { minLength: 4, maxLength: 4 }),
    logins: fc.array(fc.tuple(iqn, host, name('user', 40), name('instance', 60)), { maxLength: 4 }),
    ids: fc.array(fc.bigInt({ min: 2n ** 40n, max: 2n ** 63n }), { minLength: 3, maxLength: 3 }),
    connected: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    twice: fc.boolean(),
  })
  .map(({ targetNames, nodeName, portals, texts, logins, ids, connected, twice }) => {
    const [alias = '', serialNumber = '', vendor = '', product = ''] = texts;
    const sessions = exampleSessions(targetNames.length).map((session, index) => ({
      ...session,
      sessionId: `${ids[0]?.toString(16)}-${((ids[1] ?? 0n) + BigInt(index)).toString(16)}`,
      initiatorName: nodeName,
      targetName: twice ? (targetNames[0] ?? '') : (targetNames[index] ?? ''),
      targetNodeName: null,
      connections: connected[index]
        ? session.connections.map(each => ({
            ...each,
            targetAddress: portals[0]?.address ?? '',
            initiatorAddress: `10.${MARK}`,
          }))
        : [],
    }));
    return {
      network: {
        targets: targetNames.map(targetName => ({
          targetName,
          targetAlias: alias,
          portalGroups: [portals],
          luns: [{ lun: 0, serialNumber, vendor, product }],
        })),
      },
      sendTargetPortals: portals.map(each => ({
        ...each,
        ...{ initiatorName: '', initiatorPortNumber: 0xffffffff, securityFlags: [], loginOptions: { loginFlags: [] } },
      })),
      sessions,
      devices: exampleDevices(sessions),
      persistentLogins: logins.flatMap(([target, address, username, initiatorInstance], index) => {
        const login = {
          ...loginTo(target, address),
          initiatorInstance,
          mappings: {
            ...{ initiatorName: initiatorInstance, targetName: target, osDeviceName: `\\\\.\\${MARK}` },
            ...{ sessionId: `${ids[2]?.toString(16)}-1`, osBusNumber: 0, osTargetNumber: 0, lunList: [] },
          },
          loginOptions: { loginFlags: [], username: username.replace(/[^\x20-\x7e]/g, '') },
        };
        return index % 2 === 0 ? [login, login] : [login];
      }),
    };
  });

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom(5, 122, 0xefff003e, 0xefff0001, 77777).map(status => ({ status })),
  fc.constant({ throws: new Error(`${MARK} in an error of the library`) }),
  fc.constant({ throws: Object.assign(new Error(MARK), { code: MARK, syscall: MARK, hint: MARK }) }),
);

describe('an anonymous diagnosis', () => {
  it('has nothing of the names of any machine in it, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        machine,
        fc.dictionary(fc.constantFrom(...CALLED), fault, { maxKeys: 3 }),
        fc.constantFrom('unicode', 'ansi'),
        async (options, faults, charset) => {
          using simulator = createSimulator(options);
          const library = { ...faulty(simulator, called => faults[called]), name: `C:\\${MARK}\\iscsidsc.dll` };
          const findings = await diagnose({ library, anonymous: true, charset: charset as 'ansi' });
          const text = JSON.stringify(findings);
          expect(text).not.toMatch(new RegExp(MARK, 'i'));
          for (const { sessionId } of simulator.sessions) expect(text).not.toContain(sessionId);
          // The same machine has them all, so that there is something to leave out.
          const plain = await diagnose({ library, charset: charset as 'ansi' });
          expect(JSON.stringify(plain)).toContain(MARK);
          expect(findings.map(({ check, level }) => [check, level])).toEqual(
            plain.map(({ check, level }) => [check, level]),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has one placeholder for one name, in any case', async () => {
    const [first, second] = exampleSessions(2, { connections: 0 }).map(session => ({
      ...session,
      targetNodeName: null,
    }));
    const targetName = 'iqn.2003-01.org.example:disk-0';
    const sessions = [first, { ...second, targetName: targetName.toUpperCase() }] as never;
    const persistentLogins = [loginTo(targetName), loginTo(targetName.toUpperCase()), loginTo('iqn.other')];
    const found = await anonymous({ network: { targets: [] }, sessions, persistentLogins });
    expect(found.reconnectingSessions?.details).toEqual({
      sessions: 2,
      reconnecting: [
        { session: 'session-1', target: 'target-2', hasOtherPath: false },
        { session: 'session-2', target: 'target-2', hasOtherPath: false },
      ],
    });
    expect(found.loginsToGoneTargets?.what).toMatch(/: target-1\.$/);
    expect(found.duplicateLogins?.details).toMatchObject({
      duplicates: [{ target: 'target-2', portal: 'any portal' }],
    });
  });

  it('keeps what a report needs: versions, errors, numbers', async () => {
    const found = await anonymous({ behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } });
    expect(found.lists?.what).toContain('ISDSC_SERVICE_NOT_RUNNING');
    expect(found.dll?.details).toMatchObject({ name: 'simulator', functions: 79 });
    expect(found.platform?.details).toMatchObject({ node: process.versions.node });
  });
});

async function anonymous(options: SimulatorOptions) {
  using library: Library & Disposable = createSimulator(options);
  const findings = await diagnose({ library, anonymous: true });
  return Object.fromEntries(findings.map(finding => [finding.check, finding]));
}

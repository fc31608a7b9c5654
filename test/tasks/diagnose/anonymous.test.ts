import { homedir } from 'node:os';
import fc from 'fast-check';
import { type DiagnoseOptions, diagnose, type Finding, IscsidscError, type Library } from 'iscsidsc';
import { createSimulator, exampleSessions, type SimulatorOptions } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { byHand, loginTo } from '../initiator-by-hand.js';
import { CALLED, type Fault, faulty } from './faulty-library.js';
import { MARK, name, namedMachine, namesIn } from './named-machine.js';

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom(5, 122, 0xefff003e, 0xefff0001, 77777).map(status => ({ status })),
  fc.constant({ throws: new Error(`${MARK} in an error of the library`) }),
  fc.constantFrom('ERR_ISCSIDSC_MISSING_EXPORT', 'ERR_ISCSIDSC_LIBRARY_LOAD').map(code => ({
    throws: new IscsidscError(code, `D:\\${MARK}\\iscsidsc.dll is not right.`, { hint: MARK, cause: new Error(MARK) }),
  })),
  fc.constant({ throws: Object.assign(new Error(MARK), { code: MARK, syscall: MARK, hint: MARK, cause: MARK }) }),
);

const behaviour = fc.record(
  {
    fault: fc.constantFrom('pointer-low', 'array-huge-null', 'count-unwritten', 'unterminated', 'size-large'),
    missing: fc.subarray(['GetIScsiSessionListW', 'ReportIScsiTargetsW', 'GetIScsiVersionInformation'] as const),
    status: fc.constantFrom('ISDSC_SERVICE_NOT_RUNNING', 'ISDSC_OPERATION_NOT_ALL_SUCCESS'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<SimulatorOptions['behaviour']>;

const library = fc.constantFrom('C:\\Users\\', '/home/', 'D:\\').map(folder => `${folder}${MARK}/iscsidsc.dll`);

describe('an anonymous diagnosis', () => {
  it('has nothing of the names of any machine in it, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        namedMachine,
        fc.dictionary(fc.constantFrom(...CALLED), fault, { maxKeys: 3 }),
        behaviour,
        library,
        fc.constantFrom('unicode', 'ansi'),
        async (machine, faults, wrong, path, charset) => {
          using simulator = createSimulator({ ...machine.options, behaviour: wrong });
          const options: DiagnoseOptions = {
            library: { ...faulty(simulator, called => faults[called]), name: path },
            charset: charset as 'ansi',
            onWarning: () => {},
          };
          const findings = await diagnose({ ...options, anonymous: true });
          const text = JSON.stringify(findings);
          expect(namesIn(text, machine)).toEqual([]);
          expect(text).not.toMatch(/[a-z]:\\\\|volume\{/i);
          for (const own of [homedir(), process.cwd()].filter(each => each.length > 2)) expect(text).not.toContain(own);
          const plain = await diagnose(options);
          expect(JSON.stringify(plain)).toContain(MARK);
          expect(findings.map(({ check, level }) => [check, level])).toEqual(
            plain.map(({ check, level }) => [check, level]),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('says the same as one with the names, of which each has a placeholder', async () => {
    await fc.assert(
      fc.asyncProperty(namedMachine, async machine => {
        using simulator = createSimulator(machine.options);
        const [findings, plain] = [
          await diagnose({ library: simulator, anonymous: true }),
          await diagnose({ library: simulator }),
        ].map(withoutTimes);
        const names = [...machine.names].sort((one, other) => other.length - one.length);
        let text = JSON.stringify(plain);
        for (const each of names) text = text.replaceAll(JSON.stringify(each).slice(1, -1), '*');
        const placeholder = /\b(target|address|session)-\d+/g;
        expect(JSON.stringify(findings).replace(placeholder, '*')).toBe(text.replaceAll('[*]', '*'));
      }),
      { numRuns: 150 },
    );
  });

  it('has nothing of the ways in which targets were found, however they are written', async () => {
    const kind = fc.constantFrom('SendTargets:', 'SendTargets:*', 'iSNS:', 'HBA', 'Static Target ', '');
    const mechanism = fc
      .tuple(kind, fc.array(name('', 30), { maxLength: 4 }))
      .map(([word, rest]) => word + rest.join(' '));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          mechanism.filter(text => text !== ''),
          { maxLength: 4 },
        ),
        async mechanisms => {
          using simulator = createSimulator({ network: { targets: [] } });
          const aliases = Object.fromEntries(mechanisms.map(each => [each, '']));
          const findings = await diagnose({
            library: byHand(simulator, { targets: { [`iqn.${MARK}`]: { aliases } } }),
            anonymous: true,
          });
          expect(findings.find(({ check }) => check === 'discoveryMechanisms')?.details).toHaveProperty('shapes');
          expect(JSON.stringify(findings)).not.toContain(MARK);
        },
      ),
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

function withoutTimes(findings: Finding[]): Finding[] {
  return JSON.parse(
    JSON.stringify(findings).replace(/ in \d+ ms|"milliseconds":\d+/g, each => each.replace(/\d+/, '0')),
  );
}

async function anonymous(options: SimulatorOptions) {
  using library: Library & Disposable = createSimulator(options);
  const findings = await diagnose({ library, anonymous: true });
  return Object.fromEntries(findings.map(finding => [finding.check, finding]));
}

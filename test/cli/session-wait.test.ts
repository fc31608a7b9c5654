import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Interruption } from '../../src/cli/terminal/interruption.js';
import { createSimulator, exampleSessions } from '../../src/simulator.js';
import { run, runOn } from './run.js';

const [session] = exampleSessions(1);
if (session === undefined) throw new Error('There is no example.');
const target = session.targetName ?? '';
const wait = ['session', 'wait', '--interval', '0.001', '--target', target];

describe('session wait', () => {
  it('prints the session as `sessions` does', async () => {
    const { stdout, stderr, status } = await runOn({ sessions: exampleSessions(3) }, wait);
    expect(stdout).toBe((await runOn({ sessions: [session] }, ['sessions'])).stdout);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('prints the session with --json', async () => {
    const { stdout } = await runOn({ sessions: [session] }, [...wait, '--json']);
    expect(JSON.parse(stdout)).toEqual(session);
  });

  it.each([
    ['iqn.2005-10.org.example.nas:backup', 'fd00:10:20::5'],
    ['IQN.2005-10.ORG.EXAMPLE.NAS:BACKUP', '[FD00:10:20:0::5]:3260'],
    ['iqn.1992-08.com.example.san:vol-sql', '192.168.2.108'],
    ['iqn.1992-08.com.example.san:vol-sql', '192.168.2.108:3260'],
  ])('takes %s at the portal %s', async (name, portal) => {
    expect((await runOn({}, ['session', 'wait', '--target', name, '--portal', portal])).status).toBe(0);
  });

  it('waits until the target is connected', async () => {
    const library = createSimulator({ sessions: [{ ...session, connections: [] }] });
    const result = run([...wait, '--json'], { library });
    setTimeout(() => {
      library.sessions = [session];
    }, 50);
    expect(JSON.parse((await result).stdout)).toEqual(session);
    library.dispose();
  });

  it.each([[['--portal', '10.9.9.9']], [['--portal', '10.0.0.0:860']], [['--target', 'iqn.none']]])(
    'with %j gives up with status 3 when the time is over',
    async args => {
      const argv = [...wait, ...args, '--timeout', '0.1'];
      const { stdout, stderr, status } = await runOn({ sessions: [session] }, argv);
      expect(stderr).toMatch(/^iscsidsc: No session [^\n]+ within 100 ms\. [^\n]+\n$/);
      expect({ stdout, status }).toEqual({ stdout: '', status: 3 });
      const json = await runOn({ sessions: [session] }, [...argv, '--json']);
      expect(JSON.parse(json.stderr)).toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', hint: expect.any(String) });
    },
  );

  it('ends with status 130 at Ctrl+C, and does not hang', async () => {
    const source = new EventEmitter();
    const library = createSimulator({ sessions: [] });
    const result = run(
      wait.map(word => (word === '0.001' ? '1000' : word)),
      { library, interruption: new Interruption(source) },
    );
    setTimeout(() => source.emit('SIGINT'), 50);
    expect(await result).toEqual({ status: 130, hanging: false, stdout: '', stderr: 'iscsidsc: Interrupted.\n' });
    library.dispose();
  });
});

describe('session wait --until', () => {
  const until = (what: string) => ['session', 'wait', '--interval', '0.001', '--target', target, '--until', what];

  it('devices prints the session with its devices', async () => {
    const machine = { sessions: [session], behaviour: { devicesAfterMs: 50 } };
    const { stdout, status } = await runOn(machine, until('devices'));
    expect(stdout.split('\n')[2]).toMatch(/^ {2}\\\\\.\\PhysicalDrive1, /);
    expect(status).toBe(0);
  });

  it('gone waits until no session is left, reconnecting or not', async () => {
    const library = createSimulator({ sessions: [{ ...session, connections: [] }] });
    const result = run(until('gone'), { library });
    const json = run([...until('gone'), '--json'], { library });
    setTimeout(() => {
      library.sessions = [];
    }, 50);
    expect(await result).toMatchObject({ stdout: 'No such session is left.\n', status: 0 });
    expect((await json).stdout).toBe('null\n');
    library.dispose();
  });
});

// A child whose calls hang, crash it or stop it, as the file says that is named in its environment.
import { readFileSync } from 'node:fs';
import { serveInitiatorProcess } from '../../../dist/process.js';
import { createSimulator, exampleSessions } from '../../../dist/simulator.js';

const { DISTURBANCE: file, STATE: stateFile } = process.env;
const targets = [
  { targetName: 'iqn.2003-01.org.example:disk', portalGroups: [['10.0.0.10']], luns: [{ lun: 0, volumes: [] }] },
];
const simulator = createSimulator({ stateFile, network: { targets }, sessions: exampleSessions(4) });

serveInitiatorProcess({
  library: {
    name: 'disturbed',
    decodeAnsi: bytes => simulator.decodeAnsi(bytes),
    encodeAnsi: text => simulator.encodeAnsi(text),
    func: name => disturbed(name, simulator.func(name)),
    windowsFunc: name => disturbed(name, simulator.windowsFunc(name)),
  },
});

function disturbed(name, native) {
  const async = (...args) => {
    const { hangs = [], crashes = [], stops = [], lateMs } = JSON.parse(readFileSync(file, 'utf8'));
    const has = names => names.includes('every') || names.includes(name);
    if (has(crashes)) process.kill(process.pid, 'SIGSEGV');
    if (has(stops)) process.kill(process.pid, 'SIGSTOP');
    if (!has(hangs)) native.async(...args);
    else if (lateMs !== undefined) setTimeout(() => native.async(...args), lateMs);
  };
  return Object.assign((...args) => native(...args), { async });
}

import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { Io, Output } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';
import { Interruption } from '../../src/cli/terminal/interruption.js';
import { createSimulator, type SimulatorOptions } from '../../src/simulator.js';

/** What differs from a pipe that nobody interrupts. */
export type Terminal = Partial<Io>;

/** `2026-03-01 14:05:09` wherever the tests run. */
export const NOW = new Date(2026, 2, 1, 14, 5, 9);

export const SIMULATED = "This is a simulated initiator, not this machine's.\n";

/** The io of a command in a pipe, and what was written to it. */
export function pipe(terminal: Terminal = {}) {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Output => ({
    write(text, done) {
      written[name] += text;
      if (done) setImmediate(done);
    },
  });
  const io: Io = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    colour: false,
    version: '1.2.3',
    interruption: new Interruption(new EventEmitter()),
    now: () => NOW,
    stdin: Readable.from([]),
    environment: {},
    ...terminal,
  };
  return { io, written };
}

/** Runs the command line in this process, as in a pipe unless the terminal says otherwise. */
export async function run(argv: readonly string[], terminal: Terminal = {}) {
  const { io, written } = pipe(terminal);
  const outcome = await main(argv, io);
  return { ...outcome, ...written };
}

/** Runs a command on a simulated machine. */
export async function runOn(machine: SimulatorOptions, argv: readonly string[], terminal: Terminal = {}) {
  const library = createSimulator(machine);
  try {
    return await run(argv, { ...terminal, library });
  } finally {
    library.dispose();
  }
}

/** Runs `iscsidsc sessions` on a simulated machine. */
export function runSessions(machine: SimulatorOptions, argv: readonly string[] = [], terminal: Terminal = {}) {
  return runOn(machine, ['sessions', ...argv], terminal);
}

/** What must be done first for the examples of a command to succeed. */
const PREPARATIONS: Readonly<Record<string, string>> = {
  // A session without a connection is a problem.
  doctor: 'session logout --target iqn.2004-04.com.example.archive:lun0 --yes',
  'target login': 'portal add 10.0.0.10',
  'target remove': 'target add iqn.2003-01.org.example:disk9',
  'isns remove': 'isns add isns.corp.example',
  'isns refresh': 'isns add isns.corp.example',
  'radius remove': 'radius add 10.0.0.9',
  'device unbind': 'device bind E:',
  'connection add': 'connection remove --target iqn.1992-08.com.example.san:vol-sql 2 --yes',
};

/** A simulated machine on which one command follows another. */
export function machine(options: SimulatorOptions = {}) {
  const library = createSimulator(options);
  const runLine = (line: string, terminal: Terminal = {}) => run(line.split(' '), { library, ...terminal });
  return {
    library,
    run: runLine,
    /** Makes it such that the examples of the command succeed. */
    async prepare(command: string): Promise<void> {
      const line = PREPARATIONS[command] ?? PREPARATIONS[command.split(' ')[0] ?? ''];
      const { status = 0 } = line === undefined ? {} : await runLine(line);
      if (status !== 0) throw new Error(`${line} ended with status ${status}.`);
    },
    [Symbol.dispose]: () => library.dispose(),
  };
}

/** A terminal that gives this answer, and the questions that were asked on it. */
export function answering(answer: string) {
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return answer;
  };
  return { ask, questions };
}

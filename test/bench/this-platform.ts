import type { Effort } from './effort.js';
import { median } from './median.js';
import type { DecodingResult } from './programs/decoding.js';
import type { Programs } from './programs.js';
import { type Promised, type Row, type Section, sectionOf, sizeRows, timesLess } from './section.js';
import { type Comparison, takeTurns } from './turns.js';
import type { Way, WayStep } from './way.js';

const LESS_THAN_KOFFI: Readonly<Partial<Record<number, Promised>>> = { 256: { atLeast: 10 }, 1000: { atLeast: 10 } };
/** The code of the package is compiled at each start, and there is more of it than of Koffi's. */
export const IMPORT: Promised = { atMost: 1.8 };
/** Of whole processes: the command line has its commands, the package and the simulator to load besides Koffi. */
const COMMAND: Promised = { atMost: 1.8 };
export const FLAT: Promised = { atMost: 1.1 };

/** What can be measured on any platform. Gives the rows that stand in no section of their own. */
export async function measureAnywhere(
  programs: Programs,
  effort: Effort,
  show: (section: Section) => void,
): Promise<Row[]> {
  const growths: Row[] = [];
  for (const [charset, form] of [['unicode', 'W'] as const, ['ansi', 'A'] as const]) {
    const { sizes, growth, table } = await programs.run<DecodingResult>('decoding', charset, JSON.stringify(effort));
    show(sectionOf(charset, sizeRows(sizes.map(timesLess), LESS_THAN_KOFFI)));
    growths.push(
      { label: `decoding (${form}), a session of 1,000 / of 8`, ...growth, promise: FLAT },
      { label: `decoding (${form}), 256 sessions by hand / by table`, ...table },
    );
  }
  const imports = await takeTurns(
    effort.imports,
    () => programs.run<number>('import', 'iscsidsc'),
    () => programs.run<number>('import', 'koffi'),
  );
  const command = await takeTurns(
    effort.imports,
    () => programs.process('dist/cli.js', 'sessions', '--simulate'),
    () => programs.process('-e', "import('koffi')"),
  );
  const async = await programs.run<Comparison>('async-simulator', JSON.stringify(effort));
  return [
    ...growths,
    { label: "import 'iscsidsc' / 'koffi'", ...imports, promise: IMPORT },
    { label: "process: iscsidsc sessions --simulate / import('koffi')", ...command, promise: COMMAND },
    { label: 'async / sync, 8 sessions, simulator', ...async },
  ];
}

/** From a portal to a drive letter in the simulator, and a process that does nothing. */
export async function measureWay(programs: Programs, { imports }: Effort): Promise<Way> {
  const steps = await programs.run<WayStep[]>('way', `${imports}`);
  const processes: number[] = [];
  for (let count = 0; count < imports; count++) processes.push(await programs.process('-e', '0'));
  return { steps, process: median(processes) };
}

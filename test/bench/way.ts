import { time } from './table.js';

/** A step on the way from a portal to a drive letter. */
export interface WayStep {
  step: keyof typeof STEPS;
  /** Native calls. */
  calls: number;
  /** In microseconds. */
  time: number;
}

/** The way, and the shortest process beside it. */
export interface Way {
  steps: WayStep[];
  /** How long a process takes that does nothing, in microseconds. */
  process: number;
}

/** What each step is, and the commands for it: a program that looks before it changes something needs all of them. */
const STEPS = {
  portal: ['register the portal, which asks it for its targets', ['Get-IscsiTargetPortal', 'New-IscsiTargetPortal']],
  session: ['look for a session, and log in', ['Get-IscsiSession', 'Connect-IscsiTarget']],
  devices: ['wait for the disk', ['Get-IscsiSession \\| Get-Disk']],
  persistentLogin: ['look for a saved login, and save this one', ['Register-IscsiSession']],
  volumes: ['find the drive letter', ['Get-Disk \\| Get-Partition \\| Get-Volume']],
} as const;

const HEADINGS = ['', 'native calls', 'time', 'in PowerShell', 'processes'];
const RULE = ['---', '---:', '---:', '---', '---:'];

/** For a page. The times are those of the simulator. */
export function wayTable({ steps, process }: Way): string {
  const rows = steps.map(({ step, calls, time: us }) => {
    const [what, commands] = STEPS[step];
    return [what, `${calls}`, time(us), commands.map(each => `\`${each}\``).join(', '), `${commands.length}`];
  });
  const calls = steps.reduce((sum, step) => sum + step.calls, 0);
  const total = steps.reduce((sum, step) => sum + step.time, 0);
  const processes = steps.reduce((sum, { step }) => sum + STEPS[step][1].length, 0);
  rows.push(['**all**', `${calls}`, time(total), '', `${processes}`]);
  rows.push(['a process of Node.js that does nothing', '', time(process), '', '']);
  return [HEADINGS, RULE, ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}

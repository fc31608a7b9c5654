import type { Command } from './command.js';
import type { Option, Options } from './options.js';

export function generalHelp(commands: readonly Command[]): string {
  return `Usage: iscsidsc COMMAND [options]

Asks the iSCSI initiator of Windows.

Commands:
${pairs(commands.map(({ name, summary }) => [name, summary]))}
Options:
${pairs([
  ['-h, --help', 'Print this help'],
  ['    --version', 'Print the version of iscsidsc'],
])}
'iscsidsc COMMAND --help' prints the options of a command.
Exit status: 0, 1 if a call failed, 2 if the command line is wrong.
`;
}

export function commandHelp(program: string, summary: string, options: Options, operands: readonly string[]): string {
  return `Usage: ${[program, ...operands, '[options]'].join(' ')}

${summary}.

Options:
${pairs(Object.entries(options).map(([name, option]) => [optionText(name, option), option.help]))}`;
}

function optionText(name: string, option: Option): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  return `${short}--${name}${'value' in option ? ` ${option.value}` : ''}`;
}

function pairs(rows: readonly (readonly [term: string, meaning: string])[]): string {
  const width = Math.max(...rows.map(([term]) => term.length));
  return rows.map(([term, meaning]) => `  ${term.padEnd(width)}  ${meaning}\n`).join('');
}

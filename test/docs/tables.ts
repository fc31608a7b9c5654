import * as api from 'iscsidsc';
import { exportNames, type FunctionName } from '../../src/native/functions.js';
import { STATUS_ROWS } from '../../src/native/status-table.js';

// Those that users meet, in the order in which they meet them.
const MET = [
  'ISDSC_SERVICE_NOT_RUNNING',
  'ERROR_ACCESS_DENIED',
  'RPC_S_UNKNOWN_IF',
  'ISDSC_INVALID_SESSION_ID',
  'ISDSC_DEVICE_BUSY_ON_SESSION',
  'ISDSC_TARGET_NOT_FOUND',
];

/** The functions of the header, and those that the package has under their names. */
export function functionTable(): string {
  const exported = exportNames();
  const names = [...new Set(exported.map(withoutForm))];
  const done = names.filter(name => lowerFirst(name) in api);
  const rows = done.map(name => {
    const forms = exported.includes(`${name}W` as (typeof exported)[number]) ? 'A, W' : '';
    return `| \`${lowerFirst(name)}\` | ${forms} |`;
  });
  return [
    `${done.length} of ${names.length} functions of the header have a function of their own (the rest can be called through \`iscsidsc/raw\`):`,
    '',
    '| function | forms |',
    '| --- | --- |',
    ...rows,
  ].join('\n');
}

/** What users meet, and what to do about it. */
export function errorTable(): string {
  const rows = MET.map(name => {
    const row = STATUS_ROWS.find(([, known]) => known === name);
    if (!row) throw new Error(`no status ${name}`);
    const [status, , meaning, hint = ''] = row;
    return `| \`${name}\` | ${status > 65535 ? `0x${status.toString(16).toUpperCase()}` : status} | ${meaning} ${hint} |`;
  });
  return ['| code | errno | what it means, and what to do |', '| --- | --- | --- |', ...rows].join('\n');
}

function withoutForm(name: string): FunctionName {
  const base = name.slice(0, -1);
  const other = exportNames() as string[];
  return (other.includes(`${base}A`) && other.includes(`${base}W`) ? base : name) as FunctionName;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

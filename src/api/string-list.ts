import { GrowingReply } from '../call/growing-reply.js';
import type { Procedure } from '../call/procedure.js';
import { characterSize, stringsOf } from '../codec/strings.js';
import type { ExportName } from '../native/functions.js';
import type { CheckedOptions } from './options.js';

/** The exports that fill a buffer with strings. Its size counts characters. */
type StringListName = Extract<
  ExportName,
  | `ReportIScsiInitiatorList${string}`
  | `ReportISNSServerList${string}`
  | `ReportRadiusServerList${string}`
  | `ReportPersistentIScsiDevices${string}`
>;

/** The strings of such an export. */
export function stringList(
  { library, form, decodeAnsi }: CheckedOptions,
  syscalls: Readonly<Record<'A' | 'W', StringListName>>,
  sizeName = 'BufferSizeInChar',
): Procedure<string[]> {
  return new GrowingReply(
    library,
    {
      syscall: syscalls[form],
      sizeName,
      unit: characterSize(form),
      arguments: ({ size, buffer }) => [size, buffer],
    },
    ({ reply }) => stringsOf(reply, decodeAnsi).list('Buffer'),
  );
}

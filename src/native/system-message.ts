import { kernel32Function } from './kernel32.js';
import { koffi } from './koffi.js';

const FORMAT_MESSAGE_IGNORE_INSERTS = 0x0200;
const FORMAT_MESSAGE_FROM_HMODULE = 0x0800;
const FORMAT_MESSAGE_FROM_SYSTEM = 0x1000;
const FORMAT_MESSAGE_MAX_WIDTH_MASK = 0x00ff;
// From the module, else from the system; texts with %1 as they are; no line breaks but those that are meant.
const FLAGS =
  FORMAT_MESSAGE_FROM_HMODULE |
  FORMAT_MESSAGE_FROM_SYSTEM |
  FORMAT_MESSAGE_IGNORE_INSERTS |
  FORMAT_MESSAGE_MAX_WIDTH_MASK;

// FormatMessageW makes no text longer than 64 KiB.
const LONGEST = 32 * 1024;

type SystemMessages = (status: number) => string | undefined;

/** The texts of statuses in the user's language: those of a loaded DLL, else Windows' own. */
export function createSystemMessages(path: string): SystemMessages {
  let messages: SystemMessages | undefined;
  return status => {
    messages ??= messagesOf(path);
    return messages(status);
  };
}

function messagesOf(path: string): SystemMessages {
  const pointer = koffi().pointer('void');
  const text = koffi().pointer('uint16');
  const getModuleHandle = kernel32Function<unknown>('GetModuleHandleW', pointer, ['str16']);
  const formatMessage = kernel32Function<number>('FormatMessageW', 'uint32', [
    'uint32',
    pointer,
    'uint32',
    'uint32',
    text,
    'uint32',
    pointer,
  ]);
  const handle = getModuleHandle(path);
  return status => {
    const units = Buffer.alloc(LONGEST * 2);
    const length = formatMessage(FLAGS, handle, status, 0, units, LONGEST, null);
    return length === 0 ? undefined : units.toString('utf16le', 0, length * 2).trim();
  };
}

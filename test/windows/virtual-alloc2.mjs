import { readFileSync, writeFileSync } from 'node:fs';

const NAME = Buffer.from('VirtualAlloc2\0');
const NO_SUCH_NAME = Buffer.from('VirtualAllocX\0');

/** Whether this line of Windows Node dies where V8 calls the VirtualAlloc2 of Wine 8. */
export function diesOfVirtualAlloc2(node) {
  return Number.parseInt(node, 10) >= 24;
}

/** Changes one byte of a node.exe: V8 looks for VirtualAlloc2 by its name, does not find it, and does without. */
export function hideVirtualAlloc2(nodeExe) {
  const bytes = readFileSync(nodeExe);
  const at = bytes.indexOf(NAME);
  if (at === -1) throw new Error(`${nodeExe} does not contain the name VirtualAlloc2, which is to be changed`);
  if (bytes.indexOf(NAME, at + 1) !== -1) throw new Error(`${nodeExe} contains the name VirtualAlloc2 more than once`);
  NO_SUCH_NAME.copy(bytes, at);
  writeFileSync(nodeExe, bytes);
}

import type { DiskDescription, MissingPart, Volume } from '../../../index.js';
import { listed } from '../../terminal/text.js';

/** The parts of a disk that can be missing, in words. */
const PARTS: readonly (readonly [what: string, error: (disk: DiskDescription) => MissingPart | null])[] = [
  ['LUN', disk => disk.lunError],
  ['size', disk => disk.sizeBytesError],
  ['vendor', disk => disk.inquiryError],
  ['product', disk => disk.inquiryError],
  ['serial number', disk => disk.serialNumberError],
  ['volumes', disk => disk.volumesError],
];

/** Whether a native call for a missing part of the disk may still run. */
export function mayHang(disk: DiskDescription): boolean {
  return [disk.devicesError, ...PARTS.map(([, error]) => error(disk))].some(reason => reason?.pending === 'running');
}

/** Sentences that say which parts are missing, each reason once. */
export function reasons(disk: DiskDescription): string[] {
  const { devicesError } = disk;
  if (devicesError !== null) return [`Disks of session ${disk.sessions.join()} not known: ${devicesError.message}`];
  const missing = new Map<string, string[]>();
  for (const [what, error] of PARTS) {
    const message = error(disk)?.message;
    if (message !== undefined) missing.set(message, [...(missing.get(message) ?? []), what]);
  }
  return [...missing].map(([message, parts]) => `${capital(listed(parts))} not known: ${message}`);
}

/** `E:\`, or its name where it has neither a drive letter nor a mount point. */
export function volumeText({ name, paths }: Pick<Volume, 'name' | 'paths'>): string {
  return paths.join(', ') || name;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import type { CallRecord } from '../windows/records.js';

const SIZES =
  /^(BufferSize|BufferSizeInBytes|BufferSizeInChar|ResponseSize|SenseSize|Count|PortalCount|PortalInfoSize|ElementCount)$/;

/** A record with NaN for the sizes of the buffer, which the package chooses. */
export function withAnySizes({ export: name, parameters }: CallRecord): CallRecord {
  const members = Object.entries(parameters).map(([key, value]) => [key, SIZES.test(key) ? Number.NaN : value]);
  return { export: name, parameters: Object.fromEntries(members) };
}

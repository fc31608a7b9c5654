/** A call as the stand-in DLL records it, decoded by its own structs. stand-in/README.md has the formats. */
export interface CallRecord {
  readonly export: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The records in the text of a log. Throws where the DLL had no room for all. */
export function readRecords(log: string): CallRecord[] {
  const records = log
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line));
  if (records.some(record => 'cut' in record)) throw new Error('The log is cut: it has reached its largest size');
  return records;
}

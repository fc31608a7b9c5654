/** The command line is wrong; nothing has been called. */
export class UsageError extends Error {
  readonly code = 'ERR_ISCSIDSC_INVALID_ARGUMENT';
  readonly hint: string;

  /** `program` is what to ask for help: `iscsidsc` or `iscsidsc sessions`. */
  constructor(problem: string, program: string) {
    const hint = `See '${program} --help'.`;
    super(`${problem} ${hint}`);
    this.hint = hint;
  }
}

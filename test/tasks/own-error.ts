import type { IscsidscError } from 'iscsidsc';
import * as outcome from '../contract/outcome.js';

/** The error of this package that a call ends with; a result in its place fails the test. */
export async function errorOf(call: Promise<unknown>): Promise<IscsidscError> {
  return (await outcome.errorOf(call)) as unknown as IscsidscError;
}

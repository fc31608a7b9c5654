import { isNativeError } from 'node:util/types';
import { AbortError, IscsidscError, StatusError, StatusWarning } from '../errors.js';
import type { Data } from './messages.js';
import { type Place, put } from './places.js';

type Kind = 'AbortError' | 'IscsidscError' | 'StatusError' | 'StatusWarning' | 'Error';

/** An error as it crosses. */
export interface ErrorData {
  readonly kind: Kind;
  readonly name: string;
  readonly message: string;
  /** Of an error that is not the package's own: where it was thrown. */
  readonly stack: string | undefined;
  readonly systemMessage: string | undefined;
  /** Its own members, in their order. */
  readonly members: Data;
  readonly cause: Data | undefined;
}

/** A value as it crosses: plain data, and the errors that stand in it. Functions and members without a name stay here. */
export function dataOf(value: unknown): Data {
  const errors: [Place, ErrorData][] = [];
  return { value: plain(value, [], errors), errors };
}

/** The value that has crossed. */
export function fromData({ value, errors }: Data): unknown {
  return errors.reduce((root, [place, error]) => put(root, place, errorFrom(error)), value);
}

export function errorData(error: unknown): ErrorData {
  const { name, message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  const members = Object.fromEntries(Object.entries(Object(error)).filter(([member]) => member !== 'cause'));
  const kind = kindOf(error);
  return {
    kind,
    name,
    message,
    stack: kind === 'Error' ? stack : undefined,
    systemMessage: error instanceof StatusError ? error.systemMessage : undefined,
    members: dataOf(members),
    cause: cause === undefined ? undefined : dataOf(cause),
  };
}

/** An error of the same class, with the same members. An abort has the reason of its signal again. */
export function errorFrom(data: ErrorData, signal?: AbortSignal): Error {
  const { kind, cause: causeData } = data;
  const members = fromData(data.members) as Members;
  const cause = kind === 'AbortError' && signal ? signal.reason : causeData && fromData(causeData);
  const error = errorOf(data, members, cause);
  // In the order that they had.
  for (const name of Object.keys(error)) Reflect.deleteProperty(error, name);
  return Object.assign(error, members);
}

type Members = Pick<StatusError, 'errno' | 'syscall'> & {
  readonly code: never;
  readonly pending: AbortError['pending'];
};

function errorOf({ kind, name, message, stack, systemMessage }: ErrorData, members: Members, cause: unknown): Error {
  const { code, errno, syscall, pending } = members;
  const withCause = cause === undefined ? {} : { cause };
  if (kind === 'AbortError') return new AbortError(cause, pending, syscall);
  if (kind === 'IscsidscError') return new IscsidscError(code, message, withCause);
  if (kind !== 'Error') {
    const Status = kind === 'StatusError' ? StatusError : StatusWarning;
    return new Status(code, message, { errno, syscall, ...withCause }, () => systemMessage);
  }
  return Object.defineProperties(new Error(message, withCause), {
    name: { value: name, configurable: true, writable: true },
    stack: { value: stack, configurable: true, writable: true },
  });
}

function kindOf(error: unknown): Kind {
  if (error instanceof StatusWarning) return 'StatusWarning';
  if (error instanceof StatusError) return 'StatusError';
  if (error instanceof IscsidscError) return 'IscsidscError';
  return error instanceof AbortError ? 'AbortError' : 'Error';
}

function plain(value: unknown, place: Place, errors: [Place, ErrorData][]): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (isNativeError(value)) {
    errors.push([place, errorData(value)]);
    return null;
  }
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map((each, index) => plain(each, [...place, index], errors));
  const members = Object.entries(value).filter(([, member]) => typeof member !== 'function');
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member, [...place, name], errors)]));
}

import type { Library, PersistentLogin, TargetMapping, TargetPortal } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import koffi from 'koffi';
import { PERSISTENT_LOGIN } from '../../src/api/logins/persistent-logins.js';
import { TARGET_MAPPING } from '../../src/api/targets/mapping.js';
import { LISTED_PORTAL } from '../../src/api/targets/target-portals.js';
import { Sink, WIDE } from '../../src/codec/sink.js';
import { windowsFunctionsOf } from '../windows-functions-of.js';

/** A status, or undefined to let the library itself answer. */
export type Answer = (...args: unknown[]) => number | undefined;

type Size = Uint32Array;
type Memory = Buffer | null;

/** A library of which some exports are answered by hand. */
export function answering(library: Library, answers: Partial<Record<ExportName, Answer>>): Library {
  const func = (name: ExportName) => {
    const answer = answers[name];
    if (answer === undefined) return library.func(name);
    const sync = (...args: unknown[]) => answer(...args) ?? inner(library, name)(...(args as never));
    const async = (...argsAndDone: unknown[]) => {
      const done = argsAndDone.at(-1) as (error: null, status: number) => void;
      const status = answer(...argsAndDone.slice(0, -1));
      if (status === undefined) inner(library, name).async(...(argsAndDone as never));
      else setImmediate(() => done(null, status));
    };
    return Object.assign(sync, { async });
  };
  return {
    name: 'answering',
    func: func as Library['func'],
    decodeAnsi: bytes => library.decodeAnsi(bytes),
    encodeAnsi: text => library.encodeAnsi(text),
    ...windowsFunctionsOf(library),
  };
}

function inner(library: Library, name: ExportName): NativeFunction {
  return library.func(name) as unknown as NativeFunction;
}

/** Answers a multi-string, or one string, into a buffer whose size counts characters or bytes. */
export function answerText(text: string | readonly string[], size: unknown, buffer: unknown, unit: 1 | 2): number {
  const list = typeof text === 'string' ? `${text}\0` : `${text.map(each => `${each}\0`).join('')}\0`;
  const bytes = Buffer.from(list, 'utf16le');
  return fill(bytes, bytes.length / unit, size as Size, buffer as Memory, unit);
}

/** Answers portals; the size counts them. */
export function answerPortals(portals: readonly TargetPortal[], size: unknown, buffer: unknown): number {
  const struct = LISTED_PORTAL.in('W');
  const sink = new Sink(WIDE);
  struct.writeArray(sink, portals, 'Portals');
  const bytes = Buffer.alloc(sink.place().length);
  sink.place().writeTo(bytes, 0n);
  return fill(bytes, portals.length, size as Size, buffer as Memory, struct.size);
}

/** Answers mappings of LUNs. */
export function answerMappings(
  mappings: readonly TargetMapping[],
  size: unknown,
  count: unknown,
  buffer: unknown,
): number {
  const sink = new Sink(WIDE);
  TARGET_MAPPING.in('W').writeArray(sink, mappings, 'mappings');
  return answerPieces(sink, mappings.length, size, count, buffer);
}

/** Answers persistent logins. */
export function answerLogins(
  logins: readonly PersistentLogin[],
  count: unknown,
  buffer: unknown,
  size: unknown,
): number {
  const sink = new Sink(WIDE);
  PERSISTENT_LOGIN.in('W').writeArray(sink, logins as never, 'logins');
  return answerPieces(sink, logins.length, size, count, buffer);
}

function answerPieces(sink: Sink, length: number, size: unknown, count: unknown, buffer: unknown): number {
  const placement = sink.place();
  const bytes = Buffer.alloc(placement.length);
  placement.writeTo(bytes, buffer === null ? 0n : BigInt(koffi.address(buffer as Buffer)));
  (count as Size)[0] = length;
  return fill(bytes, bytes.length, size as Size, buffer as Memory, 1);
}

function fill(bytes: Buffer, needed: number, size: Size, buffer: Memory, unit: number): number {
  const given = (size[0] ?? 0) * unit;
  size[0] = needed;
  if (given < bytes.length) return 122;
  buffer?.set(bytes);
  return 0;
}

/** The string that a call was given. */
export function textOf(argument: unknown): string | null {
  return argument === null ? null : (argument as Buffer).toString('utf16le').replace(/\0.*$/s, '');
}

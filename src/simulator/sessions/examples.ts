import { type Check, checkMembers, wholeNumber } from '../../arguments.js';
import type { ConnectionInfo, SessionInfo } from '../../codec/session-list.js';
import { invalidArgument } from '../../errors.js';

export const ADAPTER = 'ffffe00112345010';

/** Options of `exampleSessions`. */
export interface ExampleOptions {
  /** Connections of each session. Defaults to 1. */
  connections?: number | undefined;
  /** A part of the target names. Defaults to `disk`. */
  name?: string | undefined;
  /** The number of the first session. Defaults to 0. */
  first?: number | undefined;
}

const COUNT = wholeNumber(65536);
const CHECKS: Readonly<Record<keyof ExampleOptions, Check>> = {
  connections: wholeNumber(255),
  name: ['a string', value => typeof value === 'string'],
  first: wholeNumber(65536),
};

/** Returns `count` sessions, each with a target of its own. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`. */
export function exampleSessions(count: number, options: ExampleOptions = {}): SessionInfo[] {
  const [expected, fits] = COUNT;
  if (!fits(count)) throw invalidArgument(`The number of sessions must be ${expected}`, count);
  const { connections = 1, name = 'disk', first = 0 } = checkMembers('options', options, CHECKS);
  return Array.from({ length: count }, (_, position) => {
    const index = first + position;
    const target = `iqn.2003-01.org.example:${name}-${index}`;
    return {
      sessionId: `${ADAPTER}-${(0x4000013700000000n + BigInt(index)).toString(16)}`,
      initiatorName: 'iqn.1991-05.com.microsoft:host.example',
      targetNodeName: target,
      targetName: target,
      isid: `40000137${bigEndian(index)}`,
      tsid: littleEndian(index + 1),
      connections: Array.from({ length: connections }, (_, connection) => ({
        connectionId: `${ADAPTER}-${(index * 256 + connection + 1).toString(16)}`,
        initiatorAddress: '0.0.0.0',
        targetAddress: `10.0.${(index >> 8) & 255}.${index & 255}`,
        initiatorSocket: 49152 + ((index * connections + connection) % 16384),
        targetSocket: 3260,
        cid: littleEndian(connection + 1),
      })),
    };
  });
}

/** A small machine with what one meets: two paths, an IPv6 portal, a reconnecting session, a NULL node name. */
export function defaultSessions(): SessionInfo[] {
  const initiatorName = 'iqn.1991-05.com.microsoft:win-server01.corp.example';
  const session = (
    number: number,
    targetNodeName: string | null,
    targetName: string,
    connections: ConnectionInfo[],
  ): SessionInfo => ({
    sessionId: `${ADAPTER}-${(0x4000013700000000n + BigInt(number)).toString(16)}`,
    initiatorName,
    targetNodeName,
    targetName,
    isid: `40000137${bigEndian(number)}`,
    tsid: littleEndian(number + 0x10),
    connections,
  });
  const connection = (number: number, targetAddress: string, cid = 1): ConnectionInfo => ({
    connectionId: `${ADAPTER}-${number.toString(16)}`,
    initiatorAddress: '0.0.0.0',
    targetAddress,
    initiatorSocket: 58847 + number,
    targetSocket: 3260,
    cid: littleEndian(cid),
  });
  const san = 'iqn.1992-08.com.example.san:vol-sql';
  const backup = 'iqn.2005-10.org.example.nas:backup';
  const archive = 'iqn.2004-04.com.example.archive:lun0';
  const quorum = 'iqn.1991-05.com.microsoft:filer-quorum-target';
  return [
    session(0, san, san, [connection(1, '192.168.1.108'), connection(2, '192.168.2.108', 2)]),
    session(1, backup, backup, [connection(3, 'fd00:10:20::5')]),
    session(2, archive, archive, []),
    session(3, null, quorum, [connection(4, '192.168.1.20')]),
  ];
}

export function bigEndian(value: number): string {
  return (value & 0xffff).toString(16).padStart(4, '0');
}

export function littleEndian(value: number): string {
  const text = bigEndian(value);
  return text.slice(2) + text.slice(0, 2);
}

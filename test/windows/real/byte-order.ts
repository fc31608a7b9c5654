import type { SessionInfo } from 'iscsidsc';
import type { ConnectionRecord, Dump } from './dump.js';

/** How the bytes of `initiatorSocket` lie, and how those of `InitiatorPortNumber`. */
export interface ByteOrder {
  /** `host` is the TCP port as it is, `network` the port with its bytes swapped. */
  order: 'host' | 'network' | 'mixed' | 'unknown';
  /** What each connection shows. */
  evidence: Evidence[];
}

export interface Evidence {
  connectionId: string;
  initiatorSocket: number;
  /** Undefined where the cmdlet does not have the connection. */
  initiatorPortNumber: number | undefined;
  /** `both`: the two are the same number, or different connections. */
  is: 'host' | 'network' | 'both' | 'neither';
}

/** The other order of a port's two bytes. */
export function swapped(port: number): number {
  return ((port & 0xff) << 8) | (port >> 8);
}

/**
 * Tells the byte order by the ports that Windows' network code has connected to the target's portal. That the cmdlet says
 * the same as the package would show nothing: it may pass on the same two bytes.
 */
export function byteOrderOf(sessions: readonly SessionInfo[], dump: Dump): ByteOrder {
  const theirs = new Map<string, ConnectionRecord>(
    dump.sessions.flatMap(({ Connections }) =>
      Connections.map(each => [each.ConnectionIdentifier.toLowerCase(), each]),
    ),
  );
  const evidence = sessions
    .flatMap(({ connections }) => connections)
    .map(({ connectionId, initiatorSocket, targetAddress, targetSocket }): Evidence => {
      const ports = dump.tcpConnections
        .filter(tcp => tcp.RemoteAddress === targetAddress && tcp.RemotePort === targetSocket)
        .map(({ LocalPort }) => LocalPort);
      const host = ports.includes(initiatorSocket);
      const network = ports.includes(swapped(initiatorSocket));
      return {
        connectionId,
        initiatorSocket,
        initiatorPortNumber: theirs.get(connectionId)?.InitiatorPortNumber,
        is: host ? (network ? 'both' : 'host') : network ? 'network' : 'neither',
      };
    });
  const seen = new Set(evidence.map(each => each.is));
  const order = seen.has('host')
    ? seen.has('network')
      ? 'mixed'
      : 'host'
    : seen.has('network')
      ? 'network'
      : 'unknown';
  return { order, evidence };
}

const MEANING: Readonly<Record<ByteOrder['order'], string>> = {
  host: '`initiatorSocket` is the TCP port as it is (host byte order)',
  network: '`initiatorSocket` has the bytes of the TCP port swapped (network byte order)',
  mixed: '`initiatorSocket` is the TCP port in one connection, and has its bytes swapped in another',
  unknown: 'no connection shows the byte order of `initiatorSocket`',
};

/** The result, for a log and for the summary of a workflow. */
export function byteOrderLines({ order, evidence }: ByteOrder): string[] {
  return [
    `${MEANING[order]}.`,
    ...evidence.map(({ connectionId, initiatorSocket, initiatorPortNumber, is }) => {
      const cmdlet = initiatorPortNumber === undefined ? '' : `, Get-IscsiConnection says ${initiatorPortNumber}`;
      return `${connectionId}: ${initiatorSocket}, swapped ${swapped(initiatorSocket)}${cmdlet}: ${is}`;
    }),
  ];
}

import type { SessionInfo } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { byteOrderOf, swapped } from './byte-order.js';
import { compareSessions } from './compare.js';
import { sidesOf } from './sides.js';

describe('the byte order of initiatorSocket', async () => {
  const { sessions, dump } = await sidesOf('four-sessions');

  it('is taken from the TCP connections, whatever the cmdlet says', () => {
    const ports: Readonly<Record<string, number>> = { a: 58847, b: 59359, c: 41458, d: 9442 };
    const evidence = Object.entries(ports).map(([id, port]) => ({
      connectionId: `ffff990fafe34010-${id}`,
      initiatorSocket: port,
      initiatorPortNumber: port,
      is: 'network',
    }));
    expect(byteOrderOf(sessions, dump)).toEqual({ order: 'network', evidence });
    expect(byteOrderOf(sessions.map(withPorts(swapped)), dump).order).toBe('host');
  });
  it('makes no difference to the cmdlet, but another port does', () => {
    expect(compareSessions(sessions.map(withPorts(swapped)), dump.sessions)).toEqual([]);
    expect(compareSessions(sessions.map(withPorts(port => port + 1)), dump.sessions)).toHaveLength(4);
  });
  it('is unknown without connections, and where none fits', () => {
    expect(byteOrderOf([], dump)).toEqual({ order: 'unknown', evidence: [] });
    expect(byteOrderOf(sessions, { ...dump, tcpConnections: [] }).order).toBe('unknown');
    expect(byteOrderOf(sessions.map(withPorts(port => port + 1)), dump).order).toBe('unknown');
  });
  it('is not told by the connection to another portal', () => {
    const tcpConnections = dump.tcpConnections.map(tcp => ({ ...tcp, RemotePort: 443 }));
    expect(byteOrderOf(sessions, { ...dump, tcpConnections }).order).toBe('unknown');
  });
  it('is not told by a port that is the same both ways', () => {
    const tcpConnections = dump.tcpConnections.map(tcp => ({ ...tcp, LocalPort: 0xc1c1 }));
    const same = sessions.map(withPorts(() => 0xc1c1));
    const { order, evidence } = byteOrderOf(same, { ...dump, tcpConnections });
    expect([order, ...evidence.map(each => each.is)]).toEqual(['unknown', 'both', 'both', 'both', 'both']);
  });
  it('can differ from one connection to another, and is reported so', () => {
    const mixed = sessions.map((session, index) => (index === 0 ? withPorts(swapped)(session) : session));
    expect(byteOrderOf(mixed, dump).order).toBe('mixed');
  });
});

function withPorts(change: (port: number) => number): (session: SessionInfo) => SessionInfo {
  return session => ({
    ...session,
    connections: session.connections.map(each => ({ ...each, initiatorSocket: change(each.initiatorSocket) })),
  });
}

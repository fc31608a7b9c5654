import fc from 'fast-check';
import type { ConnectionInfo, SessionInfo } from 'iscsidsc';

/** What the lists of a property may hold. */
export interface Extent {
  text: fc.Arbitrary<string>;
  sessions: number;
  connections: number;
}

/** Any list of sessions, with members that are null, ids of all lengths, and texts that repeat. */
export function anySessions({ text, sessions, connections }: Extent): fc.Arbitrary<SessionInfo[]> {
  // A few texts for the whole list: names repeat in a real one, and the reader makes use of that.
  return fc.array(text, { minLength: 1, maxLength: 4 }).chain(shared => {
    const member = fc.option(fc.oneof(fc.constantFrom(...shared), text), { freq: 5 });
    const connection: fc.Arbitrary<ConnectionInfo> = fc.record(
      {
        connectionId: uniqueId(),
        initiatorAddress: member,
        targetAddress: member,
        initiatorSocket: port(),
        targetSocket: port(),
        cid: hexadecimal(2),
      },
      PLAIN,
    );
    const session: fc.Arbitrary<SessionInfo> = fc.record(
      {
        sessionId: uniqueId(),
        initiatorName: member,
        targetNodeName: member,
        targetName: member,
        isid: hexadecimal(6),
        tsid: hexadecimal(2),
        connections: fc.array(connection, { maxLength: connections }),
      },
      PLAIN,
    );
    return fc.array(session, { maxLength: sessions });
  });
}

// Objects as of literals: deepEqual tells others apart.
const PLAIN = { noNullPrototype: true };

function uniqueId(): fc.Arbitrary<string> {
  const half = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(value => value.toString(16));
  const any = fc.oneof(
    half,
    fc.constantFrom('0', 'f', '80000000', '100000000', '7fffffffffffffff', 'ffffffffffffffff'),
  );
  return fc.tuple(any, any).map(halves => halves.join('-'));
}

function port(): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 0xffff });
}

function hexadecimal(bytes: number): fc.Arbitrary<string> {
  return fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(value => Buffer.from(value).toString('hex'));
}

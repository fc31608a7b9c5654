import { array } from '../../codec/fields.js';
import { flag, type Named, named, uint64, uniqueId, unsigned } from '../../codec/numbers.js';
import { Struct } from '../../codec/struct.js';

export const SESSION_TYPES = ['discovery', 'informational', 'data', 'boot'] as const;
export const CONNECTION_STATES = ['loggingIn', 'fullFeaturePhase', 'loggingOut'] as const;
export const DIGESTS = ['none', 'crc32c'] as const;
export const AUTH_TYPES = ['none', 'chap', 'mutualChap'] as const;
export const PROTOCOLS = { 6: 'tcp' } as const;

/** What was negotiated for a connection. Sizes are in bytes. A number without a known name stays a number. */
export interface ConnectionInfoEx {
  /** `ffffe00112345010-1b`, as in `ConnectionInfo`. */
  connectionId: string;
  /** Where the connection is in its login or logout. */
  state: Named<(typeof CONNECTION_STATES)[number]>;
  /** What carries the connection. */
  protocol: Named<'tcp'>;
  /** The checksum of the headers. */
  headerDigest: Named<(typeof DIGESTS)[number]>;
  /** The checksum of the data. */
  dataDigest: Named<(typeof DIGESTS)[number]>;
  /** The longest data segment that may be received in a PDU, in bytes. */
  maxRecvDataSegmentLength: number;
  /** How the two ends proved who they are. */
  authType: Named<(typeof AUTH_TYPES)[number]>;
  /** As reported, in a unit that Microsoft does not name; above 2^53 not exact. */
  estimatedThroughput: number;
  /** The longest datagram that the transport takes, in bytes. */
  maxDatagramSize: number;
}

/** What was negotiated for a session. Sizes are in bytes. A number without a known name stays a number. */
export interface SessionInfoEx {
  /** `ffffe00112345010-4000013700000000`, as in `SessionInfo`. */
  sessionId: string;
  /** Whether the initiator must wait for an R2T before it sends data. */
  initialR2t: boolean;
  /** Whether data may come with the command. */
  immediateData: boolean;
  /** What the session is for. */
  type: Named<(typeof SESSION_TYPES)[number]>;
  /** Whether sequences of data come in order. */
  dataSequenceInOrder: boolean;
  /** Whether the PDUs of a sequence come in order. */
  dataPduInOrder: boolean;
  /** 0, 1 or 2, as RFC 7143 has them. */
  errorRecoveryLevel: number;
  /** How many R2Ts a command may have open. */
  maxOutstandingR2t: number;
  /** The most data that goes out unasked, in bytes. */
  firstBurstLength: number;
  /** The longest sequence of data, in bytes. */
  maxBurstLength: number;
  /** The most connections that the session may have. */
  maximumConnections: number;
  /** One for each connection of the session. */
  connections: ConnectionInfoEx[];
}

const CONNECTION_INFO_EX = new Struct<ConnectionInfoEx>('ISCSI_CONNECTION_INFO_EX', 'ConnectionInfo', {
  connectionId: uniqueId('ConnectionId'),
  state: named('State', CONNECTION_STATES),
  protocol: named('Protocol', PROTOCOLS),
  headerDigest: named('HeaderDigest', DIGESTS),
  dataDigest: named('DataDigest', DIGESTS),
  maxRecvDataSegmentLength: unsigned('MaxRecvDataSegmentLength'),
  authType: named('AuthType', AUTH_TYPES),
  estimatedThroughput: uint64('EstimatedThroughput'),
  maxDatagramSize: unsigned('MaxDatagramSize'),
});

export const SESSION_INFO_EX = new Struct<SessionInfoEx>(
  'ISCSI_SESSION_INFO_EX',
  'SessionInfo',
  {
    sessionId: uniqueId('SessionId'),
    initialR2t: flag('InitialR2t'),
    immediateData: flag('ImmediateData'),
    type: named('Type', SESSION_TYPES),
    dataSequenceInOrder: flag('DataSequenceInOrder'),
    dataPduInOrder: flag('DataPduInOrder'),
    errorRecoveryLevel: unsigned('ErrorRecoveryLevel'),
    maxOutstandingR2t: unsigned('MaxOutstandingR2t'),
    firstBurstLength: unsigned('FirstBurstLength'),
    maxBurstLength: unsigned('MaxBurstLength'),
    maximumConnections: unsigned('MaximumConnections'),
    connections: array('Connections', 'ConnectionCount', CONNECTION_INFO_EX),
  },
  {
    implausible: ({ sessionId }) => (sessionId === '0-0' ? ['SessionId', 'the session has no id'] : undefined),
  },
);

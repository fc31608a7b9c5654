import { flag, listOf, number, parse, structOf, text } from './reader.js';

/** What Microsoft's cmdlets say, as dump-sessions.ps1 writes it, under Microsoft's names. */
export interface Dump {
  /** Of which machine it is. */
  recorded: string;
  sessions: SessionRecord[];
  initiatorPorts: InitiatorPortRecord[];
  /** The TCP connections to iSCSI portals, as Windows' network code knows them. */
  tcpConnections: TcpConnectionRecord[];
  /** What the cmdlets complained about. */
  problems: string[];
}

/** Of `Get-IscsiSession` (MSFT_iSCSISession), with what belongs to it. */
export interface SessionRecord {
  SessionIdentifier: string;
  InitiatorNodeAddress: string;
  TargetNodeAddress: string;
  InitiatorSideIdentifier: string;
  TargetSideIdentifier: string;
  NumberOfConnections: number;
  IsConnected: boolean;
  InitiatorInstanceName: string;
  AuthenticationType: string;
  IsHeaderDigest: boolean;
  IsDataDigest: boolean;
  Connections: ConnectionRecord[];
  Disks: DiskRecord[];
}

/** Of `Get-IscsiConnection` (MSFT_iSCSIConnection). */
export interface ConnectionRecord {
  ConnectionIdentifier: string;
  InitiatorAddress: string;
  InitiatorPortNumber: number;
  TargetAddress: string;
  TargetPortNumber: number;
}

/** Of `Get-Disk` (MSFT_Disk). */
export interface DiskRecord {
  Number: number;
  Path: string;
}

/** Of `Get-InitiatorPort` (MSFT_InitiatorPort). */
export interface InitiatorPortRecord {
  InstanceName: string;
  NodeAddress: string;
}

/** Of `Get-NetTCPConnection`. */
export interface TcpConnectionRecord {
  LocalAddress: string;
  LocalPort: number;
  RemoteAddress: string;
  RemotePort: number;
}

const readSession = structOf<SessionRecord>({
  SessionIdentifier: text,
  InitiatorNodeAddress: text,
  TargetNodeAddress: text,
  InitiatorSideIdentifier: text,
  TargetSideIdentifier: text,
  NumberOfConnections: number,
  IsConnected: flag,
  InitiatorInstanceName: text,
  AuthenticationType: text,
  IsHeaderDigest: flag,
  IsDataDigest: flag,
  Connections: listOf(
    structOf<ConnectionRecord>({
      ConnectionIdentifier: text,
      InitiatorAddress: text,
      InitiatorPortNumber: number,
      TargetAddress: text,
      TargetPortNumber: number,
    }),
  ),
  Disks: listOf(structOf<DiskRecord>({ Number: number, Path: text })),
});
const readAll = structOf<Dump>({
  recorded: text,
  sessions: listOf(readSession),
  initiatorPorts: listOf(structOf<InitiatorPortRecord>({ InstanceName: text, NodeAddress: text })),
  tcpConnections: listOf(
    structOf<TcpConnectionRecord>({ LocalAddress: text, LocalPort: number, RemoteAddress: text, RemotePort: number }),
  ),
  problems: listOf(text),
});

/** Reads a dump, of Windows PowerShell 5.1 or of PowerShell 7. */
export function readDump(json: string): Dump {
  return parse(readAll, json, 'dump');
}

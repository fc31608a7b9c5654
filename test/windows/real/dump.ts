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

type Read<Value> = (value: unknown, where: string) => Value;
type Members<Struct> = { readonly [Member in keyof Struct]: Read<Struct[Member]> };

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
  return readAll(JSON.parse(json.replace(/^\uFEFF/, '')), 'dump');
}

/** Members that are not asked for stay behind: a CIM instance has some of its own. */
function structOf<Struct extends object>(members: Members<Struct>): Read<Struct> {
  return (value, where) => {
    if (typeof value !== 'object' || value === null) throw new Error(`${where} is no object`);
    const entries = Object.entries<Read<unknown>>(members as Readonly<Record<string, Read<unknown>>>);
    return Object.fromEntries(
      entries.map(([name, read]) => [name, read((value as Record<string, unknown>)[name], `${where}.${name}`)]),
    ) as Struct;
  };
}

// PowerShell writes one of a list as itself, none as null, and 5.1 some arrays as {"value":[...],"Count":2}.
function listOf<Value>(read: Read<Value>): Read<Value[]> {
  return (value, where) => {
    const wrapped = (value as { value?: unknown } | null | undefined)?.value;
    const list = Array.isArray(wrapped) ? wrapped : (value ?? []);
    return (Array.isArray(list) ? list : [list]).map((item, index) => read(item, `${where}[${index}]`));
  };
}

// Where there is no value, Windows gives an empty string or null.
function text(value: unknown, where: string): string {
  if (value === null) return '';
  if (typeof value !== 'string') throw new Error(`${where} is no text`);
  return value;
}

function number(value: unknown, where: string): number {
  const digits = String(value);
  if (!/^\d+$/.test(digits)) throw new Error(`${where} is no number`);
  return Number(digits);
}

function flag(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw new Error(`${where} is neither true nor false`);
  return value;
}

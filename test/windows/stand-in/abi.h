#ifndef ABI_H
#define ABI_H

/* Windows' own types only: mingw's iscsidsc.h gets these structs wrong, so they are written out here. */

#include <stddef.h>
#include <windows.h>

typedef ULONG ISDSC_STATUS;

typedef struct {
  ULONGLONG AdapterUnique;
  ULONGLONG AdapterSpecific;
} ISCSI_UNIQUE_SESSION_ID, ISCSI_UNIQUE_CONNECTION_ID;

typedef struct {
  ISCSI_UNIQUE_CONNECTION_ID ConnectionId;
  PWCHAR InitiatorAddress;
  PWCHAR TargetAddress;
  USHORT InitiatorSocket;
  USHORT TargetSocket;
  UCHAR CID[2];
} ISCSI_CONNECTION_INFOW, *PISCSI_CONNECTION_INFOW;

typedef struct {
  ISCSI_UNIQUE_CONNECTION_ID ConnectionId;
  PCHAR InitiatorAddress;
  PCHAR TargetAddress;
  USHORT InitiatorSocket;
  USHORT TargetSocket;
  UCHAR CID[2];
} ISCSI_CONNECTION_INFOA, *PISCSI_CONNECTION_INFOA;

typedef struct {
  ISCSI_UNIQUE_SESSION_ID SessionId;
  PWCHAR InitiatorName;
  PWCHAR TargetNodeName;
  PWCHAR TargetName;
  UCHAR ISID[6];
  UCHAR TSID[2];
  ULONG ConnectionCount;
  PISCSI_CONNECTION_INFOW Connections;
} ISCSI_SESSION_INFOW, *PISCSI_SESSION_INFOW;

typedef struct {
  ISCSI_UNIQUE_SESSION_ID SessionId;
  PCHAR InitiatorName;
  PCHAR TargetNodeName;
  PCHAR TargetName;
  UCHAR ISID[6];
  UCHAR TSID[2];
  ULONG ConnectionCount;
  PISCSI_CONNECTION_INFOA Connections;
} ISCSI_SESSION_INFOA, *PISCSI_SESSION_INFOA;

#ifdef _WIN64
#define X64_OR_IA32(x64, ia32) (x64)
#else
#define X64_OR_IA32(x64, ia32) (ia32)
#endif

#define SIZE(type, x64, ia32) _Static_assert(sizeof(type) == X64_OR_IA32(x64, ia32), "size of " #type)
#define AT(type, member, x64, ia32) \
  _Static_assert(offsetof(type, member) == X64_OR_IA32(x64, ia32), #type "." #member)

SIZE(ISCSI_UNIQUE_SESSION_ID, 16, 16);
AT(ISCSI_UNIQUE_SESSION_ID, AdapterUnique, 0, 0);
AT(ISCSI_UNIQUE_SESSION_ID, AdapterSpecific, 8, 8);

SIZE(ISCSI_CONNECTION_INFOW, 40, 32);
AT(ISCSI_CONNECTION_INFOW, ConnectionId, 0, 0);
AT(ISCSI_CONNECTION_INFOW, InitiatorAddress, 16, 16);
AT(ISCSI_CONNECTION_INFOW, TargetAddress, 24, 20);
AT(ISCSI_CONNECTION_INFOW, InitiatorSocket, 32, 24);
AT(ISCSI_CONNECTION_INFOW, TargetSocket, 34, 26);
AT(ISCSI_CONNECTION_INFOW, CID, 36, 28);

SIZE(ISCSI_CONNECTION_INFOA, 40, 32);
AT(ISCSI_CONNECTION_INFOA, ConnectionId, 0, 0);
AT(ISCSI_CONNECTION_INFOA, InitiatorAddress, 16, 16);
AT(ISCSI_CONNECTION_INFOA, TargetAddress, 24, 20);
AT(ISCSI_CONNECTION_INFOA, InitiatorSocket, 32, 24);
AT(ISCSI_CONNECTION_INFOA, TargetSocket, 34, 26);
AT(ISCSI_CONNECTION_INFOA, CID, 36, 28);

SIZE(ISCSI_SESSION_INFOW, 64, 48);
AT(ISCSI_SESSION_INFOW, SessionId, 0, 0);
AT(ISCSI_SESSION_INFOW, InitiatorName, 16, 16);
AT(ISCSI_SESSION_INFOW, TargetNodeName, 24, 20);
AT(ISCSI_SESSION_INFOW, TargetName, 32, 24);
AT(ISCSI_SESSION_INFOW, ISID, 40, 28);
AT(ISCSI_SESSION_INFOW, TSID, 46, 34);
AT(ISCSI_SESSION_INFOW, ConnectionCount, 48, 36);
AT(ISCSI_SESSION_INFOW, Connections, 56, 40);

SIZE(ISCSI_SESSION_INFOA, 64, 48);
AT(ISCSI_SESSION_INFOA, SessionId, 0, 0);
AT(ISCSI_SESSION_INFOA, InitiatorName, 16, 16);
AT(ISCSI_SESSION_INFOA, TargetNodeName, 24, 20);
AT(ISCSI_SESSION_INFOA, TargetName, 32, 24);
AT(ISCSI_SESSION_INFOA, ISID, 40, 28);
AT(ISCSI_SESSION_INFOA, TSID, 46, 34);
AT(ISCSI_SESSION_INFOA, ConnectionCount, 48, 36);
AT(ISCSI_SESSION_INFOA, Connections, 56, 40);

#endif

#ifndef ABI_SESSION_EX_H
#define ABI_SESSION_EX_H

#include "abi.h"

typedef ULONG ISCSI_AUTH_TYPES;

typedef struct {
  ISCSI_UNIQUE_CONNECTION_ID ConnectionId;
  UCHAR State;
  UCHAR Protocol;
  UCHAR HeaderDigest;
  UCHAR DataDigest;
  ULONG MaxRecvDataSegmentLength;
  ISCSI_AUTH_TYPES AuthType;
  ULONGLONG EstimatedThroughput;
  ULONG MaxDatagramSize;
} ISCSI_CONNECTION_INFO_EX, *PISCSI_CONNECTION_INFO_EX;

typedef struct {
  ISCSI_UNIQUE_SESSION_ID SessionId;
  BOOLEAN InitialR2t;
  BOOLEAN ImmediateData;
  UCHAR Type;
  BOOLEAN DataSequenceInOrder;
  BOOLEAN DataPduInOrder;
  UCHAR ErrorRecoveryLevel;
  ULONG MaxOutstandingR2t;
  ULONG FirstBurstLength;
  ULONG MaxBurstLength;
  ULONG MaximumConnections;
  ULONG ConnectionCount;
  PISCSI_CONNECTION_INFO_EX Connections;
} ISCSI_SESSION_INFO_EX, *PISCSI_SESSION_INFO_EX;

SIZE(ISCSI_CONNECTION_INFO_EX, 48, 48);
AT(ISCSI_CONNECTION_INFO_EX, ConnectionId, 0, 0);
AT(ISCSI_CONNECTION_INFO_EX, State, 16, 16);
AT(ISCSI_CONNECTION_INFO_EX, Protocol, 17, 17);
AT(ISCSI_CONNECTION_INFO_EX, HeaderDigest, 18, 18);
AT(ISCSI_CONNECTION_INFO_EX, DataDigest, 19, 19);
AT(ISCSI_CONNECTION_INFO_EX, MaxRecvDataSegmentLength, 20, 20);
AT(ISCSI_CONNECTION_INFO_EX, AuthType, 24, 24);
AT(ISCSI_CONNECTION_INFO_EX, EstimatedThroughput, 32, 32);
AT(ISCSI_CONNECTION_INFO_EX, MaxDatagramSize, 40, 40);

SIZE(ISCSI_SESSION_INFO_EX, 56, 48);
AT(ISCSI_SESSION_INFO_EX, SessionId, 0, 0);
AT(ISCSI_SESSION_INFO_EX, InitialR2t, 16, 16);
AT(ISCSI_SESSION_INFO_EX, ImmediateData, 17, 17);
AT(ISCSI_SESSION_INFO_EX, Type, 18, 18);
AT(ISCSI_SESSION_INFO_EX, DataSequenceInOrder, 19, 19);
AT(ISCSI_SESSION_INFO_EX, DataPduInOrder, 20, 20);
AT(ISCSI_SESSION_INFO_EX, ErrorRecoveryLevel, 21, 21);
AT(ISCSI_SESSION_INFO_EX, MaxOutstandingR2t, 24, 24);
AT(ISCSI_SESSION_INFO_EX, FirstBurstLength, 28, 28);
AT(ISCSI_SESSION_INFO_EX, MaxBurstLength, 32, 32);
AT(ISCSI_SESSION_INFO_EX, MaximumConnections, 36, 36);
AT(ISCSI_SESSION_INFO_EX, ConnectionCount, 40, 40);
AT(ISCSI_SESSION_INFO_EX, Connections, 48, 44);

#endif

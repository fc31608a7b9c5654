#include "draft.h"
#include "ids.h"
#include "room.h"

typedef ISCSI_SESSION_INFO_EX Session;
typedef ISCSI_CONNECTION_INFO_EX Connection;

static void add(Draft *draft, ULONG i, size_t at) {
  ULONG count = draft->scenario->now.connections;
  *(Session *)(draft->data + at) = (Session){
      .SessionId = session_id(i),
      .ImmediateData = TRUE,
      .Type = 2,
      .DataSequenceInOrder = TRUE,
      .DataPduInOrder = TRUE,
      .MaxOutstandingR2t = 1,
      .FirstBurstLength = 65536,
      .MaxBurstLength = 262144,
      .MaximumConnections = count > 1 ? count : 1,
      .ConnectionCount = count,
  };
  Connection *connections = draft_reserve(draft, count * sizeof(Connection));
  if (!connections || !count) return;
  for (ULONG j = 0; j < count; j++) {
    connections[j] = (Connection){
        .ConnectionId = connection_id(i, j),
        .State = 1,
        .Protocol = 6,
        .HeaderDigest = j & 1,
        .MaxRecvDataSegmentLength = 65536,
        .AuthType = i % 3,
    };
  }
  size_t field = at + offsetof(Session, Connections);
  draft_add(draft, 0, field, count * sizeof(Connection));
  draft_mark_array(draft, 0, field, at + offsetof(Session, ConnectionCount), sizeof(Connection));
}

static const List list = {.size = sizeof(Session), .number = offsetof(Numbers, sessions), .add = add};

LIST_ANSWER(GetIScsiSessionListEx, list, BufferSize, SessionCountPtr, SessionInfo)

#include <string.h>

#include "draft.h"
#include "ids.h"
#include "room.h"

/* The A and W structs differ only in what their strings are made of: the W ones do for both. */
typedef ISCSI_SESSION_INFOW Session;
typedef ISCSI_CONNECTION_INFOW Connection;

/* The text of the draft. */
static void add_text(Draft *draft, size_t owner, size_t field, ULONG nullBit) {
  if (!(draft->scenario->nulls & nullBit)) draft_add_text(draft, owner, field, draft->text);
}

static void add_connections(Draft *draft, ULONG i, size_t session) {
  ULONG count = draft->scenario->now.connections;
  size_t length = count * sizeof(Connection);
  Connection *connections = draft_reserve(draft, length);
  if (!connections || !count) return;
  for (ULONG j = 0; j < count; j++) {
    Connection *connection = &connections[j];
    ISCSI_UNIQUE_CONNECTION_ID id = connection_id(i, j);
    memcpy(&connection->ConnectionId, &id, sizeof id);
    connection->InitiatorSocket = (USHORT)(49152 + ((ULONGLONG)i * count + j) % 16384);
    connection->TargetSocket = 3260;
    connection->CID[0] = (UCHAR)(j + 1);
    connection->CID[1] = (UCHAR)((j + 1) >> 8);
  }
  size_t field = session + offsetof(Session, Connections);
  size_t owner = draft_add(draft, 0, field, length);
  draft_mark_array(draft, 0, field, session + offsetof(Session, ConnectionCount), sizeof(Connection));
  for (ULONG j = 0; j < count; j++) {
    size_t at = j * sizeof(Connection);
    text_format(draft->text, draft->textLength, L"0.0.0.0");
    add_text(draft, owner, at + offsetof(Connection, InitiatorAddress), NULL_INITIATOR_ADDRESS);
    text_format(draft->text, draft->textLength, L"10.0.%lu.%lu", (i >> 8) & 255, i & 255);
    add_text(draft, owner, at + offsetof(Connection, TargetAddress), NULL_TARGET_ADDRESS);
  }
}

static void add(Draft *draft, ULONG i, size_t at) {
  Session *session = (Session *)(draft->data + at);
  session->SessionId = session_id(i);
  memcpy(session->ISID, (UCHAR[]){0x40, 0, 1, 0x37, (UCHAR)(i >> 8), (UCHAR)i}, 6);
  session->TSID[0] = (UCHAR)(i + 1);
  session->TSID[1] = (UCHAR)((i + 1) >> 8);
  session->ConnectionCount = draft->scenario->now.connections;

  text_format(draft->text, draft->textLength, INITIATOR_NODE);
  add_text(draft, 0, at + offsetof(Session, InitiatorName), NULL_INITIATOR_NAME);
  text_target_name(draft->scenario, i, draft->text, draft->textLength);
  add_text(draft, 0, at + offsetof(Session, TargetNodeName), NULL_TARGET_NODE_NAME);
  add_text(draft, 0, at + offsetof(Session, TargetName), NULL_TARGET_NAME);
  draft_mark_pointer(draft, 0, at + offsetof(Session, TargetName));
  add_connections(draft, i, at);
}

#define LIST(theCharset) \
  { .charset = theCharset, .size = sizeof(Session), .number = offsetof(Numbers, sessions), .add = add }

static const List ansi = LIST(ANSI), wide = LIST(WIDE);

LIST_ANSWER(GetIScsiSessionListA, ansi, BufferSize, SessionCount, SessionInfo)
LIST_ANSWER(GetIScsiSessionListW, wide, BufferSize, SessionCount, SessionInfo)

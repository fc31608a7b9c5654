#include "reply.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "scenario.h"

#define ADAPTER 0xffffe00112345010ull

/* The A and W structs differ only in what their strings are made of: the W ones do for both. */
typedef ISCSI_SESSION_INFOW Session;
typedef ISCSI_CONNECTION_INFOW Connection;

/* Something that a pointer at `field` of another piece (`owner`) leads to. Piece 0 is the array of sessions. */
typedef struct {
  size_t owner;
  size_t field;
  size_t data;
  size_t length;
  size_t offset;
  BOOL isString;
} Piece;

typedef struct {
  const Scenario *scenario;
  Charset charset;
  WCHAR *text;
  size_t textLength;
  BYTE *data;
  size_t dataUsed, dataSize;
  Piece *pieces;
  size_t pieceCount, pieceSize;
  BOOL failed;
} Draft;

static BYTE *reserve(Draft *draft, size_t length) {
  if (draft->dataUsed + length > draft->dataSize) {
    size_t size = (draft->dataUsed + length) * 2;
    BYTE *data = realloc(draft->data, size);
    if (!data) {
      draft->failed = TRUE;
      return NULL;
    }
    draft->data = data;
    draft->dataSize = size;
  }
  return draft->data + draft->dataUsed;
}

static size_t add_piece(Draft *draft, size_t owner, size_t field, const void *bytes, size_t length, BOOL isString) {
  if (draft->pieceCount == draft->pieceSize) {
    size_t size = draft->pieceSize ? draft->pieceSize * 2 : 64;
    Piece *pieces = realloc(draft->pieces, size * sizeof(Piece));
    if (!pieces) {
      draft->failed = TRUE;
      return 0;
    }
    draft->pieces = pieces;
    draft->pieceSize = size;
  }
  if (bytes) {
    BYTE *into = reserve(draft, length);
    if (!into) return 0;
    memcpy(into, bytes, length);
  }
  draft->pieces[draft->pieceCount] = (Piece){owner, field, draft->dataUsed, length, 0, isString};
  draft->dataUsed += length;
  return draft->pieceCount++;
}

/* The text of the draft, in the reply's charset. */
static void add_text(Draft *draft, size_t owner, size_t field, ULONG nullBit) {
  if (draft->scenario->nulls & nullBit) return;
  size_t units = wcslen(draft->text) + 1;
  if (draft->charset == WIDE) {
    add_piece(draft, owner, field, draft->text, units * sizeof(WCHAR), TRUE);
    return;
  }
  size_t room = units * 4;
  BYTE *into = reserve(draft, room);
  if (!into) return;
  int length = WideCharToMultiByte(draft->scenario->codePage, 0, draft->text, (int)units, (char *)into, (int)room, NULL,
                                   NULL);
  if (!length) draft->failed = TRUE;
  add_piece(draft, owner, field, NULL, length, TRUE);
}

static void write_text(Draft *draft, const WCHAR *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  _vsnwprintf(draft->text, draft->textLength, format, arguments);
  va_end(arguments);
}

static void add_connections(Draft *draft, ULONG i, size_t field) {
  ULONG count = draft->scenario->connections;
  size_t length = count * sizeof(Connection);
  Connection *connections = (Connection *)reserve(draft, length);
  if (!connections || !count) return;
  memset(connections, 0, length);
  for (ULONG j = 0; j < count; j++) {
    Connection *connection = &connections[j];
    connection->ConnectionId.AdapterUnique = ADAPTER;
    connection->ConnectionId.AdapterSpecific = (ULONGLONG)i * 256 + j + 1;
    connection->InitiatorSocket = (USHORT)(49152 + ((ULONGLONG)i * count + j) % 16384);
    connection->TargetSocket = 3260;
    connection->CID[0] = (UCHAR)(j + 1);
    connection->CID[1] = (UCHAR)((j + 1) >> 8);
  }
  size_t owner = add_piece(draft, 0, field, NULL, length, FALSE);
  for (ULONG j = 0; j < count; j++) {
    size_t at = j * sizeof(Connection);
    write_text(draft, L"0.0.0.0");
    add_text(draft, owner, at + offsetof(Connection, InitiatorAddress), NULL_INITIATOR_ADDRESS);
    write_text(draft, L"10.0.%lu.%lu", (i >> 8) & 255, i & 255);
    add_text(draft, owner, at + offsetof(Connection, TargetAddress), NULL_TARGET_ADDRESS);
  }
}

static void add_session(Draft *draft, ULONG i) {
  size_t at = i * sizeof(Session);
  Session *session = (Session *)(draft->data + at);
  session->SessionId.AdapterUnique = ADAPTER;
  session->SessionId.AdapterSpecific = 0x4000013700000000ull + i;
  memcpy(session->ISID, (UCHAR[]){0x40, 0, 1, 0x37, (UCHAR)(i >> 8), (UCHAR)i}, 6);
  session->TSID[0] = (UCHAR)(i + 1);
  session->TSID[1] = (UCHAR)((i + 1) >> 8);
  session->ConnectionCount = draft->scenario->connections;

  write_text(draft, L"iqn.1991-05.com.microsoft:host.example");
  add_text(draft, 0, at + offsetof(Session, InitiatorName), NULL_INITIATOR_NAME);
  write_text(draft, L"iqn.2003-01.org.example:%ls-%lu", draft->scenario->name, i);
  add_text(draft, 0, at + offsetof(Session, TargetNodeName), NULL_TARGET_NODE_NAME);
  add_text(draft, 0, at + offsetof(Session, TargetName), NULL_TARGET_NAME);
  add_connections(draft, i, at + offsetof(Session, Connections));
}

static size_t place_pieces(Draft *draft, BOOL oddBase) {
  size_t end = draft->pieces[0].length;
  for (size_t k = 1; k < draft->pieceCount; k++) {
    Piece *piece = &draft->pieces[draft->scenario->backwards ? draft->pieceCount - k : k];
    if (!piece->isString) end = (end + 7) & ~(size_t)7;
    else if (draft->charset == WIDE && draft->scenario->odd) end += !((end ^ oddBase) & 1);
    else if (draft->charset == WIDE) end = (end + 1) & ~(size_t)1;
    piece->offset = end;
    end += piece->length;
  }
  return end;
}

static BOOL assemble(Draft *draft, Reply *reply, size_t used) {
  reply->bytes = calloc(1, used + 1);
  reply->pointers = malloc(draft->pieceCount * sizeof(ULONG));
  if (!reply->bytes || !reply->pointers) return FALSE;
  reply->used = (ULONG)used;
  for (size_t k = 0; k < draft->pieceCount; k++) {
    Piece *piece = &draft->pieces[k];
    memcpy(reply->bytes + piece->offset, draft->data + piece->data, piece->length);
  }
  for (size_t k = 1; k < draft->pieceCount; k++) {
    Piece *piece = &draft->pieces[k];
    size_t pointer = draft->pieces[piece->owner].offset + piece->field;
    memcpy(reply->bytes + pointer, &(ULONG_PTR){piece->offset}, sizeof(ULONG_PTR));
    reply->pointers[reply->pointerCount++] = (ULONG)pointer;
    size_t terminator = piece->offset + piece->length - (draft->charset == WIDE ? sizeof(WCHAR) : 1);
    if (piece->isString && terminator > reply->lastTerminator) reply->lastTerminator = (ULONG)terminator;
  }
  return TRUE;
}

static BOOL make(Reply *reply, const Scenario *scenario, Charset charset, ULONG count, BOOL oddBase) {
  Draft draft = {.scenario = scenario, .charset = charset, .textLength = wcslen(scenario->name) + 100};
  draft.text = malloc(draft.textLength * sizeof(WCHAR));
  BYTE *sessions = reserve(&draft, count * sizeof(Session));
  draft.failed |= !draft.text;
  if (!draft.failed) {
    memset(sessions, 0, count * sizeof(Session));
    add_piece(&draft, 0, 0, NULL, count * sizeof(Session), FALSE);
  }
  for (ULONG i = 0; i < count && !draft.failed; i++) add_session(&draft, i);
  if (!draft.failed) {
    size_t used = place_pieces(&draft, oddBase);
    draft.failed = used > MAXDWORD || !assemble(&draft, reply, used);
  }
  reply->count = count;
  reply->oddBase = oddBase;
  free(draft.text);
  free(draft.data);
  free(draft.pieces);
  return !draft.failed;
}

const Reply *reply_prepare(Scenario *scenario, Charset charset, ULONG count, const void *buffer) {
  Reply *reply = &scenario->replies[charset];
  BOOL oddBase = (ULONG_PTR)buffer & 1;
  if (reply->bytes && reply->count == count && reply->oddBase == oddBase) return reply;
  reply_free(reply);
  if (make(reply, scenario, charset, count, oddBase)) return reply;
  reply_free(reply);
  return NULL;
}

void reply_write(const Reply *reply, BYTE *buffer) {
  memcpy(buffer, reply->bytes, reply->used);
  for (ULONG k = 0; k < reply->pointerCount; k++) {
    ULONG_PTR pointer;
    memcpy(&pointer, buffer + reply->pointers[k], sizeof pointer);
    pointer += (ULONG_PTR)buffer;
    memcpy(buffer + reply->pointers[k], &pointer, sizeof pointer);
  }
}

void reply_free(Reply *reply) {
  free(reply->bytes);
  free(reply->pointers);
  memset(reply, 0, sizeof *reply);
}

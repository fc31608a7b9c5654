#include "draft.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "scenario.h"

BOOL draft_begin(Draft *draft, const Scenario *scenario, Form charset) {
  size_t textLength = wcslen(scenario->name) + 100;
  *draft = (Draft){.scenario = scenario, .charset = charset, .textLength = textLength};
  draft->text = malloc(textLength * sizeof(WCHAR));
  return draft->text != NULL;
}

void *draft_reserve(Draft *draft, size_t length) {
  draft->dataUsed = (draft->dataUsed + 15) & ~(size_t)15;
  if (!draft->data || draft->dataUsed + length > draft->dataSize) {
    size_t size = (draft->dataUsed + length + 1) * 2;
    BYTE *data = realloc(draft->data, size);
    if (!data) {
      draft->failed = TRUE;
      return NULL;
    }
    draft->data = data;
    draft->dataSize = size;
  }
  return memset(draft->data + draft->dataUsed, 0, length);
}

static size_t add_piece(Draft *draft, Piece piece) {
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
  piece.data = draft->dataUsed;
  draft->pieces[draft->pieceCount] = piece;
  draft->dataUsed += piece.length;
  return draft->pieceCount++;
}

size_t draft_add(Draft *draft, size_t owner, size_t field, size_t length) {
  return add_piece(draft, (Piece){.owner = owner, .field = field, .length = length});
}

void *draft_at(Draft *draft, size_t owner, size_t field) {
  return draft->data + draft->pieces[owner].data + field;
}

void draft_add_text(Draft *draft, size_t owner, size_t field, const WCHAR *text) {
  size_t units = wcslen(text) + 1;
  size_t room = units * 4;
  void *into = draft_reserve(draft, room);
  if (!into) return;
  size_t length = text_write(draft->scenario, draft->charset, text, units, into, room);
  if (!length) draft->failed = TRUE;
  add_piece(draft, (Piece){.owner = owner, .field = field, .length = length, .kind = PIECE_STRING});
}

void draft_add_bytes(Draft *draft, size_t owner, size_t field, const void *bytes, size_t length) {
  void *into = draft_reserve(draft, length);
  if (!into) return;
  memcpy(into, bytes, length);
  add_piece(draft, (Piece){.owner = owner, .field = field, .length = length, .kind = PIECE_BYTES});
}

void draft_mark_pointer(Draft *draft, size_t owner, size_t field) {
  draft->pointer = (Mark){owner, {.at = field, .size = sizeof(ULONG_PTR)}};
}

void draft_mark_array(Draft *draft, size_t owner, size_t field, size_t count, size_t elementSize) {
  draft->array = (Mark){owner, {.at = field, .count = count, .size = elementSize}};
}

void draft_mark_count(Draft *draft, size_t owner, size_t field) { draft_mark_array(draft, owner, field, field, 1); }

void draft_mark_characters(Draft *draft, size_t owner, size_t field, size_t length) {
  draft->characters = (Mark){owner, {.at = field, .size = length}};
}

static size_t place_pieces(Draft *draft, BOOL oddBase) {
  size_t end = draft->pieces[0].length;
  for (size_t k = 1; k < draft->pieceCount; k++) {
    Piece *piece = &draft->pieces[draft->scenario->now.backwards ? draft->pieceCount - k : k];
    if (piece->kind == PIECE_STRUCTS) end = (end + 7) & ~(size_t)7;
    else if (piece->kind == PIECE_BYTES || draft->charset == ANSI) end += 0;
    else if (draft->scenario->now.odd) end += !((end ^ oddBase) & 1);
    else end = (end + 1) & ~(size_t)1;
    piece->offset = end;
    end += piece->length;
  }
  return end;
}

/* From the start of the reply. */
static Place place_of(const Draft *draft, const Mark *mark) {
  size_t start = draft->pieces[mark->owner].offset;
  return (Place){.at = start + mark->place.at, .count = start + mark->place.count, .size = mark->place.size};
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
    size_t terminator = piece->offset + piece->length - text_unit(draft->charset);
    if (piece->kind == PIECE_STRING && terminator > reply->lastTerminator) reply->lastTerminator = (ULONG)terminator;
  }
  reply->pointer = place_of(draft, &draft->pointer);
  reply->array = place_of(draft, &draft->array);
  reply->characters = place_of(draft, &draft->characters);
  return TRUE;
}

BOOL draft_finish(Draft *draft, Reply *reply, BOOL oddBase) {
  if (draft->failed) return FALSE;
  size_t used = place_pieces(draft, oddBase);
  return used <= MAXDWORD && assemble(draft, reply, used);
}

void draft_free(Draft *draft) {
  free(draft->text);
  free(draft->data);
  free(draft->pieces);
}

#ifndef DRAFT_H
#define DRAFT_H

#include "reply.h"

/* Something that a pointer at `field` of another piece (`owner`) leads to. Piece 0 is what the reply begins with. */
typedef struct {
  size_t owner;
  size_t field;
  size_t data;
  size_t length;
  size_t offset;
  enum { PIECE_STRUCTS, PIECE_STRING, PIECE_BYTES } kind;
} Piece;

/* Where a fault finds something, in a piece. */
typedef struct {
  size_t owner;
  Place place;
} Mark;

/* A reply whose pieces have no place in the buffer yet. */
typedef struct Draft {
  const struct Scenario *scenario;
  Form charset;
  WCHAR *text;
  size_t textLength;
  BYTE *data;
  size_t dataUsed, dataSize;
  Piece *pieces;
  size_t pieceCount, pieceSize;
  Mark pointer, array, characters;
  BOOL failed;
} Draft;

BOOL draft_begin(Draft *draft, const struct Scenario *scenario, Form charset);

/* Zeroed room for the next piece, moved by what comes after; NULL when there is none. */
void *draft_reserve(Draft *draft, size_t length);
size_t draft_add(Draft *draft, size_t owner, size_t field, size_t length);

/* Where a field of a piece lies, until more is reserved. */
void *draft_at(Draft *draft, size_t owner, size_t field);

/* A string of the draft's charset. */
void draft_add_text(Draft *draft, size_t owner, size_t field, const WCHAR *text);

/* Bytes that follow the piece before without a gap. */
void draft_add_bytes(Draft *draft, size_t owner, size_t field, const void *bytes, size_t length);

/* What faults spoil, of the last struct that says so: a pointer, an array with its count, a count alone, characters. */
void draft_mark_pointer(Draft *draft, size_t owner, size_t field);
void draft_mark_array(Draft *draft, size_t owner, size_t field, size_t count, size_t elementSize);
void draft_mark_count(Draft *draft, size_t owner, size_t field);
void draft_mark_characters(Draft *draft, size_t owner, size_t field, size_t length);

BOOL draft_finish(Draft *draft, Reply *reply, BOOL oddBase);
void draft_free(Draft *draft);

#endif

#ifndef DRAFT_H
#define DRAFT_H

#include "reply.h"

/* Something that a pointer at `field` of another piece (`owner`) leads to. Piece 0 is the array of structs. */
typedef struct {
  size_t owner;
  size_t field;
  size_t data;
  size_t length;
  size_t offset;
  BOOL isString;
} Piece;

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
  BOOL failed;
} Draft;

BOOL draft_begin(Draft *draft, const struct Scenario *scenario, Form charset);

/* Zeroed room for the next piece, moved by what comes after; NULL when there is none. */
void *draft_reserve(Draft *draft, size_t length);
size_t draft_add(Draft *draft, size_t owner, size_t field, size_t length);

/* A string of the draft's charset. */
void draft_add_text(Draft *draft, size_t owner, size_t field, const WCHAR *text);

BOOL draft_finish(Draft *draft, Reply *reply, BOOL oddBase);
void draft_free(Draft *draft);

#endif

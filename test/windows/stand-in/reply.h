#ifndef REPLY_H
#define REPLY_H

#include "numbers.h"
#include "text.h"

struct Draft;
struct Scenario;

/* An array of structs, and what they point to. */
typedef struct {
  Form charset;
  /* Of a struct. */
  size_t size;
  /* The member of Numbers that says how many. */
  size_t number;
  /* Fills in struct i, which is `at` in piece 0, and adds what it points to. */
  void (*add)(struct Draft *draft, ULONG i, size_t at);
} List;

/* What a fault spoils: a pointer; a pointer and the count of what it leads to, or the count alone; characters. */
typedef struct {
  size_t at;
  size_t count;
  /* Bytes of the pointer or of an element, or the number of characters. 0 where there is nothing of the kind. */
  size_t size;
} Place;

/* A reply as it lies in a buffer at address 0, and where its pointers are, so that a call only copies and relocates. */
typedef struct {
  BYTE *bytes;
  ULONG used;
  ULONG *pointers;
  ULONG pointerCount;
  ULONG lastTerminator;
  /* The structs that it begins with, and the size of one. */
  ULONG count;
  size_t structSize;
  Form charset;
  /* In place of structs: a multi-string, with noise behind it. */
  BOOL isStrings;
  Place pointer, array, characters;

  /* What it was made for. */
  Numbers numbers;
  BOOL oddBase;
} Reply;

/* The reply for the numbers of this call, kept in `reply` for the next; NULL when it cannot be made. */
const Reply *reply_prepare(Reply *reply, struct Scenario *scenario, const List *list, const void *buffer);
void reply_write(const Reply *reply, BYTE *buffer);
void reply_free(Reply *reply);

#endif

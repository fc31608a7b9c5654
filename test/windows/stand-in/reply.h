#ifndef REPLY_H
#define REPLY_H

#include "numbers.h"
#include "text.h"

struct Draft;
struct Scenario;

/* One list of structs, each with a pointer to an array: the list of sessions and those like it. */
typedef struct {
  Form charset;
  size_t size;
  /* Of a struct: the number in its array, the pointer to it; of an element of the array: its size. */
  size_t count;
  size_t array;
  size_t elementSize;
  /* Of a struct: the pointers to names, if it has any. */
  BOOL hasNames;
  size_t names[3];
  /* Fills in the struct of session i, which is `at` in piece 0, and adds what it points to. */
  void (*add)(struct Draft *draft, ULONG i, size_t at);
} List;

/* A reply as it lies in a buffer at address 0, and where its pointers are, so that a call only copies and relocates. */
typedef struct {
  BYTE *bytes;
  ULONG used;
  ULONG *pointers;
  ULONG pointerCount;
  ULONG lastTerminator;
  ULONG count;

  /* What it was made for. */
  Numbers numbers;
  BOOL oddBase;
} Reply;

/* The reply for the numbers of this call, kept in `reply` for the next; NULL when it cannot be made. */
const Reply *reply_prepare(Reply *reply, struct Scenario *scenario, const List *list, const void *buffer);
void reply_write(const Reply *reply, BYTE *buffer);
void reply_free(Reply *reply);

#endif

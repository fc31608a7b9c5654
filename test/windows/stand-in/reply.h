#ifndef REPLY_H
#define REPLY_H

#include "abi.h"

struct Scenario;

typedef enum { ANSI, WIDE } Charset;

/* A reply as it lies in a buffer at address 0, and where its pointers are, so that a call only copies and relocates. */
typedef struct {
  BYTE *bytes;
  ULONG used;
  ULONG *pointers;
  ULONG pointerCount;
  ULONG lastTerminator;
  ULONG count;
  BOOL oddBase;
} Reply;

/* The scenario's reply for `count` sessions, made at the first call and kept; NULL when it cannot be made. */
const Reply *reply_prepare(struct Scenario *scenario, Charset charset, ULONG count, const void *buffer);
void reply_write(const Reply *reply, BYTE *buffer);
void reply_free(Reply *reply);

#endif

#ifndef LIST_H
#define LIST_H

#include "call.h"

typedef struct {
  const List *list;
  ReplyKind kind;
  ULONG *bufferSize;
  ULONG *count;
  void *buffer;
} ListArguments;

/* An Answer to ListArguments. */
ISDSC_STATUS list_answer(Scenario *scenario, void *arguments);

#endif
